import type { Timeline } from "../energy/timeline.ts";
import { type Limits, type RuledDay, ruleDayOf, ruledDayOf, usualLimits } from "./rules/rule-day.ts";
import { type Finding, findingRules } from "./rules/rules.ts";

export type DayFindings = RuledDay & { readonly findings: readonly Finding[] };

/** The findings of a day, in order of time. */
export function findingsOf(timeline: Timeline, limits: Limits = usualLimits): DayFindings {
  const day = ruleDayOf(timeline, limits);
  const findings = findingRules.flatMap(({ name, ofDay }) =>
    ofDay(day).map((result): Finding => ({ name, ...result })),
  );
  return { ...ruledDayOf(timeline, day), findings: findings.sort((a, b) => a.from - b.from) };
}

/** The findings of days in their order, with what only several of them show. */
export function joinFindings(days: readonly DayFindings[]): Finding[] {
  const all = days.flatMap(({ findings }) => findings);
  const ofDays = findingRules.flatMap(({ name, ofDays: rule }) =>
    (rule?.(days) ?? []).map((result): Finding => ({ name, ...result })),
  );
  return [...all, ...ofDays].sort((a, b) => a.from - b.from);
}
