import { rule as airInCircuit } from "./air-in-circuit.ts";
import { rule as copBelowOne } from "./cop-below-one.ts";
import type { FindingRule } from "./finding-rule.ts";
import { rule as flowBelowMinimum } from "./flow-below-minimum.ts";
import { rule as impossibleCop } from "./impossible-cop.ts";
import { rule as negativeCop } from "./negative-cop.ts";
import { rule as notFitted } from "./not-fitted.ts";
import type { RuleResult } from "./rule-result.ts";
import { rule as stuckSensor } from "./stuck-sensor.ts";

const rules = [
  airInCircuit,
  flowBelowMinimum,
  negativeCop,
  copBelowOne,
  impossibleCop,
  stuckSensor,
  notFitted,
] as const satisfies readonly FindingRule[];

export type FindingName = (typeof rules)[number]["name"];

/** Every rule, in the order in which reports list them. */
export const findingRules: readonly (FindingRule & { readonly name: FindingName })[] = rules;

export const findingNames = rules.map(({ name }) => name) as [FindingName, ...FindingName[]];

/** What can't be as it was measured, or should not be. */
export type Finding = RuleResult & { readonly name: FindingName };

export function findingRuleOf(name: FindingName): FindingRule {
  const rule = findingRules.find((each) => each.name === name);
  if (rule === undefined) throw new Error(`no rule of findings is called ${name}`);
  return rule;
}
