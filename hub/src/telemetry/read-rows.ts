import { columnOf } from "@heatloop/core/catalogue/points";
import { countAlike, firstBelievableMs, mostAheadMs, nthColumn } from "@heatloop/core/hub/telemetry";
import type { Transition } from "@heatloop/core/live/transition";
import { numberOfCell, splitRow } from "@heatloop/core/minute/csv-cells";
import { minuteReader, transitionReader } from "@heatloop/core/minute/csv-reader";
import { figures } from "@heatloop/core/minute/figures";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { type MinuteRecord, minuteRecorder, type NamedValues } from "./minute-record.ts";
import { longestSample, storableText } from "./refused-sample.ts";
import { remembered } from "./remembered.ts";

/** Why a row is not stored, for a person. */
export type RefusedRow = {
  readonly why: string;
  readonly sample: string;
  /** It stands for so many; undefined: for itself. */
  readonly times?: number;
};

/** Rows as they were sent: what can be stored, and what can't. */
export type ReadRows<Row> = {
  readonly rows: readonly Row[];
  readonly refused: readonly RefusedRow[];
  readonly tooEarly: number;
  readonly tooOld: number;
};

/** From when to when rows are taken, ms since the epoch. */
export type TakenTimes = { readonly now: number; readonly from: number };

/** A transition, with what tells it apart from others of its second that are just like it. */
export type TransitionRecord = {
  readonly transition: Transition;
  readonly utcOffsetMinutes: number;
  readonly nth: number;
};

/** Homes have one header each for as long as they run one version. */
const mostHeaders = 20;
const minutesUnder = remembered(mostHeaders, (header) => ({
  read: minuteReader(header),
  foreignOf: foreignReader(header),
}));
const transitionsUnder = remembered(mostHeaders, (header) => ({
  read: transitionReader(header),
  nthAt: splitRow(header).indexOf(nthColumn),
}));
const nothing: ReadRows<never> = { rows: [], refused: [], tooEarly: 0, tooOld: 0 };
const knownColumns = new Set(["time", ...figures, ...loggedPoints.map(columnOf)]);
/** A newer version at home may have a few more columns than this hub knows. */
const mostForeignColumns = 50;
/** No state changes more often within a second. */
const mostAlike = 999;

/** Reads the text of a minute log. */
export function readMinuteRows(text: string, times: TakenTimes): ReadRows<MinuteRecord> {
  if (text === "") return nothing;
  const { header, lines } = linesOf(text);
  const { read, foreignOf } = minutesUnder(header);
  const record = minuteRecorder();
  return sortRows(lines, times, read, (minute, line) => record(minute, utcOffsetOf(line), foreignOf?.(line)));
}

/** Reads the text of a log of transitions. */
export function readTransitionRows(text: string, times: TakenTimes): ReadRows<TransitionRecord> {
  if (text === "") return nothing;
  const { header, lines } = linesOf(text);
  const { read, nthAt } = transitionsUnder(header);
  const countNth = countAlike();
  return sortRows(lines, times, read, (transition, line) => {
    const counted = countNth(transition);
    const said = numberOfCell(splitRow(line)[nthAt]);
    const nth = said !== null && Number.isInteger(said) && said >= 0 && said <= mostAlike ? said : counted;
    return { transition, utcOffsetMinutes: utcOffsetOf(line), nth };
  });
}

function sortRows<Read extends { readonly at: number }, Row>(
  lines: readonly string[],
  { now, from }: TakenTimes,
  read: (line: string) => Read | undefined,
  rowOf: (read: Read, line: string) => Row,
): ReadRows<Row> {
  const rows: Row[] = [];
  const refused: RefusedRow[] = [];
  let [tooEarly, tooOld] = [0, 0];
  for (const line of lines) {
    const found = read(line);
    if (found === undefined) refused.push(refusedRow("it is no row of its header", line));
    else if (found.at < firstBelievableMs) refused.push(refusedRow("it is from before 2020", line));
    else if (found.at > now + mostAheadMs) tooEarly += 1;
    else if (found.at < from) tooOld += 1;
    else rows.push(rowOf(found, line));
  }
  return { rows, refused, tooEarly, tooOld };
}

function refusedRow(why: string, line: string): RefusedRow {
  return { why, sample: line.slice(0, longestSample).toWellFormed() };
}

function linesOf(text: string): { readonly header: string; readonly lines: readonly string[] } {
  const [header = "", ...lines] = storableText(text).split("\n");
  return { header: header.trimEnd(), lines: lines.map((line) => line.trimEnd()).filter((line) => line !== "") };
}

/** Of the time of a row, which was read already: `...+01:00`. */
function utcOffsetOf(line: string): number {
  const [, sign, hours, minutes] = /^[^,]*([+-])(\d\d):(\d\d)(?:,|$)/.exec(line) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** Reads the cells of columns that this hub does not know; undefined where there are none. */
function foreignReader(header: string): ((line: string) => NamedValues) | undefined {
  const foreign = splitRow(header)
    .map((name, at) => ({ name, at }))
    .filter(({ name }) => !knownColumns.has(name) && /^[a-z][a-z0-9_]{0,62}$/.test(name))
    .slice(0, mostForeignColumns);
  if (foreign.length === 0) return undefined;
  return (line) => {
    const cells = splitRow(line);
    return Object.fromEntries(
      foreign.flatMap(({ name, at }) => {
        const cell = cells[at];
        return cell === undefined || cell === "" ? [] : [[name, numberOfCell(cell) ?? cell.slice(0, 100)]];
      }),
    );
  };
}
