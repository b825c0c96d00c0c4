import type { Transition } from "@heatloop/core/live/transition";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Log } from "../base/log.ts";

/** The edges that are logged; the archive has all of them. */
type LoggedKind = "online" | "fault";

/** An edge and the one back are logged as they happen; what goes on flipping is logged once in a window. */
const loggedAtMost = 2;
const windowMs = 10 * minuteMs;

/** `counted`: edges that were not logged one by one; `returns`: those back to normal. */
type Flips = { logged: number; counted: number; returns: number; now: string | null };

/** Logs the heat pumps' transitions; `close` logs what is still counted. */
export type TransitionLog = { take(device: string, edge: Transition): void; close(): void };

/** Logs that a heat pump is offline, is back, has a fault: each once, and what flips in one line with a count. */
export function startTransitionLog({ log, clock }: { readonly log: Log; readonly clock: Clock }): TransitionLog {
  const flipping = new Map<string, { readonly device: string; readonly kind: LoggedKind; readonly flips: Flips }>();
  let stopWindow: Stop | undefined;

  function take(device: string, { kind, from, to }: Transition): void {
    if (kind !== "online" && kind !== "fault") return;
    stopWindow ??= clock.after(windowMs, endWindow);
    const key = `${kind} ${device}`;
    const { flips } = flipping.get(key) ?? { flips: { logged: 0, counted: 0, returns: 0, now: null } };
    flipping.set(key, { device, kind, flips });
    flips.now = to;
    if (to === "online" || to === "none") flips.returns += 1;
    if (flips.logged >= loggedAtMost) {
      flips.counted += 1;
      return;
    }
    flips.logged += 1;
    log.info(kind === "online" ? `the heat pump is ${to}` : "fault code", { device, from, to });
  }

  function logCounts(): void {
    for (const { device, kind, flips } of flipping.values()) {
      if (flips.counted === 0) continue;
      const times = `${flips.returns} ${flips.returns === 1 ? "time" : "times"} in the last ten minutes`;
      const what = kind === "online" ? "went offline and came back" : "had a fault code and lost it";
      log.info(`the heat pump ${what} ${times}`, { device, now: flips.now });
    }
  }

  /** What flips is not logged one by one again before it has been quiet for a window. */
  function endWindow(): void {
    stopWindow = undefined;
    logCounts();
    for (const [key, { flips }] of flipping) {
      if (flips.counted === 0) flipping.delete(key);
      else Object.assign(flips, { logged: loggedAtMost, counted: 0, returns: 0 });
    }
    if (flipping.size > 0) stopWindow = clock.after(windowMs, endWindow);
  }

  return {
    take,
    close() {
      stopWindow?.();
      logCounts();
      flipping.clear();
    },
  };
}
