import type { Cause } from "@heatloop/core/events/cycle-cause";
import type { MainCause } from "@heatloop/core/events/cycle-report";
import { fill } from "@heatloop/core/text/fill-text";
import type { SentenceWriting } from "./english-sentences.ts";
import type { ReportTexts } from "./texts/report-texts.ts";

/** Why a run ended, in a few words. */
export function causeText({ cause, reason }: Cause, texts: ReportTexts): string {
  if (cause === "defrost") return texts.cause_defrost;
  if (cause === "hot_water") return texts.cause_hot_water;
  return texts[reason ?? cause];
}

/**
 * One plain sentence about the short runs among `runs`: `19 of 23 short runs: minimum output above the house's need at
 * > 9 °C outside`.
 */
export function mainCauseSentence(main: MainCause | null, runs: number, { texts, numbers }: SentenceWriting): string {
  if (main === null) return runs === 0 ? texts.noRun : fill(texts.noShortRun, { runs: numbers.count(runs) });
  const values = {
    count: numbers.count(main.count),
    all: numbers.count(main.ofShortRuns),
    cause: causeText(main, texts),
  };
  return main.reason === "minimum_output" && main.aboveOutdoorC !== null
    ? fill(texts.mainCauseAbove, { ...values, degrees: numbers.degrees(main.aboveOutdoorC, 0) })
    : fill(texts.mainCause, values);
}
