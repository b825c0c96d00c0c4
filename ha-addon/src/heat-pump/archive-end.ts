import type { Transition } from "@heatloop/core/live/transition";
import type { Minute } from "@heatloop/core/minute/minute";
import { dayMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "../archive/archive.ts";

/** The end of a heat pump's archive: its counters' last states, and yesterday's and today's rows. */
export type ArchiveEnd = {
  readonly last: Awaited<ReturnType<Archive["last"]>>;
  readonly minutes: readonly Minute[];
  readonly transitions: readonly Transition[];
};

/** Reads the end of a heat pump's archive; rejects where it cannot be read. */
export async function readArchiveEnd(archive: Archive, id: string, zone: Zone, now: number): Promise<ArchiveEnd> {
  const last = await archive.last(id, now);
  // A day more on each side: Home Assistant may still name another time zone.
  const from = zone.startOf(previousDate(zone.dateOf(now))) - dayMs;
  const minutes = await Array.fromAsync(archive.minutes(id, from, now + dayMs));
  const transitions = await Array.fromAsync(archive.transitions(id, from, now + dayMs));
  return { last, minutes, transitions };
}
