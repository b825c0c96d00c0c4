import type { Transition } from "@heatloop/core/live/transition";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Log } from "../base/log.ts";

/** The edges that the log tells; the archive has all of them. */
const toldKinds = ["online", "fault"] as const;
type ToldKind = (typeof toldKinds)[number];

/** An edge and the one back are told as they happen; what goes on flipping is told once in a window. */
const saidAtMost = 2;
const windowMs = 10 * 60_000;

/** `unsaid`: edges that were not told one by one; `returns`: those back to normal. */
type Flips = { said: number; unsaid: number; returns: number; now: string | null };

/** What the log says of the heat pumps' edges; `close` says what is still counted. */
export type DeviceLines = { tell(device: string, edge: Transition): void; close(): void };

/** Says that a heat pump is offline, is back, has a fault: each once, and what flips in one line with a count. */
export function deviceLines({ log, clock }: { readonly log: Log; readonly clock: Clock }): DeviceLines {
  const flipping = new Map<string, { readonly device: string; readonly kind: ToldKind; readonly flips: Flips }>();
  let stopWindow: Stop | undefined;

  function tell(device: string, { kind, from, to }: Transition): void {
    if (kind !== "online" && kind !== "fault") return;
    stopWindow ??= clock.after(windowMs, endWindow);
    const key = `${kind} ${device}`;
    const { flips } = flipping.get(key) ?? { flips: { said: 0, unsaid: 0, returns: 0, now: null } };
    flipping.set(key, { device, kind, flips });
    flips.now = to;
    if (to === "online" || to === "none") flips.returns += 1;
    if (flips.said >= saidAtMost) {
      flips.unsaid += 1;
      return;
    }
    flips.said += 1;
    log.info(kind === "online" ? `the heat pump is ${to}` : "fault code", { device, from, to });
  }

  function sayCounts(): void {
    for (const { device, kind, flips } of flipping.values()) {
      if (flips.unsaid === 0) continue;
      const times = `${flips.returns} ${flips.returns === 1 ? "time" : "times"} in the last ten minutes`;
      const what = kind === "online" ? "went offline and came back" : "had a fault code and lost it";
      log.info(`the heat pump ${what} ${times}`, { device, now: flips.now });
    }
  }

  /** What flips is not said one by one again before it has been quiet for a window. */
  function endWindow(): void {
    stopWindow = undefined;
    sayCounts();
    for (const [key, { flips }] of flipping) {
      if (flips.unsaid === 0) flipping.delete(key);
      else Object.assign(flips, { said: saidAtMost, unsaid: 0, returns: 0 });
    }
    if (flipping.size > 0) stopWindow = clock.after(windowMs, endWindow);
  }

  return {
    tell,
    close() {
      stopWindow?.();
      sayCounts();
      flipping.clear();
    },
  };
}
