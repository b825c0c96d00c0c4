import { believedFigures, isWithin, type Limits, pointLimits, usualLimits } from "./believable-row.ts";
import type { Zone } from "./local-day.ts";
import { type Figure, figures, loggedPoints, type Minute } from "./minute.ts";
import { columnOf, type PointId, pointOf } from "./points.ts";
import { quantities } from "./quantities.ts";
import type { Value } from "./reading.ts";
import { contextPoints, type Transition, type TransitionKind, transitionKinds } from "./transition.ts";

/** First line of a day's minutes: time, what the reports need, then the rest of the logged points. */
export const minutesHeader: string = ["time", ...figures, ...loggedPoints.map(columnOf)].join(",");

/** First line of a day's transitions. */
export const transitionsHeader: string = [
  "time",
  "what",
  "from",
  "to",
  "duration_s",
  ...contextPoints.map(columnOf),
].join(",");

/** A minute as a line of the archive, without its end (RFC 4180; unknown is empty). */
export function minuteRow(minute: Minute, zone: Zone): string {
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
  ].join(",");
}

function cell(value: Value): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return String(value);
  const text = calculable.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text that a spreadsheet would calculate, or that was marked as none: it is written with a `'` before it. */
const calculable = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** The text of a cell as it was before it was written; null where it is empty. */
function textOfCell(text: string | undefined): string | null {
  if (text === undefined || text === "") return null;
  return text.startsWith("'") && calculable.test(text) ? text.slice(1) : text;
}

/** Reads lines under a header; undefined for a line that is not a row of it (torn, foreign, no time). */
export type RowReader<T> = (line: string) => T | undefined;

/**
 * A reader of minutes; columns may stand in any order, missing ones are unknown, foreign ones are passed over, and so is
 * what no minute can hold. Of the points only those of `wanted` are read.
 */
export function minuteReader(header: string, wanted: readonly PointId[] = loggedPoints): RowReader<Minute> {
  const columns = splitRow(header);
  const figureColumns = figures.map((figure) => columns.indexOf(figure));
  const pointColumns = wanted.map((id) => columns.indexOf(columnOf(id)));
  const figureLimits = figures.map(usualLimits);
  const limits = wanted.map(pointLimits);
  const timeColumn = columns.indexOf("time");
  return (line) => {
    const cells = splitRow(line);
    if (cells.length !== columns.length) return undefined;
    const at = timeOfCell(cells[timeColumn]);
    if (at === undefined) return undefined;
    let isUsual = true;
    const figureValues = {} as Record<Figure, number | null>;
    figures.forEach((figure, i) => {
      const value = numberOfCell(cells[figureColumns[i] ?? -1]);
      figureValues[figure] = value;
      isUsual &&= isWithin(value, figureLimits[i] as Limits);
    });
    const points: Partial<Record<PointId, Value>> = {};
    wanted.forEach((id, i) => {
      points[id] = valueOfCell(id, cells[pointColumns[i] ?? -1], limits[i] as Limits);
    });
    return { at, figures: isUsual ? figureValues : believedFigures(figureValues), points };
  };
}

/** A reader of transitions. */
export function transitionReader(header: string): RowReader<Transition> {
  const columns = splitRow(header);
  const index = (name: string) => columns.indexOf(name);
  return (line) => {
    const cells = splitRow(line);
    if (cells.length !== columns.length) return undefined;
    const at = timeOfCell(cells[index("time")]);
    const kind = transitionKinds.find((name) => name === cells[index("what")]);
    if (at === undefined || kind === undefined) return undefined;
    return {
      at,
      kind: kind satisfies TransitionKind,
      from: textOfCell(cells[index("from")]),
      to: textOfCell(cells[index("to")]),
      durationS: numberOfCell(cells[index("duration_s")]),
      context: Object.fromEntries(
        contextPoints.map((id) => [id, valueOfCell(id, cells[index(columnOf(id))], pointLimits(id))]),
      ) as Transition["context"],
    };
  };
}

/** The time of a cell, ms since the epoch; undefined where it is not ISO 8601 with offset, to the second. */
export function timeOfCell(cellText: string | undefined): number | undefined {
  if (cellText === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(cellText)) return undefined;
  const at = Date.parse(cellText);
  return Number.isNaN(at) ? undefined : at;
}

/** The number of a cell; null where it is empty or none. */
export function numberOfCell(text: string | undefined): number | null {
  // Number(" ") is 0.
  if (text === undefined || text === "" || text.charCodeAt(0) <= 32) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function valueOfCell(id: PointId, text: string | undefined, limits: Limits): Value {
  if (text === undefined || text === "") return null;
  const { log, quantity } = pointOf(id);
  if (log !== "on" && quantities[quantity].kind !== "number") return textOfCell(text);
  const value = numberOfCell(text);
  return isWithin(value, limits) ? value : null;
}

/** The cells of one line, quoted ones unquoted; none where a quote does not end or text follows it (a torn line). */
export function splitRow(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = line[at] === '"';
    const end = quoted ? endOfQuotes(line, at) : endOfCell(line, at);
    if (end < 0) return [];
    cells.push(quoted ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end));
    if (end >= line.length) return cells;
    at = end + 1;
  }
}

function endOfCell(line: string, from: number): number {
  const comma = line.indexOf(",", from);
  return comma < 0 ? line.length : comma;
}

function endOfQuotes(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at += 1) {
    if (line[at] !== '"') continue;
    if (line[at + 1] === '"') at += 1;
    else return at + 1 === line.length || line[at + 1] === "," ? at + 1 : -1;
  }
  return -1;
}
