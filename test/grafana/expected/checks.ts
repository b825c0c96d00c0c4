import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { Transition } from "@heatloop/core/live/transition";
import { expect } from "vitest";
import type { ArchivedMinute, KnownMonth } from "../known-month.ts";
import { endAt, startAt, zone } from "../simulated-month.ts";
import type { Cell, TableRow } from "../transformed.ts";

/** Holds what a panel shows against what is known of the month. */
export type Check = (rows: readonly TableRow[], month: KnownMonth) => void;

/** The step of every chart of the tests, as Grafana would choose it for some weeks. */
export const step = { text: "30m", ms: 1_800_000 } as const;

/** Each of a row's whole Wh is rounded in a day of the report, and a sum of five uses is. */
export const dayKwh = 0.0031;

/** Each value is known where it is expected, blank where it is not, and within the tolerance. */
export function expectSeries(
  rows: readonly TableRow[],
  name: string,
  expected: ReadonlyMap<number, Cell>,
  tolerance = 1e-6,
) {
  const shown = new Map(rows.map((row) => [row.time as number, row[name] ?? null]));
  const known = [...expected].filter(([, value]) => value !== null);
  expect(known.length, name).toBeGreaterThan(0);
  expect(
    [...shown].filter(([, value]) => value !== null).map(([at]) => at),
    name,
  ).toEqual(known.map(([at]) => at));
  for (const [at, value] of known) {
    const label = `${name}, ${new Date(at).toISOString()}`;
    if (typeof value === "number") expectNear(shown.get(at), value, tolerance, label);
    else expect(shown.get(at), label).toBe(value);
  }
}

/** A number within a tolerance. */
export function expectNear(shown: Cell | undefined, expected: number, tolerance: number, label = "figure") {
  expect(shown, label).toBeTypeOf("number");
  expect(Math.abs((shown as number) - expected), `${label}: ${shown}, expected ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
}

/** One figure of a panel that shows nothing else. */
export function expectFigure(rows: readonly TableRow[], name: string, expected: number, tolerance = 1e-6) {
  expect(rows).toHaveLength(1);
  expectNear(rows[0]?.[name], expected, tolerance, name);
}

/** A figure of each day of the report, at the midnight with which it begins; days of no known value are left out. */
export function byDay({ days }: KnownMonth, figureOf: (day: DayEnergy) => number | null): Map<number, number | null> {
  return new Map(days.map((day) => [zone.startOf(day.date), figureOf(day)]));
}

/** Wh as kWh. */
export function kwh(wh: number | null): number | null {
  return wh === null ? null : wh / 1000;
}

/** A figure of the values of each step of a chart; null where none of them is known. */
export function bySteps(
  { minutes }: KnownMonth,
  columns: readonly string[],
  figureOf: (...values: (readonly (number | string)[])[]) => number | string | null,
): Map<number, number | string | null> {
  const steps = Map.groupBy(minutes, ({ at }) => at - (at % step.ms));
  return new Map(
    [...steps].map(([at, ofStep]) => {
      const values = columns.map((column) => knownOf(ofStep, column));
      return [at, values[0]?.length === 0 ? null : figureOf(...values)];
    }),
  );
}

/** The values of a column that are known. */
export function knownOf(minutes: readonly ArchivedMinute[], column: string): (number | string)[] {
  return minutes.flatMap(({ columns }) => {
    const value = columns[column] ?? null;
    return value === null || typeof value === "boolean" ? [] : [value];
  });
}

export function total(values: readonly (number | string)[]): number {
  return values.reduce<number>((sum, value) => sum + (value as number), 0);
}

export function mean(values: readonly (number | string)[]): number {
  return total(values) / values.length;
}

/** The changes of state of some kinds; of the day sums, each one of them at its time. */
export function changesOf({ transitions }: KnownMonth, kinds: readonly Transition["kind"][]): Transition[] {
  const found = transitions.filter(({ kind, at }) => kinds.includes(kind) && at >= startAt && at < endAt);
  expect(found.length, kinds.join()).toBeGreaterThan(0);
  return found;
}

/** Rows of changes against those of the archive, in their order. */
export function expectChanges(
  rows: readonly TableRow[],
  changes: readonly Transition[],
  rowOf: (change: Transition) => TableRow,
): void {
  expect(rows.map(({ time, ...row }) => ({ ...row, time: seconds(time as number) }))).toEqual(
    changes.map((change) => ({ ...rowOf(change), time: seconds(change.at) })),
  );
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}
