import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type Allowance, type Failures, waitAfter } from "@heatloop/program/failures";
import { networkOf } from "@heatloop/program/ip-address";

/** Of one address: after five failures 1 s, then twice as long each time. */
const ofOne: Allowance = { free: 5, forgivenAfterMs: 10 * minuteMs, longestWaitMs: 15 * minuteMs };
/** Of all addresses together, for those who try from many. */
const ofAll: Allowance = { free: 30, forgivenAfterMs: minuteMs, longestWaitMs: minuteMs };
/** Chosen: what is remembered of more addresses is forgotten, the oldest first; all of them together are bounded anyway. */
const mostAddresses = 1_000;

/** Where a try comes from: its IP address, and whether that is this machine itself. */
export type Origin = { readonly address: string; readonly isMachine: boolean };

/** A try that may be made, and counts as failed until it succeeded. */
export type Try = { readonly ok: true; succeeded(): void } | { readonly ok: false; readonly waitS: number };

/** Bounds how often a password is tried, by address and in all. */
export type Tries = {
  /** The machine itself does not wait for what others do, so that its owner always gets in. */
  begin(from: Origin): Try;
};

export function boundedTries(clock: Clock): Tries {
  const addresses = new Map<string, Failures>();
  const all: Failures = { count: 0, since: clock.now() };

  function failuresOf(address: string): Failures {
    const known = addresses.get(address) ?? { count: 0, since: clock.now() };
    addresses.delete(address);
    addresses.set(address, known);
    for (const oldest of addresses.keys()) {
      if (addresses.size <= mostAddresses) break;
      addresses.delete(oldest);
    }
    return known;
  }

  return {
    begin({ address, isMachine }) {
      const now = clock.now();
      const key = networkOf(address);
      const own = failuresOf(key);
      const waitMs = Math.max(waitAfter(own, ofOne, now), isMachine ? 0 : waitAfter(all, ofAll, now));
      if (waitMs > 0) return { ok: false, waitS: Math.ceil(waitMs / secondMs) };
      const counted = isMachine ? [own] : [own, all];
      for (const failures of counted) {
        failures.count += 1;
        failures.since = now;
      }
      return {
        ok: true,
        succeeded() {
          addresses.delete(key);
          if (!isMachine) all.count = Math.max(0, all.count - 1);
        },
      };
    },
  };
}
