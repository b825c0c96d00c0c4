import { type ReportNumbers, reportNumbers } from "./numbers.ts";
import type { ReportTexts } from "./texts/report-texts.ts";
import { reportTexts } from "./texts/texts.ts";

/** What one sentence of a report is written with: the texts and the figures of a language. */
export type SentenceWriting = { readonly texts: ReportTexts; readonly numbers: ReportNumbers };

let english: SentenceWriting | undefined;

/** A sentence in English as JSON carries it: with plain spaces. */
export function englishSentence(write: (english: SentenceWriting) => string): string {
  // Not at the start of the program: number formats take 15 ms.
  english ??= { texts: reportTexts("en"), numbers: reportNumbers("en") };
  return write(english).replaceAll("\u00a0", " ");
}
