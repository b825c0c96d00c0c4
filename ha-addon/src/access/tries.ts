import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { networkOf } from "@heatloop/program/ip-address";

/** How many failures are free, how long one counts, and the longest wait after more of them. */
type Allowance = { readonly free: number; readonly forgivenAfterMs: number; readonly longestWaitMs: number };

/** Of one address: after five failures 1 s, then twice as long each time. */
const ofOne: Allowance = { free: 5, forgivenAfterMs: 10 * minuteMs, longestWaitMs: 15 * minuteMs };
/** Of all addresses together, for those who try from many. */
const ofAll: Allowance = { free: 30, forgivenAfterMs: minuteMs, longestWaitMs: minuteMs };
/** Chosen: what is remembered of more addresses is forgotten, the oldest first; all of them together are bounded anyway. */
const mostAddresses = 1_000;

type Failures = { count: number; since: number };

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
      const waitMs = Math.max(waitOf(own, ofOne, now), isMachine ? 0 : waitOf(all, ofAll, now));
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

/** How long from now on no try may be made; forgives what is long enough ago. */
function waitOf(failures: Failures, { free, forgivenAfterMs, longestWaitMs }: Allowance, now: number): number {
  // A clock that was set back says nothing about how long ago it was.
  if (now < failures.since) failures.since = now;
  const waited = now - failures.since;
  const over = failures.count - free;
  if (over >= 0) {
    const waitMs = Math.min(secondMs * 2 ** over, longestWaitMs);
    if (waited < waitMs) return waitMs - waited;
  }
  const forgiven = Math.min(failures.count, Math.floor(waited / forgivenAfterMs));
  failures.count -= forgiven;
  failures.since += forgiven * forgivenAfterMs;
  return 0;
}
