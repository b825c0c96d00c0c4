import { totalUse } from "../../energy/electricity-by-part.ts";
import { numberIn, ranSteadily, type SeenMinute } from "../../energy/timeline.ts";
import { minuteMs } from "../../time/durations.ts";
import { carnotCop } from "../performance.ts";
import type { RuleResult } from "./rule-result.ts";

/** The counter's steps of 0.1 kWh make the COP of less than this a guess. */
const windowWh = 500;
/** A step of the controller's electricity counter: how far the electricity of a window may be off. */
export const counterStepWh = 100;
/** Start and defrost move heat in time: a window takes minutes so long after them. */
const settledMinutes = 10;

/** Consecutive minutes of settled running, without a stop or a gap, with at least 0.5 kWh of electricity. */
export type CopWindow = {
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  /** Cold in cooling. */
  readonly heatWh: number;
  readonly electricityWh: number;
  /** What an ideal machine makes of the electricity; null in cooling, and where a temperature is unknown. */
  readonly idealWh: number | null;
};

const empty: CopWindow = { from: 0, to: 0, minutes: 0, heatWh: 0, electricityWh: 0, idealWh: 0 };

/** The windows of a day; minutes with the immersion heater don't count, for its heat is unseen. */
export function copWindows(minutes: readonly SeenMinute[]): CopWindow[] {
  const windows: CopWindow[] = [];
  let window = empty;
  let settled = 0;
  let cooled = false;
  let seenTo = Number.NaN;
  for (const minute of minutes) {
    const { figures, use } = minute;
    const cools = (figures.cooling_s ?? 0) > 0;
    if (cools !== cooled) window = empty;
    cooled = cools;
    // In a gap it may have stopped and started.
    if (minute.at !== seenTo) settled = 0;
    seenTo = minute.at + minuteMs;
    settled = ranSteadily(minute) ? settled + 1 : 0;
    if (settled <= settledMinutes || use === null || figures.heat_wh === null) continue;
    if ((numberIn(minute, "immersion_heater") ?? 0) > 0) continue;
    // Steps of the counter at each border: parts of several runs would be off by more than one.
    if (minute.at !== window.to) window = empty;
    window = withMinute(window, minute, cools ? (figures.cooling_wh ?? 0) : figures.heat_wh, totalUse(use), cools);
    if (window.electricityWh < windowWh) continue;
    windows.push(window);
    window = empty;
  }
  return windows;
}

function withMinute(
  window: CopWindow,
  minute: SeenMinute,
  heatWh: number,
  electricityWh: number,
  cools: boolean,
): CopWindow {
  const flowC = numberIn(minute, "flow_temperature");
  const outdoorC = numberIn(minute, "outdoor_temperature");
  const ideal = cools || flowC === null || outdoorC === null ? null : carnotCop(flowC, outdoorC);
  return {
    from: window.minutes === 0 ? minute.at : window.from,
    to: minute.at + minuteMs,
    minutes: window.minutes + 1,
    heatWh: window.heatWh + heatWh,
    electricityWh: window.electricityWh + electricityWh,
    idealWh: window.idealWh === null || ideal === null ? null : window.idealWh + ideal * electricityWh,
  };
}

/** The windows that match; those that follow each other are one result: the COP of all their heat and electricity. */
export function copResults(windows: readonly CopWindow[], matches: (window: CopWindow) => boolean): RuleResult[] {
  const joined: CopWindow[] = [];
  for (const window of windows.filter(matches)) {
    const last = joined.at(-1);
    if (last?.to === window.from) joined[joined.length - 1] = join(last, window);
    else joined.push(window);
  }
  return joined.map(({ from, to, minutes, heatWh, electricityWh }) => ({
    from,
    to,
    minutes,
    point: null,
    value: heatWh / electricityWh,
  }));
}

function join(first: CopWindow, next: CopWindow): CopWindow {
  return {
    from: first.from,
    to: next.to,
    minutes: first.minutes + next.minutes,
    heatWh: first.heatWh + next.heatWh,
    electricityWh: first.electricityWh + next.electricityWh,
    idealWh: first.idealWh === null || next.idealWh === null ? null : first.idealWh + next.idealWh,
  };
}
