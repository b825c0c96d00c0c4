import { operations } from "../live/operation.ts";
import type { Transition } from "../live/transition.ts";
import { minuteMs } from "../time/durations.ts";
import { columnOfDay, type DayColumns } from "./day-columns.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";
import { leastSeenS } from "./passes/row-seen.ts";

/**
 * Why nothing was known: `program_off` (Heatloop did not run: no rows), `device_offline` (the ESP32 or the heat pump
 * was away), `broker_away` (nothing arrived, but no last will of the ESP32 either), `sensor_silent` (it published, but
 * flow, temperatures or operation were missing), `sensor_unfitted` (they were missing all day).
 */
export const gapCauses = ["program_off", "device_offline", "broker_away", "sensor_silent", "sensor_unfitted"] as const;
export type GapCause = (typeof gapCauses)[number];

/** Time in which heat or operation was not known; `startAt` in ms since the epoch. */
export type Gap = { readonly startAt: number; readonly seconds: number; readonly cause: GapCause };

type Span = { startAt: number; endAt: number; cause: GapCause };

/** A gap that begins or ends within a minute leaves a bit of it known. */
const edgeMs = minuteMs;
/** The broker publishes the last will this late. */
const lastWillMs = 3 * minuteMs;
const publishedColumns = [
  ...operations.map((operation) => `${operation}_s` as const),
  "flow_rate",
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "daily_electricity",
] as const;

/**
 * The gaps of a day, in order of time, from its start to `passedAt`. A device that did not publish counts as offline;
 * `withOnlineEdges` distinguishes the broker's absences from its own.
 */
export function gapsOf(
  day: DayColumns,
  { startAt, passedAt }: { readonly startAt: number; readonly passedAt: number },
  passes: RowPasses = plainPasses(day.rows),
): Gap[] {
  const { rows, times, columns } = day;
  const covered = columnOfDay(day, "covered_s");
  const gaps: Span[] = [];
  let isSeen = false;

  function add(from: number, to: number, cause: GapCause): void {
    const last = gaps.at(-1);
    if (to <= from) return;
    if (last?.cause === cause && last.endAt === from) last.endAt = to;
    else gaps.push({ startAt: from, endAt: to, cause });
  }

  let seenTo = startAt;
  for (let row = 0; row < rows; row += 1) {
    const seenRow = passes.endOfSeen(row, rows, times, columns, passedAt - minuteMs, seenTo);
    if (seenRow > row) {
      isSeen = true;
      seenTo = (times[seenRow - 1] as number) + minuteMs;
      row = seenRow;
      if (row === rows) break;
    }
    const at = times[row] as number;
    if (at >= passedAt) break;
    if (at - seenTo >= minuteMs) add(seenTo, at, "program_off");
    const end = Math.min(at + minuteMs, passedAt);
    if ((covered[row] as number) >= leastSeenS) isSeen = true;
    else {
      const isPublishing = publishedColumns.some((name) => !Number.isNaN(columnOfDay(day, name)[row] as number));
      add(Math.max(at, seenTo), end, isPublishing ? "sensor_silent" : "device_offline");
    }
    seenTo = Math.max(seenTo, end);
  }
  // The row of the running minute is still to come.
  if (passedAt - seenTo >= 2 * minuteMs) add(seenTo, passedAt, "program_off");
  const causeOf = (cause: GapCause) => (cause === "sensor_silent" && !isSeen ? "sensor_unfitted" : cause);
  return withoutEdges(gaps).map((gap) => ({
    startAt: gap.startAt,
    seconds: (gap.endAt - gap.startAt) / 1000,
    cause: causeOf(gap.cause),
  }));
}

/** The minute in which the device or the program went away or came back belongs to that gap. */
function withoutEdges(gaps: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  gaps.forEach((gap, i) => {
    const [before, after] = [joined.at(-1), gaps[i + 1]];
    const isEdge = gap.cause === "sensor_silent" && gap.endAt - gap.startAt <= edgeMs;
    const isAfter = before?.endAt === gap.startAt && isAbsence(before.cause);
    const isBefore = after?.startAt === gap.endAt && isAbsence(after.cause);
    const cause = isEdge && isAfter ? before.cause : isEdge && isBefore ? after.cause : gap.cause;
    if (before?.cause === cause && before.endAt === gap.startAt) before.endAt = gap.endAt;
    else joined.push({ ...gap, cause });
  });
  return joined;
}

function isAbsence(cause: GapCause): boolean {
  return cause === "program_off" || cause === "device_offline";
}

/** Whether any gap may be the broker's: only then the transitions are needed. */
export function mayBeBroker(gaps: readonly Gap[]): boolean {
  return gaps.some(({ cause }) => cause === "device_offline");
}

/**
 * Gaps of a day with the broker's absences distinguished: nothing arrived, and yet no last will said the device was gone.
 * `transitions` are those of the same day; before the first transition the device was what that one ends. A day without any
 * transition is the device's where nothing was seen all day, else the broker's.
 */
export function withOnlineTransitions(
  gaps: readonly Gap[],
  transitions: readonly Pick<Transition, "at" | "kind" | "to">[],
  wasSeen: boolean,
): Gap[] {
  const online = transitions.filter(({ kind }) => kind === "online");
  const isOnline = (at: number): boolean | null => {
    const last = online.findLast((each) => each.at <= at);
    if (last !== undefined) return last.to === "online";
    return online[0] === undefined ? null : online[0].to !== "online";
  };
  return gaps.map((gap) => {
    if (gap.cause !== "device_offline") return gap;
    const wasOnline = isOnline(gap.startAt + Math.min(lastWillMs, gap.seconds * 1000));
    return (wasOnline ?? wasSeen) ? { ...gap, cause: "broker_away" } : gap;
  });
}
