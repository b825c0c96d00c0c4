import { round } from "@heatloop/core/math/rounding";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { AlertProblem } from "./alert-problem.ts";
import { between, countedBeyond, type DeviceRule, type FoundProblem } from "./alert-rule.ts";

/** An alert that began goes on until there is this much more flow than the limit, so that it does not come and go with it. */
const flowHysteresisLMin = 1;
/** Less electricity is not enough for a COP of the day that means anything. */
const enoughWh = 2_000;

const causes = ["mqtt", "offline"];

/** What a running heat pump should not do: what costs its owner, or wears it out. */
export const runningRules: readonly DeviceRule[] = [
  {
    id: "low_flow",
    severity: "warning",
    // The limit is longer than a start takes; a pause between two runs does not end it.
    timing: ({ low_flow_min: minutes }) => ({
      afterMs: minutes * minuteMs,
      clearAfterMs: 10 * minuteMs,
      consequenceOf: causes,
    }),
    find({ name, compressorOn, operation, flowLMin: flow, hasFlowSensor }, { leastFlowLMin: limit }) {
      if (compressorOn === false) return null;
      // While it defrosts the flow means nothing.
      if (compressorOn === null || operation === null || operation === "defrost" || flow === null) return "unknown";
      // One that has no flow sensor reports 0 all the time.
      if (flow === 0 && !hasFlowSensor) return "unknown";
      return between(flow < limit, flow < limit + flowHysteresisLMin, { code: "low_flow", name, flow, limit });
    },
  },
  {
    id: "short_cycling",
    severity: "warning",
    timing: { clearAfterMs: 10 * minuteMs, consequenceOf: causes },
    find: ({ name, startsLastHour: starts }, { hasWholeHour, limits: { starts_per_hour: limit } }) =>
      countedBeyond(starts, limit, hasWholeHour, { code: "short_cycling", name, starts }),
  },
  {
    id: "many_defrosts",
    severity: "warning",
    timing: { clearAfterMs: 10 * minuteMs, consequenceOf: causes },
    find: ({ name, defrostsLastHour: defrosts }, { hasWholeHour, limits: { defrosts_per_hour: limit } }) =>
      countedBeyond(defrosts, limit, hasWholeHour, { code: "many_defrosts", name, defrosts }),
  },
  {
    id: "immersion_heater",
    severity: "warning",
    timing: ({ immersion_heater_min: minutes }) => ofHeater(minutes),
    find: ({ name, immersionHeaterOn }, { limits: { immersion_heater_min: minutes } }) =>
      whileOn(immersionHeaterOn, { code: "immersion_heater_on", name, minutes }),
  },
  {
    id: "booster_heater",
    severity: "warning",
    timing: ({ booster_heater_min: minutes }) => ofHeater(minutes),
    find: ({ name, boosterHeaterOn }, { limits: { booster_heater_min: minutes } }) =>
      whileOn(boosterHeaterOn, { code: "booster_heater_on", name, minutes }),
  },
  {
    id: "low_cop",
    severity: "warning",
    // Within the first hour of a day the heat pump reports the totals of the day before.
    timing: { afterMs: hourMs },
    find({ name, lastDay }, { limits: { day_cop: limit } }) {
      if (lastDay === null) return "unknown";
      const { date, cop, electricityWh, isComplete } = lastDay;
      if (!isComplete || cop === null || electricityWh === null || electricityWh < enoughWh || cop >= limit)
        return null;
      return { problem: { code: "low_cop", name, cop: round(cop, 2), date, limit } };
    },
  },
];

function ofHeater(minutes: number) {
  return { afterMs: minutes * minuteMs, clearAfterMs: minuteMs, consequenceOf: causes };
}

function whileOn(isOn: boolean | null, problem: AlertProblem): FoundProblem {
  if (isOn === null) return "unknown";
  return isOn ? { problem } : null;
}
