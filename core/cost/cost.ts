import { columnOfDay, type DayColumns } from "../energy/day-columns.ts";
import { parts } from "../energy/day-energy.ts";
import { type DayUse, dayUse } from "../energy/day-use.ts";
import { dayWindow } from "../energy/day-window.ts";
import { type ElectricityByPart, noElectricityByPart, totalUse } from "../energy/electricity-by-part.ts";
import { type ElectricitySetup, usualElectricity } from "../energy/electricity-setup.ts";
import { fittedDay } from "../energy/fitted-sensors.ts";
import { operations } from "../live/operation.ts";
import { minuteMs } from "../time/durations.ts";
import type { Zone } from "../time/local-day.ts";
import type { SlotSeries } from "../time/slots.ts";
import { addCost, type Bill, type Cost, noBill, type WindowBill, windowOf } from "./bill.ts";
import type { PriceSeries } from "./price-series.ts";
import { contractOf, type PvUse, standingChargeOf, type Tariff, tariffOfDay } from "./tariff.ts";

const wattHoursPerKwh = 1000;

/** Everything that a day's bill depends on, beside its minutes. */
export type BilledDay = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  readonly zone: Zone;
  /** Bounds a running day. */
  readonly now: number;
  readonly tariff: Tariff;
  readonly prices: PriceSeries;
  /** The PV surplus, W. */
  readonly surplusW: SlotSeries;
  readonly electricity?: ElectricitySetup | undefined;
  /**
   * The day's electricity, Wh, where the report has it from another source than meter or counter, which then only
   * show its course over the day; null where it is not known.
   */
  readonly electricityWh?: number | null | undefined;
};

/**
 * The bill of one local day from its minutes as columns: each minute's electricity at the price of that minute, with the
 * steps of meter or counter distributed to when they were used. A day that has not begun costs nothing.
 */
export function dayBillOfColumns(logged: BilledDay & { readonly columns: DayColumns }): Bill {
  const day = { ...logged, columns: fittedDay(logged.columns).columns };
  const { date, zone, tariff } = day;
  const { startAt, passedAt } = dayWindow({ ...day, day: day.columns, next: undefined });
  const bill = noBill();
  if (day.now < startAt) return bill;
  const contract = contractOf(tariff, date);
  const tariffAt = tariffOfDay(tariff, date, zone, day.prices);
  const passedMinutes = Math.ceil((passedAt - startAt) / minuteMs);
  const dayUses = usesOf(day, passedMinutes);
  const uses = dayUses?.uses ?? null;
  bill.days = 1;
  bill.unknownDays = dayUses?.isWhole ? 0 : 1;
  bill.seconds = (passedAt - startAt) / 1000;
  bill.standingCharge = standingChargeOf(contract, date);
  const heatOf = heatPerMinute(day.columns, startAt);
  for (let i = 0; i < Math.max(passedMinutes, uses?.length ?? 0); i += 1) {
    const at = startAt + i * minuteMs;
    const { window: name, pricePerKwh } = tariffAt(at);
    const window = windowOf(bill, name);
    window.seconds += Math.max(0, Math.min(minuteMs, passedAt - at)) / 1000;
    const use = uses?.[i];
    if (use === undefined) continue;
    const usedWh = totalUse(use);
    const surplusWh = contract.pv === null ? 0 : surplusOf(contract.pv, day.surplusW.at(at), usedWh);
    const costOf = (wh: number) => priced(wh, pricePerKwh, contract.pv, surplusWh ?? 0);
    const cost = costOf(usedWh);
    addCost(bill.total, cost);
    addCost(window, cost);
    if (usedWh > 0) for (const part of parts) addCost(bill.parts[part], cost, use[part] / usedWh);
    bill.pv.electricityWh += cost.pvWh;
    bill.pv.cost += cost.pvCost;
    if (surplusWh === null) bill.pv.unknownWh += usedWh;
    const heat = heatOf(i);
    if (heat === undefined) continue;
    bill.comparison.seenHeatWh += heat.heatWh;
    const pairedShare = dayUses?.pairedShares[i] ?? 0;
    if (pairedShare > 0) addHeat(bill, window, { heat, pairedShare, use, cost, costOf });
  }
  return bill;
}

