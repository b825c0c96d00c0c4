import { columnOf } from "../catalogue/points.ts";
import type { Value } from "../catalogue/reading.ts";
import { contextPoints, type Transition } from "../live/transition.ts";
import type { Zone } from "../time/local-day.ts";
import { calculable } from "./csv-cells.ts";
import { figures } from "./figures.ts";
import { loggedPoints, type Minute } from "./minute.ts";

/** First line of a day's minutes: time, the figures that the reports need, then the logged points. */
export const minutesHeader: string = ["time", ...figures, ...loggedPoints.map(columnOf)].join(",");

/** First line of a day's transitions. */
export const transitionsHeader: string = [
  "time",
  "what",
  "from",
  "to",
  "duration_s",
  ...contextPoints.map(columnOf),
  "zone",
].join(",");

/** A minute as a line of the archive, without its end (RFC 4180; unknown is empty). */
export function minuteRow(minute: Minute, zone: Pick<Zone, "isoOf">): string {
  let row = zone.isoOf(minute.at);
  for (const figure of figures) row += `,${cell(minute.figures[figure])}`;
  for (const id of loggedPoints) row += `,${cell(minute.points[id] ?? null)}`;
  return row;
}

/** A transition as a line of the archive, without its end. */
export function transitionRow(transition: Transition, zone: Zone): string {
  const { at, kind, from, to, durationS, context } = transition;
  return [
    zone.isoOf(at),
    kind,
    cell(from),
    cell(to),
    cell(durationS),
    ...contextPoints.map((id) => cell(context[id])),
    cell(transition.zone ?? null),
  ].join(",");
}

function cell(value: Value): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return String(value);
  const text = calculable.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
