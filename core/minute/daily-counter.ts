import {
  type CountedStep,
  type CounterState,
  countOn,
  type Midnight,
  type RunningTotal,
  runningTotal,
} from "../live/running-total.ts";
import { hourMs } from "../time/durations.ts";

/** The local date of a time: the controller's day, as far as it is known. */
export type DayOf = (at: number) => string;

/** The controller's clock knows no DST: its midnight may come an hour after ours. */
const controllerLagMs = hourMs;

/** A step of the controller's daily counter, which starts again at the controller's midnight. */
export function countDaily(total: RunningTotal, now: CounterState, dayOf: DayOf): CountedStep {
  return countOn(total, now, midnightBetween(total.at, now.at, dayOf));
}

function midnightBetween(from: number, to: number, dayOf: DayOf): Midnight {
  const passes = (lagMs: number) => dayOf(from - lagMs) !== dayOf(to - lagMs);
  const [ours, late] = [passes(0), passes(controllerLagMs)];
  return ours && late ? "certain" : ours || late ? "possible" : "none";
}

/** The counter after the states that were logged, in their order; undefined where there are none. */
export function counterAfter(logged: Iterable<CounterState>, dayOf: DayOf): RunningTotal | undefined {
  let total: RunningTotal | undefined;
  for (const state of logged) total = total === undefined ? runningTotal(state) : countDaily(total, state, dayOf).total;
  return total;
}
