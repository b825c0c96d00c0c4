import { meterSentence } from "../meter-texts.ts";
import type { Writing } from "../writing.ts";
import { escaped } from "./markup.ts";
import { note, section } from "./parts.ts";

/** Meters that differ systematically, each with the correction that would fit; nothing applies it by itself. */
export function metersSection(writing: Writing): string {
  const { report, texts } = writing;
  const findings = report.house?.meters ?? [];
  if (findings.length === 0) return "";
  const items = findings.map((finding) => `<li>${escaped(meterSentence(finding, writing))}</li>`);
  return section(texts.meters, [`<ul>${items.join("")}</ul>`, note(texts.offerNote)], "whole");
}
