import { type MeterFinding, usualHeatRatio } from "@heatloop/core/house/meter-fit";
import { fill } from "@heatloop/core/text/fill-text";
import type { SentenceWriting } from "./english-sentences.ts";
import type { ReportTexts } from "./texts/report-texts.ts";

/** What a meter shows against the other one, and the correction to offer. */
export function meterSentence(finding: MeterFinding, { texts, numbers }: SentenceWriting): string {
  const { kind, ratio, days, correction } = finding;
  const share = numbers.decimal(Math.abs(ratio - 1) * 100, 1);
  const difference = fill(ratio > 1 ? texts.meterMore : texts.meterLess, { share });
  const usual =
    kind === "counter" ? [] : [fill(texts.meterUsual, { share: numbers.decimal((usualHeatRatio - 1) * 100, 0) })];
  const isKelvin = "differenceK" in correction;
  const values = { difference, days, kelvin: isKelvin ? numbers.decimal(Math.abs(correction.differenceK), 2) : "" };
  const offer = isKelvin
    ? fill(texts.offerKelvin, { kelvin: numbers.signed(correction.differenceK, 2) })
    : fill(kind === "counter" ? texts.offerCounter : texts.offerHeat, {
        factor: numbers.decimal(correction.factor, 3),
      });
  return [fill(textOf(finding, texts), values), ...usual, offer].join(" ");
}

function textOf({ kind, correction }: MeterFinding, texts: ReportTexts): string {
  if (kind === "counter") return texts.meterCounter;
  if (kind === "flow") return texts.meterFlow;
  if (kind === "heat" || !("differenceK" in correction)) return texts.meterHeat;
  return correction.differenceK > 0 ? texts.meterSmall : texts.meterLarge;
}
