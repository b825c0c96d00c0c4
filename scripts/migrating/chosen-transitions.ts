import type { Transition } from "@heatloop/core/live/transition";
import { secondMs } from "@heatloop/core/time/durations";
import type { ArchiveSide } from "./minute-pairs.ts";

/** From when on the merged minutes are those of a side, ms since the epoch. */
export type Stretch = { readonly from: number; readonly side: ArchiveSide };

/** Both programs hear of a change within this of each other. */
const apartMs = 5 * secondMs;

/**
 * The transitions of two archives for minutes that were chosen: each stretch has those of its side. One that both saw around the
 * end of a stretch is there once. `stretches` in order of time, the first of them before all transitions.
 */
export function chooseTransitions(
  stretches: readonly Stretch[],
  of: Readonly<Record<ArchiveSide, readonly Transition[]>>,
): Transition[] {
  const ends = stretches.slice(1).map(({ from }) => from);
  const isNearEnd = (at: number) => ends.some((end) => Math.abs(at - end) <= apartMs);
  const sideAt = (at: number) => stretches.findLast(({ from }) => from <= at)?.side ?? "new";
  const chosen = (["old", "new"] as const)
    .flatMap((side) => of[side].map((transition) => ({ transition, side })))
    .filter(({ transition: { at }, side }) => isNearEnd(at) || sideAt(at) === side)
    .sort((a, b) => a.transition.at - b.transition.at);
  const merged: { readonly transition: Transition; readonly side: ArchiveSide }[] = [];
  for (const { transition, side } of chosen) {
    const isThere = merged.some((other) => other.side !== side && isSameChange(other.transition, transition));
    if (!isThere) merged.push({ transition, side });
  }
  return merged.map(({ transition }) => transition);
}

/** Whether two programs speak of one change. */
export function isSameChange(a: Transition, b: Transition): boolean {
  return Math.abs(a.at - b.at) <= apartMs && a.kind === b.kind && a.to === b.to && a.zone === b.zone;
}
