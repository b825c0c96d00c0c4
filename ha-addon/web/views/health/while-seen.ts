import type { Clock, Stop } from "@heatloop/core/time/clock";

/** Works at once and then again and again while the page is looked at; at once again when it comes back into view. */
export function whileSeen(clock: Clock, everyMs: number, work: () => void): Stop {
  const workIfSeen = () => {
    if (document.visibilityState === "visible") work();
  };
  workIfSeen();
  const stop = clock.every(everyMs, workIfSeen);
  document.addEventListener("visibilitychange", workIfSeen);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", workIfSeen);
  };
}
