import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { mayBeBroker, withOnlineTransitions } from "@heatloop/core/energy/gaps";
import type { Transition } from "@heatloop/core/live/transition";
import { transitionReader } from "@heatloop/core/minute/csv-reader";
import type { Zone } from "@heatloop/core/time/local-day";
import { type CsvReading, rowsOf } from "./csv/csv-reading.ts";

type Files = Pick<CsvReading, "readFiles">;

/** The transitions in the files of a local date that were at `from` or later and before `to`, ms since the epoch. */
export async function* transitionsOf(
  files: Files,
  device: string,
  date: string,
  from: number,
  to: number,
): AsyncIterable<Transition> {
  for await (const transition of rowsOf(files, { device, date, kind: "transitions" }, transitionReader)) {
    if (transition.at >= from && transition.at < to) yield transition;
  }
}

/** Days with the causes of their gaps. Transitions are read only for days with gaps that they may explain. */
export async function withGapCauses(
  files: Files,
  zone: Zone,
  device: string,
  days: readonly DayEnergy[],
): Promise<DayEnergy[]> {
  const explained: DayEnergy[] = [];
  // One after the other: of four years at once there would be more open files than a small machine allows.
  for (const day of days) {
    if (!mayBeBroker(day.gaps)) {
      explained.push(day);
      continue;
    }
    const transitions: Transition[] = [];
    const [from, to] = [zone.startOf(day.date), zone.endOf(day.date)];
    for await (const transition of transitionsOf(files, device, day.date, from, to)) transitions.push(transition);
    explained.push({ ...day, gaps: withOnlineTransitions(day.gaps, transitions, day.coveredS > 0) });
  }
  return explained;
}
