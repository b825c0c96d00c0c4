import { type ReportNumbers, reportNumbers } from "./numbers.ts";
import type { ReportTexts } from "./texts/report-texts.ts";
import { reportTexts } from "./texts/texts.ts";

/** What one sentence of a report is written with: the texts and the figures of a language. */
export type SentenceWriting = { readonly texts: ReportTexts; readonly numbers: ReportNumbers };

const english: SentenceWriting = { texts: reportTexts("en"), numbers: reportNumbers("en") };

/** A sentence in English as JSON carries it: with plain spaces. */
export function englishSentence(write: (english: SentenceWriting) => string): string {
  return write(english).replaceAll("\u00a0", " ");
}
