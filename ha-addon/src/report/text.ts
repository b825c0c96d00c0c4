import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { Part } from "@heatloop/core/energy/day-energy";
import { findingNames, findingRuleOf } from "@heatloop/core/events/rules/rules";
import type { Report } from "@heatloop/core/report";
import { fill } from "@heatloop/core/text/fill-text";
import type { CsvCell } from "../base/spreadsheet-csv.ts";
import { adviceSentence, changeSentences } from "./advice-texts.ts";
import { mainCauseSentence } from "./cause-texts.ts";
import { noHeatNote } from "./notes.ts";
import { type PeriodFigure, totalPeriod } from "./period-figure.ts";
import { periodFigures } from "./period-figures.ts";
import { type Writing, writingOf } from "./writing.ts";
import { figuresIn } from "./written-figures.ts";

/** Below this share the text says how much was seen. */
const usualCoverage = 0.99;
/** Below this a use would be written as 0.0 kWh. */
const leastListedWh = 50;
const usesInText: readonly Part[] = ["heating", "hot_water", "cooling", "defrost", "standby", "unknown"];

/**
 * A report in at most ten lines that a notification can carry: a day, a week or any range. Each line ends
 * with LF; energies are kWh. `name` is what people call the heat pump.
 */
export function reportText(
  report: Report,
  reader: { readonly name: string; readonly language: ReportLanguage },
  figures: readonly PeriodFigure[] = periodFigures,
): string {
  const writing = writingOf(report, reader.language, figures);
  const { texts, numbers } = writing;
  const { total } = report;
  const title = `${reader.name}, ${numbers.dates(report.from, report.to)}`;
  if (total.days.logged === 0) return `${title}\n${texts.noData}\n`;
  const lines = [
    title,
    figuresLine(writing, "energyLine"),
    ...usesLine(writing),
    ...costLine(writing),
    figuresLine(writing, "runLine"),
    ...cyclesLine(writing),
    ...notableLines(writing),
    ...findingsLine(writing),
  ];
  if (report.pending) lines.push(texts.pending);
  if (total.coverage !== null && total.coverage < usualCoverage) {
    const { complete, all } = total.days;
    const seen = fill(texts.seenNote, { share: numbers.share(total.coverage), complete, all });
    lines.push([seen, ...noHeatNote(writing)].join(" "));
  }
  return `${lines.join("\n")}\n`;
}

function figuresLine(writing: Writing, place: "energyLine" | "runLine"): string {
  const total = totalPeriod(writing.report);
  const items = figuresIn(writing, place).map((figure) => {
    const { label, unit, write } = figure;
    const written = (value: CsvCell) =>
      value === null || unit === undefined ? write(value) : `${write(value)} ${unit}`;
    const value = figure.value(total);
    // What was not seen by ourselves another source may have reported.
    const estimate = value === null ? (figure.estimateOf?.(total) ?? null) : null;
    const beside = estimate === null ? "" : ` (${writing.texts.estimate}: ${written(estimate)})`;
    return `${label} ${written(value)}${beside}`;
  });
  return items.join(" · ");
}

/** The electricity of each use, with its COP. */
function usesLine(writing: Writing): string[] {
  const { report, texts, numbers } = writing;
  const kwh = kwhOf(writing);
  const uses = usesInText.flatMap((part) => {
    const { electricityWh, cop } = report.total.parts[part];
    if (electricityWh === null || Math.abs(electricityWh) < leastListedWh) return [];
    return [`${texts[part]} ${kwh(electricityWh)}${cop === null ? "" : ` (${texts.cop} ${numbers.cop(cop)})`}`];
  });
  return uses.length === 0 ? [] : [`${texts.electricity}: ${uses.join(" · ")}`];
}

/** What the time cost, or its known part, and what was saved against a boiler. */
function costLine({ report: { cost }, texts, money }: Writing): string[] {
  if (cost === null || cost.knownCost === null) return [];
  const { totalCost, standingCharge, comparison } = cost;
  const items =
    totalCost === null
      ? [`${standingCharge === 0 ? texts.knownCost : texts.knownTotalCost} ${money.amount(cost.knownTotalCost)}`]
      : [`${standingCharge === 0 ? texts.cost : texts.totalCost} ${money.amount(totalCost)}`];
  if (totalCost !== null && standingCharge !== 0) items.push(`${texts.standingCharge} ${money.amount(standingCharge)}`);
  for (const boiler of ["gas", "oil"] as const) {
    const than = totalCost === null ? null : comparison?.[boiler];
    if (than) items.push(`${texts.saving} (${texts[boiler]}) ${money.amount(than.saving)}`);
  }
  return [items.join(" · ")];
}

/** Only where there were short runs, or something is to be changed. */
function cyclesLine(writing: Writing): string[] {
  const { events } = writing.report;
  if (events === null) return [];
  const { main, runs, advice } = events.cycles;
  const why = main === null ? [] : [mainCauseSentence(main, runs, writing)];
  if (advice === null) return why;
  const isSaid = main?.cause === advice.cause && main.reason === advice.reason;
  const what = isSaid ? changeSentences(advice, writing) : (adviceSentence(events.cycles, writing) ?? "");
  return [[...why, what].join(". ")];
}

function notableLines(writing: Writing): string[] {
  const { texts, numbers } = writing;
  const { bestDay, worstDay, highestUseDay } = writing.report;
  const cops = [
    [texts.bestDay, bestDay],
    [texts.worstDay, worstDay],
  ] as const;
  const bestAndWorst = cops.flatMap(([label, day]) =>
    day === null ? [] : [`${label}: ${numbers.cop(day.cop)}, ${numbers.date(day.date)}`],
  );
  const lines = bestAndWorst.length === 0 ? [] : [bestAndWorst.join(" · ")];
  if (highestUseDay === null) return lines;
  const most = `${kwhOf(writing)(highestUseDay.electricityWh)}, ${numbers.date(highestUseDay.date)}`;
  return [...lines, `${texts.highestUseDay}: ${most}`];
}

/** Only where there are any: how often each, and for how many minutes together. */
function findingsLine({ report: { events }, texts, numbers, language }: Writing): string[] {
  const findings = events?.findings ?? [];
  const counted = findingNames.flatMap((name) => {
    const ofName = findings.filter((finding) => finding.name === name);
    if (ofName.length === 0) return [];
    const minutes = ofName.reduce((sum, finding) => sum + finding.minutes, 0);
    return [
      `${findingRuleOf(name).texts[language].name} (${numbers.count(ofName.length)}×, ${numbers.count(minutes)} min)`,
    ];
  });
  return counted.length === 0 ? [] : [`${texts.findings}: ${counted.join(" · ")}`];
}

function kwhOf({ numbers }: Writing): (wh: number | null) => string {
  return (wh) => (wh === null ? numbers.kwh(wh) : `${numbers.kwh(wh)} kWh`);
}
