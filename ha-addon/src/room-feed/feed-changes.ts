import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import { feedSentence } from "./texts/sentences.ts";
import type { RoomFeedView } from "./view.ts";

/** Home Assistant needs a while to report every room. */
const settlingMs = minuteMs;

/** Takes each view of a feed; logs a new state or reason, and calls `onChange` where something that people see is new. */
export function feedChanges(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (view: RoomFeedView) => void;
}): (view: RoomFeedView) => void {
  const { clock, log } = parts;
  const startedAt = clock.now();
  let logged = "";
  let shown = "";

  /** Right after the start nothing was reported yet, and a zone without rooms needs no line. */
  function isStarting({ state }: RoomFeedView): boolean {
    return logged === "" && (state === "off" || (state === "holding" && clock.now() - startedAt < settlingMs));
  }

  function logChange(view: RoomFeedView): void {
    const reason = feedSentence(view.remarks, "en");
    const sentence = `${view.state} ${reason}`;
    if (sentence === logged || isStarting(view)) return;
    const write = view.state === "ok" || view.state === "off" ? log.info : log.warn;
    write(`${feedLabel(view.zone)}: ${view.state}`, { device: view.device, reason });
    logged = sentence;
  }

  return (view) => {
    logChange(view);
    // What only ages is no change.
    const figures = JSON.stringify(view, (key, value) => (key === "ageS" || key === "reportedAt" ? undefined : value));
    if (figures === shown) return;
    shown = figures;
    parts.onChange(view);
  };
}

/** How the log names the feed of a zone. */
export function feedLabel(zone: 1 | 2): string {
  return `room feed of zone ${zone}`;
}
