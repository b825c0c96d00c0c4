import { numberIn } from "../energy/timeline.ts";
import { noMinuteS } from "../minute/figures.ts";
import type { Minute } from "../minute/minute.ts";
import { minuteMs } from "../time/durations.ts";

/** A span in which the compressor ran, ms since the epoch; to the second where a minute holds one start or stop only. */
export type CompressorSpan = {
  readonly from: number;
  readonly to: number;
  /** Whether the start, and the stop, were seen; else the log begins or ends there. */
  readonly startSeen: boolean;
  readonly endSeen: boolean;
};

type State = { readonly kind: "off" | "unknown" } | { readonly kind: "on"; readonly from: number; seen: boolean };

/**
 * When the compressor ran, from the seconds on and the starts of each minute (rows in order of time). A row that is
 * missing, or does not know, ends a span unseen. `until` bounds the spans: rows after it only show how it went on.
 */
export function compressorSpans(minutes: readonly Minute[], until: number): CompressorSpan[] {
  const spans: CompressorSpan[] = [];
  let state: State = { kind: "unknown" };
  let seenTo = Number.NEGATIVE_INFINITY;

  function stop(at: number, endSeen: boolean): void {
    if (state.kind === "on") spans.push({ from: state.from, to: at, startSeen: state.seen, endSeen });
    state = { kind: endSeen ? "off" : "unknown" };
  }

  minutes.forEach((minute, i) => {
    const { at } = minute;
    if (at >= until) return;
    const onS = numberIn(minute, "compressor");
    if (at > seenTo) stop(seenTo, false);
    seenTo = at + minuteMs;
    if (onS === null) {
      stop(at, false);
      return;
    }
    const onMs = Math.min(60, onS) * 1000;
    const offMs = minuteMs - onMs;
    const starts = minute.figures.starts ?? (state.kind === "off" && onS > noMinuteS ? 1 : 0);
    const endsOn = isOnAtEnd(minutes, i, onS, starts > 0, state.kind !== "on");
    const was = state.kind;
    if (starts > 0) {
      stop(at, true);
      const from = endsOn ? at + offMs : at + offMs / 2;
      state = { kind: "on", from, seen: true };
      if (!endsOn) stop(from + onMs, true);
    } else if (onS > noMinuteS) {
      if (was !== "on") state = { kind: "on", from: endsOn ? at + offMs : at, seen: false };
      if (!endsOn) stop(at + onMs, true);
    } else {
      stop(at, true);
    }
  });
  if (Number.isFinite(seenTo)) stop(seenTo, hasStopped(minutes, seenTo));
  return spans.map((span) => ({ ...span, from: Math.round(span.from), to: Math.round(span.to) }));
}

/** Whether it still runs when a minute ends, by the next one; where there is none, as the seconds suggest. */
function isOnAtEnd(minutes: readonly Minute[], i: number, onS: number, startsInIt: boolean, wasOff: boolean): boolean {
  if (onS <= noMinuteS && !startsInIt) return false;
  const next = minutes[i + 1];
  const nextOnS = numberIn(next, "compressor");
  if (next === undefined || nextOnS === null || next.at !== (minutes[i] as Minute).at + minuteMs) {
    return startsInIt || wasOff || onS >= 60 - noMinuteS;
  }
  if ((next.figures.starts ?? 0) === 0) return nextOnS > noMinuteS;
  // It started in the next minute, so it stopped in between; when is not known, so at the end of this one.
  return false;
}

/** Whether the compressor had stopped by the row that begins at `at`. */
function hasStopped(minutes: readonly Minute[], at: number): boolean {
  const next = minutes.find((minute) => minute.at === at);
  const onS = numberIn(next, "compressor");
  return onS !== null && (onS <= noMinuteS || (next?.figures.starts ?? 0) > 0);
}
