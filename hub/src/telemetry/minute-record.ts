import { createHash } from "node:crypto";
import { columnOf, type PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { blankRow } from "@heatloop/core/minute/csv-reader";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { heldPoints, minuteColumns } from "./minute-columns.ts";
import { readNumber, storedNumber } from "./stored-number.ts";

/** Points and, as JSON, the names of their columns. */
const heldNames = heldPoints.map((point) => [point, JSON.stringify(columnOf(point))] as const);
/** Of a minute of which nothing is known. */
const [noFigures, noPoints] = [blankRow(figures), blankRow(loggedPoints)];

/** Values by the names of their CSV columns; only those that are known. */
export type NamedValues = Readonly<Record<string, string | number | boolean>>;

/** A minute as the table `minutes` holds it. */
export type MinuteRecord = {
  /** Start of the minute, ms since the epoch. */
  readonly at: number;
  /** Of the time in its row from UTC. */
  readonly utcOffsetMinutes: number;
  /** In the order of `minuteColumns`. */
  readonly values: readonly (number | null)[];
  /** The values of `heldPoints`, as JSON: the same text for the same values. */
  readonly held: string;
  /** What the columns cannot hold exactly, and columns that this hub does not know; null: nothing, as nearly always. */
  readonly rare: NamedValues | null;
};

/** Makes a record of a minute; `foreign` are the cells of columns that this hub does not know. */
export type MinuteRecorder = (minute: Minute, utcOffsetMinutes: number, foreign?: NamedValues) => MinuteRecord;

/** A recorder of minutes in their order: one that has the held values of the one before it shares their text. */
export function minuteRecorder(): MinuteRecorder {
  const textOfHeld = heldTexts();
  return (minute, utcOffsetMinutes, foreign = {}) => {
    const rare: Record<string, string | number | boolean> = { ...foreign };
    const values = minuteColumns.map(({ name, of, kind }) => {
      const value = "figure" in of ? minute.figures[of.figure] : (minute.points[of.point] ?? null);
      if (value === null) return null;
      const stored = typeof value === "number" ? storedNumber(kind, value) : undefined;
      if (stored === undefined) rare[name] = value;
      return stored ?? null;
    });
    const held = textOfHeld(minute);
    return { at: minute.at, utcOffsetMinutes, values, held, rare: Object.keys(rare).length === 0 ? null : rare };
  };
}

function heldTexts(): (minute: Minute) => string {
  let last: Minute["points"] | undefined;
  let text = "";
  return ({ points }) => {
    if (last === undefined || !haveSameHeld(last, points)) text = heldText(points);
    last = points;
    return text;
  };
}

function haveSameHeld(one: Minute["points"], other: Minute["points"]): boolean {
  return heldPoints.every((point) => (one[point] ?? null) === (other[point] ?? null));
}

function heldText(points: Minute["points"]): string {
  const known = heldNames.flatMap(([point, name]) => {
    const value = points[point] ?? null;
    return value === null ? [] : [`${name}:${JSON.stringify(value)}`];
  });
  return `{${known.join()}}`;
}

/** The points of a minute that has only these held values. */
export function pointsOfHeld(held: NamedValues): Minute["points"] {
  const points: Partial<Record<PointId, Value>> = { ...noPoints };
  for (const point of heldPoints) points[point] = held[columnOf(point)] ?? null;
  return points;
}

/** What a stored minute has beside its columns; `held` is `pointsOfHeld`, made once for all minutes that share them. */
export type StoredMinute = Pick<MinuteRecord, "at" | "values" | "rare"> & { readonly held: Minute["points"] };

/** The minute of what was stored: the very one that the record was made of. */
export function minuteOfStored({ at, values, held, rare }: StoredMinute): Minute {
  const figureValues: Record<Figure, number | null> = { ...noFigures };
  const points: Partial<Record<PointId, Value>> = { ...held };
  minuteColumns.forEach(({ name, of, kind }, i) => {
    const stored = values[i] ?? null;
    const value = stored === null ? (rare?.[name] ?? null) : readNumber(kind, stored);
    if ("figure" in of) figureValues[of.figure] = typeof value === "number" ? value : null;
    else points[of.point] = value;
  });
  return { at, figures: figureValues, points };
}

/** The same for the same held values, and for no others. */
export function digestOfHeld(held: string): Buffer {
  return createHash("sha256").update(held).digest().subarray(0, 16);
}
