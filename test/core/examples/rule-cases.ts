import { readdirSync } from "node:fs";
import { timelineOf } from "@heatloop/core/energy/timeline";
import { findingsOf, joinFindings } from "@heatloop/core/events/findings";
import type { CaseStretch, FindingRule, RuleCase } from "@heatloop/core/events/rules/finding-rule";
import { minuteMs } from "@heatloop/core/time/durations";
import { dateAfter } from "@heatloop/core/time/local-day";
import { minutesOf, romeZone, type Stretch, withElectricity } from "./example-day.ts";

const zone = romeZone();
const firstDate = "2026-02-03";
const firstAt = zone.startOf(firstDate);
const counterStepWh = 100;

/** Every file of the folder that defines a rule. */
export async function ruleFiles(): Promise<{ readonly rule: FindingRule; readonly cases: readonly RuleCase[] }[]> {
  const folder = new URL("../../../core/events/rules/", import.meta.url);
  const modules = await Promise.all(readdirSync(folder).map((name) => import(new URL(name, folder).href)));
  return modules.filter((each) => "rule" in each);
}

/** What a rule makes of a case; `from` and `to` in minutes from the first midnight. */
export function resultsOf(rule: FindingRule, { days, limits }: RuleCase) {
  const found = days.map((stretches, i) => {
    const date = dateAfter(firstDate, i);
    const startAt = zone.startOf(date);
    return findingsOf(timelineOf({ date, zone, minutes: minutesOfCase(startAt, stretches) }), limits);
  });
  return joinFindings(found)
    .filter(({ name }) => name === rule.name)
    .map(({ from, to, value, point }) => ({
      from: (from - firstAt) / minuteMs,
      to: (to - firstAt) / minuteMs,
      value: value === null ? null : Number(value.toFixed(6)),
      ...(point === null ? {} : { point }),
    }));
}

function minutesOfCase(startAt: number, stretches: readonly CaseStretch[]) {
  const powers = stretches.flatMap(({ minutes, electricityW = 0 }) => new Array<number>(minutes).fill(electricityW));
  let countedWh = 0;
  let usedWh = 0;
  const electricityWh = powers.map((powerW) => {
    usedWh += powerW / 60;
    // A step is there in the minute in which it is full.
    const steps = Math.floor((usedWh - countedWh + 1e-6) / counterStepWh) * counterStepWh;
    countedWh += steps;
    return steps;
  });
  return withElectricity(
    minutesOf(startAt, stretches.map(stretchOf)),
    ({ at }) => electricityWh[(at - startAt) / minuteMs] ?? 0,
  );
}

function stretchOf({ minutes, operation, heatW, points }: CaseStretch): Stretch {
  const waterC =
    operation === "standby"
      ? { flow_temperature: 28, return_temperature: 28 }
      : { flow_temperature: 35, return_temperature: 30 };
  return {
    seconds: minutes * 60,
    operation,
    ...(heatW === undefined ? {} : { heatW }),
    points: { ...waterC, outdoor_temperature: 3, flow_rate: 17, ...points },
  };
}
