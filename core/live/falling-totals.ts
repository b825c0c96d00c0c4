import { type PointId, pointIds, pointOf } from "../catalogue/points.ts";
import type { Reading } from "../catalogue/reading.ts";
import { minuteMs } from "../time/durations.ts";

/** A total that falls again and again, and the two values that it fell between last. */
export type FallingTotal = { readonly point: PointId; readonly from: number; readonly to: number };

/** Notices totals that jump, as where two devices publish under one prefix; times in ms since the epoch. */
export type FallWatch = {
  take(reading: Reading): void;
  /** null where no total has fallen often in the time before `at`. */
  falling(at: number): FallingTotal | null;
};

const windowMs = 10 * minuteMs;
/** A restart is one fall, a counter restored once more another: this many are two devices, or one that is broken. */
const manyFalls = 5;

/** The uptime is left out: it falls at each restart, and a device that restarts often is still one. */
const totals: ReadonlySet<PointId> = new Set(
  pointIds.filter((id) => pointOf(id).stateClass === "total_increasing" && id !== "esp_uptime"),
);

/** Watches the totals of one device. */
export function startFallWatch(): FallWatch {
  const last = new Map<PointId, number>();
  let falls: readonly (FallingTotal & { readonly at: number })[] = [];
  const recent = (at: number) => falls.filter((fall) => Math.abs(at - fall.at) <= windowMs);
  return {
    take({ point, value, at }) {
      if (point === "online" || typeof value !== "number" || !totals.has(point)) return;
      const before = last.get(point);
      last.set(point, value);
      if (before !== undefined && value < before) {
        falls = [...recent(at), { point, from: before, to: value, at }].slice(-manyFalls);
      }
    },
    falling(at) {
      const recentFalls = recent(at);
      const newest = recentFalls.at(-1);
      return newest === undefined || recentFalls.length < manyFalls
        ? null
        : { point: newest.point, from: newest.from, to: newest.to };
    },
  };
}
