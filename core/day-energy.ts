import { type ControllerTotals, controllerTotals } from "./controller-totals.ts";
import { columnsOfMinutes, type DayColumns, minutesFromColumns } from "./day-columns.ts";
import { type DaySums, daySums } from "./day-sums.ts";
import type { Zone } from "./local-day.ts";
import type { Minute } from "./minute.ts";
import { type Operation, operations } from "./operation.ts";
import { type Spread, spreadColumns } from "./spread.ts";

/** Time whose operation is not known: the device or the program was away, or the mode was not told. */
export type Part = Operation | "unknown";
export const parts = [...operations, "unknown"] as const;

/** One use of a day; heat is what was delivered (cold in cooling, negative in defrost), COP null where it means nothing. */
export type PartEnergy = {
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
  readonly cop: number | null;
  readonly seconds: number;
};

/** The energy report of one local day. heatWh + coolingWh and electricityWh are the sums of the parts, to the Wh. */
export type DayEnergy = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  /** Seconds of the local day: 82,800, 86,400 or 90,000. */
  readonly seconds: number;
  readonly coveredS: number;
  /** Share of the day that was seen, 0 to 1; of the part that has passed, on a running day. */
  readonly coverage: number;
  /** Whether the day is over and its coverage at least 99 %. */
  readonly complete: boolean;
  readonly heatWh: number | null;
  readonly coolingWh: number | null;
  readonly electricityWh: number | null;
  /**
   * Heat and cold over the electricity of the time in which the operation was known; like the COP of the parts null
   * where the heat of more than a tenth of that time is missing.
   */
  readonly cop: number | null;
  readonly parts: Readonly<Record<Part, PartEnergy>>;
  readonly starts: number;
  readonly defrosts: number;
  readonly runMinutes: number;
  readonly controller: ControllerTotals | null;
};

/** Below this the 0.1 kWh steps of the counter make a COP meaningless. */
const leastElectricityWh = 100;
const completeShare = 0.99;
const leastHeatShare = 0.9;

/**
 * The energy of one local day from its minutes (in order of time, each once). `now` bounds a running day;
 * `nextDay` are the minutes of the day after, in which the controller tells this day's own totals.
 */
export function dayEnergy(day: {
  readonly date: string;
  readonly zone: Zone;
  readonly minutes: readonly Minute[];
  readonly now: number;
  readonly nextDay?: readonly Minute[];
}): DayEnergy {
  return energyOf(day, columnsOfMinutes(day.minutes), day.nextDay ?? []);
}

/** The same from columns as they are read from the archive. */
export function dayEnergyOfColumns(day: {
  readonly date: string;
  readonly zone: Zone;
  readonly columns: DayColumns;
  readonly now: number;
  readonly nextDay?: DayColumns | undefined;
}): DayEnergy {
  return energyOf(day, day.columns, day.nextDay === undefined ? [] : minutesFromColumns(day.nextDay));
}

function energyOf(
  { date, zone, now }: { readonly date: string; readonly zone: Zone; readonly now: number },
  columns: DayColumns,
  nextDay: readonly Minute[],
): DayEnergy {
  const sums = daySums(columns);
  const startAt = zone.startOf(date);
  const endAt = zone.endOf(date);
  const seconds = (endAt - startAt) / 1000;
  const passedS = Math.max(0, Math.min(now, endAt) - startAt) / 1000;
  const coveredS = Math.round(sums.figures.covered_s);
  const coverage = passedS === 0 ? 0 : Math.min(1, coveredS / passedS);
  const partHeatWh = heatOfParts(sums);
  const partElectricityWh = electricityOfParts(sums, columns, startAt);
  const knownS = operations.reduce((total, part) => total + sums.figures[`${part}_s`], 0);
  const copOf = coveredS >= leastHeatShare * knownS ? cop : () => null;
  const partOf = (part: Part): PartEnergy => {
    const isUnknown = part === "unknown";
    const heat = isUnknown ? null : (partHeatWh?.[part] ?? null);
    const electricity = partElectricityWh?.[part] ?? null;
    const partS = isUnknown ? passedS - knownS : sums.figures[`${part}_s`];
    return {
      heatWh: heat,
      electricityWh: electricity,
      cop: part === "heating" || part === "hot_water" || part === "cooling" ? copOf(heat, electricity) : null,
      seconds: Math.max(0, Math.round(partS)),
    };
  };
  const heatWh = partHeatWh && partHeatWh.heating + partHeatWh.hot_water + partHeatWh.defrost + partHeatWh.standby;
  const coolingWh = partHeatWh?.cooling ?? null;
  const electricityWh = partElectricityWh && parts.reduce((total, part) => total + partElectricityWh[part], 0);
  return {
    date,
    seconds,
    coveredS,
    coverage,
    complete: now >= endAt && coverage >= completeShare,
    heatWh,
    coolingWh,
    electricityWh,
    cop: copOf(
      heatWh === null || coolingWh === null ? null : heatWh + coolingWh,
      partElectricityWh && electricityWh !== null ? electricityWh - partElectricityWh.unknown : null,
    ),
    parts: Object.fromEntries(parts.map((part) => [part, partOf(part)])) as Record<Part, PartEnergy>,
    starts: sums.figures.starts,
    defrosts: sums.figures.defrosts,
    runMinutes: Math.round(sums.compressorS / 60),
    controller: controllerTotals(nextDay, zone),
  };
}

/** Heat over electricity, to 0.01; null where a side is missing, no heat came of it, or electricity is below 0.1 kWh. */
export function cop(heatWh: number | null, electricityWh: number | null): number | null {
  if (heatWh === null || electricityWh === null) return null;
  if (heatWh <= 0 || electricityWh < leastElectricityWh) return null;
  return Math.round((heatWh / electricityWh) * 100) / 100;
}

/** Whole Wh; null on a day of which no heat was seen. */
function heatOfParts({ figures, known }: DaySums): Record<Operation, number> | null {
  if (!known.heat_wh) return null;
  return Object.fromEntries(
    operations.map((operation) => [operation, Math.round(figures[`${operation}_wh`]) + 0]),
  ) as Record<Operation, number>;
}

/** Whole Wh whose sum is the counter's; null on a day on which the counter was never seen. */
function electricityOfParts({ figures, known }: DaySums, columns: DayColumns, startAt: number): Spread | null {
  if (!known.electricity_wh) return null;
  const spread = spreadColumns(columns, startAt);
  const whole = Object.fromEntries(parts.map((part) => [part, Math.round(spread[part])])) as Spread;
  const rest = Math.round(figures.electricity_wh) - sumOf(whole);
  const largest = parts.reduce((a, b) => (whole[b] > whole[a] ? b : a));
  whole[largest] += rest;
  return whole;
}

function sumOf(spread: Spread): number {
  return parts.reduce((total, part) => total + spread[part], 0);
}
