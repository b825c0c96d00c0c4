/** A step of the counter. `heatWh`: heat until then; `unseenMs`: for how long heat was unknown until then. */
export type CounterStep = { readonly at: number; readonly heatWh: number; readonly unseenMs: number };
/** The time between two steps of the counter. */
export type StepPair = { readonly from: CounterStep; readonly to: CounterStep; readonly electricityWh: number };

/** A COP needs the heat of this share of its time; chosen: a sensor may be silent for a few polls, no longer. */
const leastSeenShare = 0.9;
/** A step this many times later than the one before it was is overdue: the heat pump uses less by now. */
const overdueAfterSteps = 2;

/** Whether less is used by now; how much is not known before the next step comes. */
export function isOverdue({ from, to }: StepPair, at: number): boolean {
  return at - to.at > overdueAfterSteps * (to.at - from.at);
}

/** Whether heat was known for long enough between the two steps. */
export function isSeen({ from, to }: StepPair): boolean {
  return to.unseenMs - from.unseenMs <= (1 - leastSeenShare) * (to.at - from.at);
}
