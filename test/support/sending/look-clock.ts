import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

/**
 * A simulated clock that knows when the archive is looked at next: each of its timers but those that bound a request, which are
 * `boundMs` long.
 */
export function lookClock(startAt: number, boundMs: number) {
  const clock = simulatedClock(startAt);
  const looks = new Set<number>();
  return {
    ...clock,
    after(ms: number, work: () => void) {
      if (ms === boundMs) return clock.after(ms, work);
      const at = clock.now() + ms;
      looks.add(at);
      const stop = clock.after(ms, () => {
        looks.delete(at);
        work();
      });
      return () => {
        looks.delete(at);
        stop();
      };
    },
    nextLookAt: () => [...looks].sort((a, b) => a - b)[0],
    /** Until nothing is being sent, and the next look is only a matter of time. */
    async idle(): Promise<void> {
      // What a change of the settings starts begins a moment later.
      await new Promise((resolve) => setImmediate(resolve));
      await waitFor(() => looks.size > 0, "the archive was looked at", 60_000);
    },
  };
}
