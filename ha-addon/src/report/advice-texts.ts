import type { CycleAdvice } from "@heatloop/core/events/cycle-advice";
import type { RunReport } from "@heatloop/core/events/events-report";
import { fill } from "@heatloop/core/text/fill-text";
import { causeText } from "./cause-texts.ts";
import type { SentenceWriting } from "./english-sentences.ts";
import { sentenceCase } from "./sentence-case.ts";

const advices = {
  pause_higher: "advicePause",
  flow_setpoint_higher: "adviceFlowHigher",
  flow_setpoint_lower: "adviceFlowLower",
  flow_setpoint_step_lower: "adviceFlowSteps",
  dhw_max_temperature_drop_higher: "adviceTank",
} as const;

/**
 * Why runs end and what to change: `Room thermostat satisfied: Lower the flow set-point or weather curve by 2 K: then it runs
 * on. Up to 4.2 starts a day fewer.`; that runs are long enough; undefined where neither is known.
 */
export function adviceSentence(
  { problem, advice }: Pick<RunReport, "problem" | "advice">,
  writing: SentenceWriting,
): string | undefined {
  const { texts } = writing;
  if (advice === null) return problem === "none" ? texts.runsLongEnough : undefined;
  return `${sentenceCase(causeText(advice, texts))}: ${changeSentences(advice, writing)}`;
}

/** What to change and what that spares, where the cause was said. */
export function changeSentences(advice: CycleAdvice, writing: SentenceWriting): string {
  const { texts, numbers } = writing;
  const { startsPerDayFewer: fewer } = advice;
  const change = fill(texts[adviceKey(advice)], { by: amountText(advice, writing) });
  return fewer === null ? change : `${change} ${fill(texts.adviceSpares, { count: numbers.decimal(fewer, 1) })}`;
}

function adviceKey({ setting, change }: CycleAdvice): (typeof advices)[keyof typeof advices] {
  return advices[`${setting}_${change}` as keyof typeof advices];
}

/** `2 K`, `30 min`. */
function amountText({ by, to, unit }: CycleAdvice, { numbers }: SentenceWriting): string {
  const amount = by ?? to;
  return amount === null || unit === null ? "" : `${numbers.decimal(amount, 0)}\u00a0${unit}`;
}
