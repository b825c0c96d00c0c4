import { columnOf, type PointId, pointOf } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { figures as allFigures, type Figure, heatFigures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { type ArchiveSide, knowsMore, type MinutePair } from "./minute-pairs.ts";

/** How the two rows of a minute stand to each other. */
export type MinuteVerdict =
  | { readonly kind: "same" }
  /** What came just before the end of a minute in one of them came just after it in the other. */
  | { readonly kind: "moved" }
  | { readonly kind: "only_old" | "only_new" | "old_knows_more" | "new_knows_more" }
  /** Both computed heat by another formula, as their settings differ. */
  | { readonly kind: "formula" }
  /** Columns that only one of the two knows. */
  | { readonly kind: "one_sided"; readonly side: ArchiveSide; readonly columns: readonly string[] }
  /** Columns that say something else. */
  | { readonly kind: "values"; readonly columns: readonly string[] };

/** A cell of the log, and what both rows have in it. */
type ComparedCell = {
  readonly column: string;
  readonly figure: Figure | undefined;
  readonly cellOf: (minute: Minute) => Value;
  /** By how much two numbers of it may differ and still say the same. */
  readonly tolerance: (a: number, b: number) => number;
};

const cells: readonly ComparedCell[] = [
  ...allFigures.map((figure) => ({
    column: figure,
    figure,
    cellOf: (minute: Minute) => minute.figures[figure],
    tolerance: toleranceOf(figure),
  })),
  ...loggedPoints.map((id) => ({
    column: columnOf(id),
    figure: undefined,
    cellOf: (minute: Minute) => minute.points[id] ?? null,
    tolerance: toleranceOfPoint(id),
  })),
];

/** Steps are booked on the minute in which they are heard of. */
const steps: ReadonlySet<Figure | undefined> = new Set<Figure>([
  "electricity_wh",
  "starts",
  "defrosts",
  "meter_wh",
  "meter_s",
]);
const ofHeat: ReadonlySet<Figure | undefined> = new Set<Figure>([...heatFigures, "heat_coefficient_kwh_m3_k"]);

/**
 * Compares the rows of a minute. `before` and `after`: the minutes beside it, where there are such, as a value that came around the
 * end of a minute may be in the one here and in the other there.
 */
export function compareMinute(
  pair: MinutePair,
  { before, after }: { readonly before?: MinutePair | undefined; readonly after?: MinutePair | undefined },
): MinuteVerdict {
  const { old, new: fresh } = pair;
  if (fresh === undefined) return { kind: "only_old" };
  if (old === undefined) return { kind: "only_new" };
  if (knowsMore(old, fresh)) return { kind: "old_knows_more" };
  if (knowsMore(fresh, old)) return { kind: "new_knows_more" };
  const others = cells.filter((cell) => !isClose(cell, cell.cellOf(old), cell.cellOf(fresh)));
  if (others.length === 0) return { kind: "same" };
  const left = others.filter((cell) => !hasMoved(cell, [before, pair, after]));
  if (left.length === 0) return { kind: "moved" };
  if (left.every(({ figure }) => ofHeat.has(figure)) && hasOtherFormula(old, fresh)) return { kind: "formula" };
  const columns = left.map(({ column }) => column);
  for (const [side, known, unknown] of [
    ["old", old, fresh],
    ["new", fresh, old],
  ] as const) {
    const isOneSided = left.every(({ cellOf }) => cellOf(unknown) === null && cellOf(known) !== null);
    if (isOneSided) return { kind: "one_sided", side, columns };
  }
  return { kind: "values", columns };
}

/** Both hear of a change a moment apart: a share of a minute's mean, or so many watt-hours and seconds of it. Chosen. */
const apartShare = 0.03;
const apart = 2;
const apartMean = 0.1;

function toleranceOf(figure: Figure): (a: number, b: number) => number {
  if (figure === "starts" || figure === "defrosts" || figure === "meter_kwh") return () => 0;
  if (figure === "heat_coefficient_kwh_m3_k") return (a) => Math.abs(a) * 0.005;
  return (a, b) => Math.max(apart, apartShare * Math.max(Math.abs(a), Math.abs(b)));
}

function toleranceOfPoint(id: PointId): (a: number, b: number) => number {
  const { log } = pointOf(id);
  if (log === "last") return () => 0;
  if (log === "on") return () => apart;
  return (a, b) => Math.max(apartMean, apartShare * Math.max(Math.abs(a), Math.abs(b)));
}

function isClose({ tolerance }: ComparedCell, a: Value, b: Value): boolean {
  return typeof a === "number" && typeof b === "number" ? Math.abs(a - b) <= tolerance(a, b) : a === b;
}

type Window = readonly [MinutePair | undefined, MinutePair, MinutePair | undefined];

/** Whether the minutes beside one make up for what differs in it. */
function hasMoved(cell: ComparedCell, window: Window): boolean {
  const [before, pair, after] = window;
  if (steps.has(cell.figure)) {
    return [before, after].some((beside) => {
      if (beside?.old === undefined || beside.new === undefined) return false;
      const sum = (side: ArchiveSide) => numberIn(cell, pair[side]) + numberIn(cell, beside[side]);
      return isClose(cell, sum("old"), sum("new"));
    });
  }
  const around = (side: ArchiveSide) =>
    window.flatMap((each) => (each?.[side] === undefined ? [] : [cell.cellOf(each[side])]));
  return (
    isAmong(cell, cell.cellOf(pair.old as Minute), around("new")) &&
    isAmong(cell, cell.cellOf(pair.new as Minute), around("old"))
  );
}

function numberIn({ cellOf }: ComparedCell, minute: Minute | undefined): number {
  const value = minute === undefined ? null : cellOf(minute);
  return typeof value === "number" ? value : 0;
}

/** Whether a value is one of others, or lies between them. */
function isAmong(cell: ComparedCell, value: Value, others: readonly Value[]): boolean {
  const numbers = others.filter((other) => typeof other === "number");
  if (typeof value !== "number" || numbers.length === 0) return others.includes(value);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return value >= low - cell.tolerance(value, low) && value <= high + cell.tolerance(value, high);
}

function hasOtherFormula(old: Minute, fresh: Minute): boolean {
  const [a, b] = [old.figures.heat_coefficient_kwh_m3_k, fresh.figures.heat_coefficient_kwh_m3_k];
  return a !== null && b !== null && Math.abs(a - b) > toleranceOf("heat_coefficient_kwh_m3_k")(a, b);
}
