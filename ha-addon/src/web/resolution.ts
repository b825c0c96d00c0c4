import type { Value } from "@heatloop/core/catalogue/reading";
import type { Minute } from "@heatloop/core/minute/minute";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { ReadingsColumn } from "./points.ts";

/** How much time one row covers. */
export const resolutions = ["minute", "5min", "hour", "day"] as const;
export type Resolution = (typeof resolutions)[number];

/** One row: the start of its time and a value a column, null where no minute of it knew one. */
export type Row = { readonly at: number; readonly values: readonly Value[] };

/**
 * Minutes, in order of time, as rows of a resolution; hours and days are local ones, a row without minutes is left out.
 * Energies, seconds and counts are added up, means are means of the minutes that know a value, states are the last.
 */
export async function* rowsAtResolution(
  minutes: AsyncIterable<Minute>,
  how: { readonly columns: readonly ReadingsColumn[]; readonly resolution: Resolution; readonly zone: Zone },
): AsyncIterable<Row> {
  const { columns, resolution, zone } = how;
  const start = startsOf(resolution, zone);
  let open: { at: number; sums: Sum[] } | undefined;
  for await (const minute of minutes) {
    const at = start(minute.at);
    if (open !== undefined && open.at !== at) yield rowOf(open, columns);
    if (open === undefined || open.at !== at) {
      open = { at, sums: columns.map(() => ({ total: 0, count: 0, last: null })) };
    }
    columns.forEach((column, index) => {
      add(open?.sums[index], column.valueIn(minute));
    });
  }
  if (open !== undefined) yield rowOf(open, columns);
}

function startsOf(resolution: Resolution, zone: Zone): (at: number) => number {
  switch (resolution) {
    case "minute":
      return (at) => at;
    case "5min":
      return (at) => at - (at % (5 * minuteMs));
    case "hour":
      return (at) => {
        const offsetMs = zone.offsetMinutes(at) * minuteMs;
        return at - ((at + offsetMs) % hourMs);
      };
    case "day":
      return dayStarts(zone);
  }
}

function dayStarts(zone: Zone): (at: number) => number {
  let start = Number.NaN;
  let end = Number.NaN;
  return (at) => {
    if (!(at >= start && at < end)) {
      const date = zone.dateOf(at);
      start = zone.startOf(date);
      end = zone.endOf(date);
    }
    return start;
  };
}

type Sum = { total: number; count: number; last: Value };

function add(sum: Sum | undefined, value: Value): void {
  if (sum === undefined || value === null) return;
  sum.last = value;
  sum.count += 1;
  if (typeof value === "number") sum.total += value;
}

function rowOf(open: { readonly at: number; readonly sums: readonly Sum[] }, columns: readonly ReadingsColumn[]): Row {
  const values = open.sums.map(({ total, count, last }, index) => {
    if (count === 0) return null;
    const kind = columns[index]?.sum;
    if (kind === "last" || typeof last !== "number" || (kind === "mean" && count === 1)) return last;
    return rounded(kind === "total" ? total : total / count);
  });
  return { at: open.at, values };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
