import { isRestored } from "../live/running-total.ts";
import { hourMs, minuteMs } from "../time/durations.ts";
import { columnOfDay, type DayColumns } from "./day-columns.ts";
import type { DayWindow } from "./day-window.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";
import { coverageFactor } from "./uncertainty.ts";

/** What a figure leaves out (or has too much, where negative), Wh: the expected amount and its standard uncertainty. */
export type Missing = { readonly wh: number; readonly deviationWh: number };

/** How far the counted electricity of a day may be off. */
export type CounterError = Missing & {
  /** Steps of 0.1 kWh that are cut at the borders of the day: expected error and half the range around it, Wh. */
  readonly stepsWh: number;
  readonly stepsHalfWh: number;
};

type CountedDay = DayWindow & { readonly countedWh: number };

/** A state of the counter: end of its minute in ms since the epoch, what it showed, and what was counted in it. */
type Shown = { readonly at: number; readonly kwh: number; readonly stepWh: number };
/** `restarts`: for each new start within the day the time in which it was not seen before, ms. */
type Course = { readonly first: Shown; readonly last: Shown; readonly restarts: readonly number[] };

/** A border of the day without a known minute within this time is a gap. */
const gapMs = 2 * minuteMs;
/** running-total.ts takes a longer gap over midnight for a new start of the counter. */
const longGapMs = 2 * hourMs;
const stepWh = 100;
/** A rise by more in one minute is no step: 60 kW. */
const mostUnreadWh = 1000;
/** The controller's midnight, and the publication of a step, are at most this far from ours. */
const borderMs = 1.5 * minuteMs;
/** What the time of the publication adds: 5 Wh (docs/energy/sources.md, Ranges). */
const publishedWh = 5;
/** A counter that shows less has just started again, so its next step has nothing of the day before. */
const freshKwh = 0.2;
/** Standard uncertainty of an energy estimated from the mean power of the day, as a share (the same table). */
const powerShare = 0.7;
/** The same of how a known energy lies on either side of midnight within a gap (the same table). */
const placeShare = 0.3;

/**
 * What the counter's steps of a local day leave out: what was used in a gap before midnight, or in a gap in which the
 * counter started again. null where the counter was never seen.
 */
export function counterError(parts: CountedDay, passes = plainPasses(parts.day.rows)): CounterError | null {
  const { day, startAt, passedAt } = parts;
  const course = courseOf(day, passes);
  if (course === null) return null;
  const { first, last, restarts } = course;
  const hours = Math.max(1, (last.at - startAt) / hourMs);
  const powerW = parts.countedWh / hours;
  const gaps = [
    unreadSteps(day),
    headError(parts, first, powerW),
    tailError(parts, last, powerW),
    ...restarts.map((gap) => inGap(gap, powerW)),
  ];
  const carriesIn = first.at - startAt <= gapMs && first.kwh > freshKwh ? 1 : 0;
  const cut = restarts.length + (passedAt > last.at - gapMs && last.kwh >= freshKwh ? 1 : 0);
  const borders = carriesIn + cut;
  return {
    wh: gaps.reduce((sum, { wh }) => sum + wh, 0),
    deviationWh: Math.hypot(...gaps.map(({ deviationWh }) => deviationWh)),
    stepsWh: (stepWh / 2) * (cut - carriesIn),
    stepsHalfWh: halfOf(borders) + (powerW * borderMs) / hourMs + publishedWh,
  };
}

/** Half the range that holds the sum of so many cut steps, each anywhere from 0 to a step off. */
function halfOf(borders: number): number {
  return Math.min((stepWh / 2) * borders, coverageFactor * (stepWh / Math.sqrt(12)) * Math.sqrt(borders));
}

/** The course of the counter through a day; null where it was never seen. */
function courseOf(day: DayColumns, { nextKnown, endOfRise }: RowPasses): Course | null {
  const kwh = columnOfDay(day, "daily_electricity");
  const restarts: number[] = [];
  const first = nextKnown(0, day.rows, kwh);
  if (first === day.rows) return null;
  let last = first;
  for (let row = first; row < day.rows; row = nextKnown(row + 1, day.rows, kwh)) {
    const [before, now] = [kwh[last] as number, kwh[row] as number];
    if (now < before && !isRestored(before, now)) {
      restarts.push((day.times[row] as number) - (day.times[last] as number) - minuteMs);
    }
    last = endOfRise(row, day.rows, kwh);
    row = last;
  }
  return { first: shownIn(day, first), last: shownIn(day, last), restarts };
}

function shownIn(day: DayColumns, row: number): Shown {
  return {
    at: (day.times[row] as number) + minuteMs,
    kwh: columnOfDay(day, "daily_electricity")[row] as number,
    stepWh: columnOfDay(day, "electricity_wh")[row] || 0,
  };
}

/** The first state of a day; undefined where it has none. */
function firstOf(day: DayColumns | undefined): Shown | undefined {
  const kwh = day && columnOfDay(day, "daily_electricity");
  for (let row = 0; day !== undefined && row < day.rows; row += 1) {
    if (!Number.isNaN(kwh?.[row] as number)) return shownIn(day, row);
  }
  return undefined;
}

/** The growth of the counter in rows whose step cannot be read: somebody edited the log, or blanked a cell. */
function unreadSteps(day: DayColumns): Missing {
  const kwh = columnOfDay(day, "daily_electricity");
  const steps = columnOfDay(day, "electricity_wh");
  let [wh, before] = [0, Number.NaN];
  for (let row = 0; row < day.rows; row += 1) {
    const now = kwh[row] as number;
    if (Number.isNaN(now)) continue;
    const roseWh = Math.round((now - before) * 1000);
    if (Number.isNaN(steps[row] as number) && roseWh > 0 && roseWh <= mostUnreadWh) wh += roseWh;
    before = now;
  }
  return { wh, deviationWh: 0 };
}

function inGap(gap: number, powerW: number): Missing {
  if (gap <= gapMs) return { wh: 0, deviationWh: 0 };
  const most = (powerW * gap) / hourMs;
  return { wh: most / 2, deviationWh: most / 2 };
}

function headError({ startAt, standardStartAt }: CountedDay, first: Shown, powerW: number): Missing {
  if (first.at - startAt <= gapMs) return { wh: 0, deviationWh: 0 };
  if (first.at <= standardStartAt + gapMs) {
    // The counter has not started again yet: its step may be of the day before.
    return { wh: -first.stepWh / 2, deviationWh: placeShare * first.stepWh };
  }
  const late = (powerW * (standardStartAt - startAt)) / hourMs;
  // What it shows was used since its midnight, though it may never have been seen before.
  const uncounted = first.kwh * 1000 - first.stepWh;
  return { wh: late + (uncounted > stepWh ? uncounted : 0), deviationWh: powerShare * late };
}

function tailError({ next, passedAt }: CountedDay, last: Shown, powerW: number): Missing {
  const gap = passedAt - last.at;
  if (gap <= gapMs) return { wh: 0, deviationWh: 0 };
  const after = firstOf(next);
  if (after !== undefined && after.kwh >= last.kwh && after.at - last.at < longGapMs) {
    const late = (after.stepWh * gap) / (after.at - last.at);
    return { wh: late, deviationWh: placeShare * after.stepWh };
  }
  const estimate = (powerW * gap) / hourMs;
  return { wh: estimate, deviationWh: powerShare * estimate + stepWh / 2 };
}
