import { columnOf, type PointId, pointIds, pointOf, rangeOf } from "../catalogue/points.ts";
import { quantities } from "../catalogue/quantities.ts";
import { type Figure, figures } from "./figures.ts";
import type { Minute } from "./minute.ts";

/** The least and the most that a cell of a row may hold. */
export type CellLimits = { readonly low: number; readonly high: number };

/** Seconds that a row may be of: those of its minute and, after a clock was set back, of up to a day of 25 hours before. */
const longestRowS = 25 * 3600;
/** A minute ends a little late where the machine is busy. */
const usualRowS = 120;
const longestSilenceS = 10 * 366 * 86_400;
const mostW = quantities.power.max;
/** The most that a counter of the controller may show at once after a silence: 30 kW for such a row. */
const mostCountedWh = (30_000 * longestRowS) / 3600;

type Bound = CellLimits & {
  /** The figure whose seconds allow more energy, where they are more than usual. */
  readonly secondsOf?: "covered_s" | "meter_s";
  /** The most of the longest row, where it is more than `high`. */
  readonly most?: number;
};

const energyOf = (seconds: number) => (mostW * seconds) / 3600;
const seconds: Bound = { low: 0, high: usualRowS, most: longestRowS };
const heat: Bound = { low: -energyOf(usualRowS), high: energyOf(usualRowS), secondsOf: "covered_s" };
const count: Bound = { low: 0, high: 60, most: longestRowS / 60 };

/** What the row of a minute may hold; within `low` and `high`, as nearly all are, the rest of the row does not matter. */
const bounds: Readonly<Record<Figure, Bound>> = {
  covered_s: seconds,
  heat_wh: heat,
  electricity_wh: { low: 0, high: mostCountedWh },
  cooling_wh: heat,
  heating_wh: heat,
  hot_water_wh: heat,
  defrost_wh: heat,
  standby_wh: heat,
  heating_s: seconds,
  hot_water_s: seconds,
  cooling_s: seconds,
  defrost_s: seconds,
  standby_s: seconds,
  starts: count,
  defrosts: count,
  meter_wh: { low: 0, high: energyOf(usualRowS), secondsOf: "meter_s" },
  meter_s: { low: 0, high: longestRowS, most: longestSilenceS },
  meter_kwh: { low: 0, high: 1e9 },
  // No water carries more; 0 marks heat that a heat meter reported.
  heat_coefficient_kwh_m3_k: { low: 0, high: 2 },
};

const boundOfColumn: ReadonlyMap<string, Bound> = new Map([
  ...Object.entries(bounds),
  ...pointIds.filter((id) => pointOf(id).log !== undefined).map((id) => [columnOf(id), boundOfPoint(id)] as const),
]);

const unlimited: CellLimits = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** What the cell of a point may hold in any row. */
export function pointLimits(id: PointId): CellLimits {
  const { low, high, most = high } = boundOfPoint(id);
  return { low, high: most };
}

function boundOfPoint(id: PointId): Bound {
  const { min, max } = rangeOf(id);
  return pointOf(id).log === "on" ? seconds : { low: min, high: max };
}

/** Within these a number of a column of the minute log is plausible whatever else its row holds. */
export function usualCellLimits(column: string): CellLimits {
  return boundOfColumn.get(column) ?? unlimited;
}

/** Whether a value is unknown or within limits, both included. */
export function isWithin(value: number | null, { low, high }: CellLimits): boolean {
  return value === null || (value >= low && value <= high);
}

/** The columns whose numbers cannot be those of one row; `values` in the order of `columns`, null is unknown. */
export function implausibleColumns(columns: readonly string[], values: readonly (number | null)[]): string[] {
  return columns.filter((column, i) => {
    const value = values[i] ?? null;
    const bound = boundOfColumn.get(column);
    if (bound === undefined || isWithin(value, bound)) return false;
    return !isWithin(value, limitsIn(bound, columns, values));
  });
}

function limitsIn(bound: Bound, columns: readonly string[], values: readonly (number | null)[]): CellLimits {
  const { low, most, secondsOf } = bound;
  if (secondsOf === undefined) return { low, high: most ?? bound.high };
  const reportedS = values[columns.indexOf(secondsOf)] ?? 0;
  const { high = 0, most: longest = high } = bounds[secondsOf];
  const wh = reportedS > usualRowS && reportedS <= longest ? energyOf(reportedS) : bound.high;
  return { low: low < 0 ? -wh : low, high: wh };
}

/** Figures without those that cannot be in one row. */
export function plausibleFigures(logged: Minute["figures"]): Minute["figures"] {
  const values = figures.map((figure) => logged[figure]);
  const wrong = new Set(implausibleColumns(figures, values));
  return Object.fromEntries(
    figures.map((figure) => [figure, wrong.has(figure) ? null : logged[figure]]),
  ) as Minute["figures"];
}
