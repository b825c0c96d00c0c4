import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";

const windowMs = 10 * minuteMs;

/** Something that repeats; `counted`: how often in this window without a line of its own. */
type Counted = { counted: number };

/**
 * What repeats, by key, over windows of ten minutes: at the end of each, what was counted is reported. A key is counted
 * on until it has been quiet for a window.
 */
export type CountingWindow<Kind extends Counted> = {
  has(key: string): boolean;
  /** How many keys are counted. */
  size(): number;
  /** What is counted under a key, which is new where it was quiet. */
  of(key: string, whenNew: () => Kind): Kind;
  /** Reports what was counted so far, and begins anew. */
  flush(): void;
};

/** `report` takes what was counted in a window, at least once. */
export function countingWindow<Kind extends Counted>(clock: Clock, report: (kind: Kind) => void): CountingWindow<Kind> {
  const kinds = new Map<string, Kind>();
  let stopWindow: Stop | undefined;

  function endWindow(): void {
    stopWindow = undefined;
    for (const [key, kind] of kinds) {
      if (kind.counted === 0) kinds.delete(key);
      else {
        report(kind);
        kind.counted = 0;
      }
    }
    if (kinds.size > 0) stopWindow = clock.after(windowMs, endWindow);
  }

  return {
    has: (key) => kinds.has(key),
    size: () => kinds.size,
    of(key, whenNew) {
      stopWindow ??= clock.after(windowMs, endWindow);
      const kind = kinds.get(key) ?? whenNew();
      kinds.set(key, kind);
      return kind;
    },
    flush() {
      stopWindow?.();
      stopWindow = undefined;
      for (const kind of kinds.values()) if (kind.counted > 0) report(kind);
      kinds.clear();
    },
  };
}
