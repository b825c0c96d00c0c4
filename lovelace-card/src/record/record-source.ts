import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { TimeSpan } from "../chart/chart.ts";

/** Where a span is read from: states as they were, or means of 5 minutes or of an hour. */
export type RecordSource = "history" | "5minute" | "hour";

/** What the recorder keeps of states and of 5-minute statistics where nobody set it otherwise, with a margin. */
const kept = 9.5 * dayMs;

export const periodMs = { history: 0, "5minute": 5 * minuteMs, hour: hourMs } as const satisfies Record<
  RecordSource,
  number
>;

/** The finest source that a span of this length needs and that still has it. */
export function sourceOf({ from, to }: TimeSpan, now: number): RecordSource {
  if (from < now - kept) return "hour";
  return to - from <= 36 * hourMs ? "history" : "5minute";
}

/** What is loaded for a span: whole where it follows the time, with half of it at both sides where it is zoomed. */
export function spanToLoad({ from, to }: TimeSpan, now: number): TimeSpan {
  if (to >= now) return { from, to: now };
  const margin = (to - from) / 2;
  const source = sourceOf({ from, to }, now);
  const start = Math.max(from - margin, source === "hour" ? Number.NEGATIVE_INFINITY : now - kept);
  return { from: Math.min(from, start), to: Math.min(now, to + margin) };
}

/** When statistics are asked for again: half a minute after Home Assistant has compiled them. */
export function nextRefresh(now: number): number {
  const each = periodMs["5minute"];
  return (Math.floor((now - 30_000) / each) + 1) * each + 30_000;
}
