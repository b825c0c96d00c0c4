import { round } from "@heatloop/core/math/rounding";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { between, countedBeyond, type Found } from "./found.ts";
import type { RunningFigures, RunningRule } from "./running-rule.ts";

/** An alert that began goes on until there is this much more flow than the limit, so that it does not come and go with it. */
const flowHysteresisLMin = 1;
/** Less electricity is not enough for a COP of the day that means anything. */
const enoughWh = 2_000;

const causes = ["mqtt", "offline"];

/** What a running heat pump should not do: what costs its owner, or wears it out. */
export const runningRules = [
  {
    id: "low_flow",
    severity: "warning",
    text: "{name} runs with little flow, {flow} L/min (less than {limit}): check the filter, the valves, the circulation pump and the water pressure",
    when: "the compressor runs with less flow than `house.least_flow_l_min` (5) for so many minutes, defrosts aside",
    limit: "low_flow_min",
    example: { flow: 5, limit: 7.5 },
    // The limit is longer than a start takes; a pause between two runs does not end it.
    timing: ({ low_flow_min: minutes }) => ({
      afterMs: minutes * minuteMs,
      clearAfterMs: 10 * minuteMs,
      consequenceOf: causes,
    }),
    find({ compressorOn, operation, flowLMin: flow, hasFlowSensor }, { leastFlowLMin: limit }) {
      if (compressorOn === false) return null;
      // While it defrosts the flow means nothing.
      if (compressorOn === null || operation === null || operation === "defrost" || flow === null) return "unknown";
      // One that has no flow sensor reports 0 all the time.
      if (flow === 0 && !hasFlowSensor) return "unknown";
      return between(flow < limit, flow < limit + flowHysteresisLMin, { flow, limit });
    },
  },
  {
    id: "short_cycling",
    severity: "warning",
    text: "{name} starts too often, {starts} times within an hour: a lower flow temperature, or more water and open valves in the circuit, make its runs longer",
    when: "the compressor starts more often within an hour, until it was half as often",
    limit: "starts_per_hour",
    example: { starts: 9 },
    timing: { clearAfterMs: 10 * minuteMs, consequenceOf: causes },
    find: ({ startsLastHour: starts }, { hasWholeHour, limits: { starts_per_hour: limit } }) =>
      countedBeyond(starts, limit, hasWholeHour, { starts }),
  },
  {
    id: "many_defrosts",
    severity: "warning",
    text: "{name} defrosts too often, {defrosts} times within an hour: check that air gets through the outdoor unit; if it does, have the refrigerant checked",
    when: "it defrosts more often within an hour, until it was half as often",
    limit: "defrosts_per_hour",
    example: { defrosts: 4 },
    timing: { clearAfterMs: 10 * minuteMs, consequenceOf: causes },
    find: ({ defrostsLastHour: defrosts }, { hasWholeHour, limits: { defrosts_per_hour: limit } }) =>
      countedBeyond(defrosts, limit, hasWholeHour, { defrosts }),
  },
  {
    id: "immersion_heater",
    severity: "warning",
    text: "The immersion heater of {name} has been on for over {minutes} minutes: check whether that is wanted",
    when: "the immersion heater is on for so many minutes",
    limit: "immersion_heater_min",
    example: { minutes: 120 },
    timing: ({ immersion_heater_min: minutes }) => ofHeater(minutes),
    find: ({ immersionHeaterOn }, { limits: { immersion_heater_min: minutes } }) =>
      whileOn(immersionHeaterOn, { minutes }),
  },
  {
    id: "booster_heater",
    severity: "warning",
    text: "The booster heater of {name} has been on for over {minutes} minutes: check whether that is wanted",
    when: "a booster heater is on for so many minutes",
    limit: "booster_heater_min",
    example: { minutes: 90 },
    timing: ({ booster_heater_min: minutes }) => ofHeater(minutes),
    find: ({ boosterHeaterOn }, { limits: { booster_heater_min: minutes } }) => whileOn(boosterHeaterOn, { minutes }),
  },
  {
    id: "low_cop",
    severity: "warning",
    text: "{name} had a COP of {cop} on {date}, less than {limit}: its report says where the energy went",
    when: "yesterday's COP was lower; of a day that was seen whole and took 2 kWh or more",
    limit: "day_cop",
    example: { cop: 1.37, date: "2026-01-31", limit: 1.5 },
    // Within the first hour of a day the heat pump reports the totals of the day before.
    timing: { afterMs: hourMs },
    find({ lastDay }, { limits: { day_cop: limit } }) {
      if (lastDay === null) return "unknown";
      const { date, cop, electricityWh, isComplete } = lastDay;
      if (!isComplete || cop === null || electricityWh === null || electricityWh < enoughWh || cop >= limit)
        return null;
      return { problem: { cop: round(cop, 2), date, limit } };
    },
  },
] as const satisfies readonly RunningRule[];

export type RunningRuleId = (typeof runningRules)[number]["id"];
export const runningRuleIds = runningRules.map(({ id }) => id);

function ofHeater(minutes: number) {
  return { afterMs: minutes * minuteMs, clearAfterMs: minuteMs, consequenceOf: causes };
}

function whileOn(isOn: boolean | null, problem: RunningFigures): Found<RunningFigures> {
  if (isOn === null) return "unknown";
  return isOn ? { problem } : null;
}
