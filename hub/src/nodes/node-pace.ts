import { minuteMs } from "@heatloop/core/time/durations";

/** What a node may send each minute, in requests, or in started pieces of messages. */
export const unitsPerMinute = 600;
/** What it does not use is saved for so long. */
export const savedMinutes = 10;
const unitMs = minuteMs / unitsPerMinute;
const savedMs = savedMinutes * minuteMs;
const mostRemembered = 10_000;

/** How much one hub takes of each node, so that none of them keeps the others waiting. */
export type NodePace = {
  /** Takes so many units of a node at `now` (ms since the epoch): 0. Where that is more than it may send: how long it has to wait, ms. */
  take(node: string, units: number, now: number): number;
};

/** By the generic cell rate algorithm (ITU-T I.371): a unit moves on, by the time that pays for it, until when a node has spent. */
export function newNodePace(): NodePace {
  const spentUntil = new Map<string, number>();

  /** Who has spent less than a minute of what is saved sends as homes do. */
  function forgetThrifty(now: number): void {
    for (const [node, until] of spentUntil) if (until < now - savedMs + minuteMs) spentUntil.delete(node);
    if (spentUntil.size >= mostRemembered) spentUntil.clear();
  }

  return {
    take(node, units, now) {
      const known = spentUntil.get(node) ?? 0;
      // A time ahead is of a clock that was wrong.
      const from = known > now ? now - savedMs : Math.max(known, now - savedMs);
      const until = from + units * unitMs;
      if (until > now) return until - now;
      if (spentUntil.size >= mostRemembered) forgetThrifty(now);
      spentUntil.set(node, until);
      return 0;
    },
  };
}
