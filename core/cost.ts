import { addCost, type Bill, type Cost, noBill, type WindowBill, windowOf } from "./bill.ts";
import { parts } from "./day-energy.ts";
import { usePerMinute, wattHours } from "./electricity-per-minute.ts";
import type { Zone } from "./local-day.ts";
import type { Minute } from "./minute.ts";
import { operations } from "./operation.ts";
import type { PriceSeries } from "./price-series.ts";
import type { SlotSeries } from "./slots.ts";
import { noSpread, type Spread } from "./spread.ts";
import { contractOf, type PvUse, standingChargeOf, type Tariff, tariffOfDay } from "./tariff.ts";

const minuteMs = 60_000;
const wattHoursPerKwh = 1000;

/** What a day's bill is made of. */
export type BilledDay = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  readonly zone: Zone;
  /** In order of time, each once. */
  readonly minutes: readonly Minute[];
  /** Bounds a running day. */
  readonly now: number;
  readonly tariff: Tariff;
  readonly prices: PriceSeries;
  /** The PV surplus, W. */
  readonly surplusW: SlotSeries;
  /**
   * The day's electricity, Wh, where the report takes it from elsewhere than the counter, which then only tells how it
   * lies in time; null where it is not known.
   */
  readonly electricityWh?: number | null;
};

/**
 * The bill of one local day: each minute's electricity at the price of that minute, with the counter's steps spread
 * back to when they were used. A day that has not begun costs nothing.
 */
export function dayBill(day: BilledDay): Bill {
  const { date, zone, minutes, tariff } = day;
  const startAt = zone.startOf(date);
  const endAt = Math.min(day.now, zone.endOf(date));
  const bill = noBill();
  if (endAt < startAt) return bill;
  const contract = contractOf(tariff, date);
  const tariffAt = tariffOfDay(tariff, date, zone, day.prices);
  const passedMinutes = Math.ceil((endAt - startAt) / minuteMs);
  const uses = usesOf(minutes, startAt, passedMinutes, day.electricityWh);
  bill.days = 1;
  bill.unknownDays = uses === null ? 1 : 0;
  bill.seconds = (endAt - startAt) / 1000;
  bill.standingCharge = standingChargeOf(contract, date);
  const rows = new Map(minutes.map((minute) => [Math.floor((minute.at - startAt) / minuteMs), minute]));
  for (let i = 0; i < Math.max(passedMinutes, uses?.length ?? 0); i += 1) {
    const at = startAt + i * minuteMs;
    const { window: name, pricePerKwh } = tariffAt(at);
    const window = windowOf(bill, name);
    window.seconds += Math.max(0, Math.min(minuteMs, endAt - at)) / 1000;
    const use = uses?.[i];
    if (use === undefined) continue;
    const usedWh = wattHours(use);
    const surplusWh = contract.pv === null ? 0 : surplusOf(contract.pv, day.surplusW.at(at), usedWh);
    const costOf = (wh: number) => priced(wh, pricePerKwh, contract.pv, surplusWh ?? 0);
    const cost = costOf(usedWh);
    addCost(bill.total, cost);
    addCost(window, cost);
    if (usedWh > 0) for (const part of parts) addCost(bill.parts[part], cost, use[part] / usedWh);
    bill.pv.electricityWh += cost.pvWh;
    bill.pv.cost += cost.pvCost;
    if (surplusWh === null) bill.pv.unknownWh += usedWh;
    const minute = rows.get(i);
    if (minute !== undefined) addHeat(bill, window, { minute, use, cost, costOf });
  }
  return bill;
}

/** The electricity of each minute; null where that of the day is not known. */
function usesOf(
  minutes: readonly Minute[],
  startAt: number,
  passedMinutes: number,
  electricityWh: number | null | undefined,
): Spread[] | null {
  const isCounted = minutes.some(({ figures }) => figures.electricity_wh !== null);
  if (electricityWh === null || (electricityWh === undefined && !isCounted)) return null;
  const uses = usePerMinute(minutes, startAt);
  if (electricityWh === undefined) return uses;
  const countedWh = uses.reduce((sum, use) => sum + wattHours(use), 0);
  if (countedWh > 0) return uses.map((use) => scaled(use, electricityWh / countedWh));
  const evenly = { ...noSpread(), unknown: electricityWh / Math.max(1, passedMinutes) };
  return Array.from({ length: Math.max(1, passedMinutes) }, () => evenly);
}

function scaled(use: Spread, factor: number): Spread {
  return Object.fromEntries(parts.map((part) => [part, use[part] * factor])) as Spread;
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

/** Books the heat of a minute beside the electricity of the seconds in which it was seen. */
function addHeat(
  { comparison }: Bill,
  window: WindowBill,
  of: { readonly minute: Minute; readonly use: Spread; readonly cost: Cost; readonly costOf: (wh: number) => Cost },
): void {
  const { figures } = of.minute;
  const heatWh = figures.heat_wh;
  if (heatWh === null) return;
  const knownS = operations.reduce((sum, operation) => sum + (figures[`${operation}_s`] ?? 0), 0);
  const seen = knownS === 0 ? 0 : Math.min(1, (figures.covered_s ?? 0) / knownS);
  const usedWh = wattHours(of.use);
  window.heatWh += heatWh + (figures.cooling_wh ?? 0);
  window.heatElectricityWh += (usedWh - of.use.unknown) * seen;
  comparison.seenHeatWh += heatWh;
  const direct = of.costOf(heatWh);
  if (of.cost.pricedWh < usedWh || direct.pricedWh < heatWh) return;
  const madeWh = (usedWh - of.use.unknown - of.use.cooling) * seen;
  comparison.heatWh += heatWh;
  comparison.electricityWh += madeWh;
  comparison.cost += usedWh === 0 ? 0 : (of.cost.cost * madeWh) / usedWh;
  comparison.directCost += direct.cost;
}
