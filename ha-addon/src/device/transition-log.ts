import type { Transition } from "@heatloop/core/live/transition";
import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import { countingWindow } from "../base/counting-window.ts";

/** The transitions that are logged; the archive has all of them. */
type LoggedKind = "online" | "fault";

/** A transition and the one back are logged as they happen; what goes on flipping is logged once in a window. */
const loggedAtMost = 2;

/** `counted`: transitions that were not logged one by one; `returns`: those back to normal. */
type Flips = {
  readonly device: string;
  readonly kind: LoggedKind;
  logged: number;
  counted: number;
  returns: number;
  now: string | null;
};

/** Logs the heat pumps' transitions; `close` logs what is still counted. */
export type TransitionLog = { take(device: string, transition: Transition): void; close(): void };

/** Logs that a heat pump is offline, is back, has a fault: each once, and what flips in one line with a count. */
export function startTransitionLog({ log, clock }: { readonly log: Log; readonly clock: Clock }): TransitionLog {
  const flipping = countingWindow<Flips>(clock, (flips) => {
    const { device, kind, returns, now } = flips;
    const times = `${returns} ${returns === 1 ? "time" : "times"} in the last ten minutes`;
    const what = kind === "online" ? "went offline and came back" : "had a fault code and lost it";
    log.info(`the heat pump ${what} ${times}`, { device, now });
    flips.returns = 0;
  });

  function take(device: string, { kind, from, to }: Transition): void {
    if (kind !== "online" && kind !== "fault") return;
    const flips = flipping.of(`${kind} ${device}`, () => newFlips(device, kind));
    flips.now = to;
    if (to === "online" || to === "none") flips.returns += 1;
    if (flips.logged >= loggedAtMost) {
      flips.counted += 1;
      return;
    }
    flips.logged += 1;
    log.info(kind === "online" ? `the heat pump is ${to}` : "fault code", { device, from, to });
  }

  return { take, close: flipping.flush };
}

function newFlips(device: string, kind: LoggedKind): Flips {
  return { device, kind, logged: 0, counted: 0, returns: 0, now: null };
}
