import { fill } from "@heatloop/core/text/fill-text";
import type { Writing } from "./writing.ts";

/** What a reader should know of the figures: how much was seen, what a COP is of, what a sign means. */
export function reportNotes(writing: Writing): string[] {
  const { report, texts, numbers } = writing;
  const { total } = report;
  const { complete, all } = total.days;
  const hasUnknownUse = (total.parts.unknown.electricityWh ?? 0) > 0;
  return [
    fill(texts.seenNote, { share: numbers.share(total.coverage), complete, all }),
    ...recordNote(writing),
    ...noHeatNote(writing),
    fill(texts.copNote, { days: total.copBasis.days }),
    ...boundaryNote(writing),
    ...((total.coolingWh ?? 0) > 0 ? [texts.coldNote] : []),
    ...(total.defrosts > 0 ? [texts.defrostNote] : []),
    ...(hasUnknownUse ? [texts.unknownNote] : []),
    texts.blankNote,
  ];
}

/** Where the record begins within the range: nothing before that is missing. */
function recordNote({ report: { total }, texts, numbers }: Writing): string[] {
  const { recordedSince, coverageSince } = total;
  if (recordedSince === null) return [];
  return [fill(texts.recordNote, { date: numbers.date(recordedSince), share: numbers.share(coverageSince) })];
}

/** Where days were logged of which no heat is known: after an import without a compressor or a flow rate, say. */
export function noHeatNote({ report: { total }, texts }: Writing): string[] {
  const days = total.days.logged - total.days.heatKnown;
  return days > 0 ? [fill(texts.noHeatNote, { days })] : [];
}

/** The boundaries of heatpumpmonitor.org, in words. */
function boundaryNote({ report: { total }, texts, numbers }: Writing): string[] {
  const { boundary } = total.spf;
  if (boundary === null || total.cop === null) return [];
  return [fill(texts[`boundary${boundary}`], { cop: numbers.cop(total.withImmersion?.cop ?? null) })];
}