/** The electricity of each minute; null where that of the day is not known. */
function usesOf(day: BilledDay & { readonly columns: DayColumns }, passedMinutes: number): DayUse | null {
  const { columns, electricity: setup = usualElectricity, electricityWh } = day;
  if (electricityWh === null) return null;
  const counted = dayUse(dayWindow({ ...day, day: columns, next: undefined }), setup);
  if (electricityWh === undefined) return counted;
  const countedWh = (counted?.uses ?? []).reduce((sum, use) => sum + totalUse(use), 0);
  if (counted !== null && countedWh > 0) {
    const uses = counted.uses.map((use) => scaled(use, electricityWh / countedWh));
    return { ...counted, uses, isWhole: true };
  }
  const evenly = { ...noElectricityByPart(), unknown: electricityWh / Math.max(1, passedMinutes) };
  return { uses: Array.from({ length: Math.max(1, passedMinutes) }, () => evenly), pairedShares: [], isWhole: true };
}

function scaled(use: ElectricityByPart, factor: number): ElectricityByPart {
  return Object.fromEntries(parts.map((part) => [part, use[part] * factor])) as ElectricityByPart;
}

/** Surplus that a load of this minute could have had, Wh; null where it is not known. */
function surplusOf({ surplus }: PvUse, surplusW: number | null, usedWh: number): number | null {
  if (surplusW === null) return null;
  const surplusWh = Math.max(0, surplusW) / 60;
  // Where something is left after the heat pump, it had all that it used.
  return surplus === "after_heat_pump" && surplusWh > 0 ? surplusWh + usedWh : surplusWh;
}

type Priced = Cost & { readonly pvWh: number; readonly pvCost: number };

function priced(wh: number, pricePerKwh: number | null, pv: PvUse | null, surplusWh: number): Priced {
  const pvWh = pv === null ? 0 : Math.max(0, Math.min(wh, surplusWh));
  const pvCost = (pvWh * (pv?.pricePerKwh ?? 0)) / wattHoursPerKwh;
  if (pricePerKwh === null) return { electricityWh: wh, pricedWh: pvWh, cost: pvCost, pvWh, pvCost };
  return {
    electricityWh: wh,
    pricedWh: wh,
    cost: pvCost + ((wh - pvWh) * pricePerKwh) / wattHoursPerKwh,
    pvWh,
    pvCost,
  };
}

/** Heat and cold of a minute, Wh, and the share of its known time in which they were seen. */
type SeenHeat = { readonly heatWh: number; readonly coolingWh: number; readonly seen: number };

/** The heat of each minute of the day; undefined where it was not seen. */
function heatPerMinute(day: DayColumns, startAt: number): (index: number) => SeenHeat | undefined {
  const [heat, cooling, covered] = [
    columnOfDay(day, "heat_wh"),
    columnOfDay(day, "cooling_wh"),
    columnOfDay(day, "covered_s"),
  ];
  const seconds = operations.map((operation) => columnOfDay(day, `${operation}_s`));
  const rows = new Map<number, number>();
  for (let row = 0; row < day.rows; row += 1)
    rows.set(Math.floor(((day.times[row] as number) - startAt) / minuteMs), row);
  return (index) => {
    const row = rows.get(index) ?? -1;
    const heatWh = heat[row] ?? Number.NaN;
    if (Number.isNaN(heatWh)) return undefined;
    const knownS = seconds.reduce((sum, each) => sum + (each[row] || 0), 0);
    const seen = knownS === 0 ? 0 : Math.min(1, (covered[row] || 0) / knownS);
    return { heatWh, coolingWh: cooling[row] || 0, seen };
  };
}

/** Adds the heat of a minute beside the electricity of the seconds in which it was seen, less the immersion heater's. */
function addHeat(
  { comparison }: Bill,
  window: WindowBill,
  of: {
    readonly heat: SeenHeat;
    readonly pairedShare: number;
    readonly use: ElectricityByPart;
    readonly cost: Cost;
    readonly costOf: (wh: number) => Cost;
  },
): void {
  const { heatWh, coolingWh } = of.heat;
  const share = of.heat.seen * of.pairedShare;
  const usedWh = totalUse(of.use);
  window.heatWh += heatWh + coolingWh;
  window.heatElectricityWh += (usedWh - of.use.unknown) * share;
  const direct = of.costOf(heatWh);
  if (of.cost.pricedWh < usedWh || direct.pricedWh < heatWh) return;
  const madeWh = (usedWh - of.use.unknown - of.use.cooling) * share;
  comparison.heatWh += heatWh;
  comparison.electricityWh += madeWh;
  comparison.cost += usedWh === 0 ? 0 : (of.cost.cost * madeWh) / usedWh;
  comparison.directCost += direct.cost;
}
