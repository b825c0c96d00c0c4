import type { MeterFinding } from "@heatloop/core/house/meter-fit";
import type { ReportTexts } from "../texts/report-texts.ts";
import { fill } from "../texts/texts.ts";
import type { Writing } from "../writing.ts";
import { escaped } from "./markup.ts";
import { note, section } from "./parts.ts";

/** Meters that differ systematically, each with the correction that would fit; nothing applies it by itself. */
export function metersSection(writing: Writing): string {
  const { report, texts } = writing;
  const findings = report.house?.meters ?? [];
  if (findings.length === 0) return "";
  const items = findings.map((finding) => `<li>${escaped(meterText(writing, finding))}</li>`);
  return section(texts.meters, [`<ul>${items.join("")}</ul>`, note(texts.offerNote)], "whole");
}

/** What a meter shows against the other one, and the correction to offer. */
function meterText({ texts, numbers }: Writing, finding: MeterFinding): string {
  const { kind, ratio, days, correction } = finding;
  const share = numbers.decimal(Math.abs(ratio - 1) * 100, 1);
  const difference = fill(ratio > 1 ? texts.meterMore : texts.meterLess, { share });
  const isKelvin = "differenceK" in correction;
  const values = { difference, days, kelvin: isKelvin ? numbers.decimal(Math.abs(correction.differenceK), 2) : "" };
  const offer = isKelvin
    ? fill(texts.offerKelvin, { kelvin: numbers.signed(correction.differenceK, 2) })
    : fill(kind === "counter" ? texts.offerCounter : texts.offerHeat, {
        factor: numbers.decimal(correction.factor, 3),
      });
  return `${fill(sentenceOf(texts, finding), values)} ${offer}`;
}

function sentenceOf(texts: ReportTexts, { kind, correction }: MeterFinding): string {
  if (kind === "counter") return texts.meterCounter;
  if (kind === "flow") return texts.meterFlow;
  if (kind === "heat" || !("differenceK" in correction)) return texts.meterHeat;
  return correction.differenceK > 0 ? texts.meterSmall : texts.meterLarge;
}
