import type { Part } from "@heatloop/core/energy/day-energy";
import { findingNames } from "@heatloop/core/events/rules/finding";
import type { Report } from "@heatloop/core/report";
import type { ReportLanguage } from "../settings/report-language.ts";
import { mainCauseSentence } from "./cause-texts.ts";
import { noHeatNote } from "./notes.ts";
import { fill } from "./texts/texts.ts";
import { type Writing, writingOf } from "./writing.ts";

/** Below this share a reader is told how much was seen. */
const usualCoverage = 0.99;
const told: readonly Part[] = ["heating", "hot_water", "cooling", "defrost", "standby", "unknown"];

/**
 * A report in at most ten lines that a notification can carry: a day, a week or any range. Lines are parted by LF, the
 * last one included; energies are kWh. `name` is what people call the heat pump.
 */
export function reportText(
  report: Report,
  reader: { readonly name: string; readonly language: ReportLanguage },
): string {
  const writing = writingOf(report, reader.language);
  const { texts, numbers } = writing;
  const { total } = report;
  const title = `${reader.name}, ${numbers.dates(report.from, report.to)}`;
  if (total.days.logged === 0) return `${title}\n${texts.noData}\n`;
  const lines = [
    title,
    ...energyLines(writing),
    ...costLine(writing),
    [
      `${texts.starts} ${numbers.count(total.starts)}`,
      `${texts.defrosts} ${numbers.count(total.defrosts)}`,
      `${texts.compressor} ${numbers.hours(total.runMinutes * 60)}`,
    ].join(" · "),
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

function energyLines(writing: Writing): string[] {
  const { texts, numbers } = writing;
  const { total } = writing.report;
  const kwh = kwhOf(writing);
  // What was not seen by ourselves another source may have told.
  const side = (wh: number | null, best: { readonly wh: number } | null) =>
    wh === null && best !== null ? `${kwh(wh)} (${texts.estimate}: ${kwh(best.wh)})` : kwh(wh);
  const sums = [`${texts.heat} ${side(total.heatWh, total.sources.heat)}`];
  if (total.coolingWh !== null && total.coolingWh > 0) sums.push(`${texts.cold} ${kwh(total.coolingWh)}`);
  sums.push(`${texts.electricity} ${side(total.electricityWh, total.sources.electricity)}`);
  sums.push(`${texts.cop} ${numbers.cop(total.cop)}`);
  const { withImmersion } = total;
  if (withImmersion !== null) sums.push(`${texts.copWithImmersion} ${numbers.cop(withImmersion.cop)}`);
  const uses = told.flatMap((part) => {
    const { electricityWh, cop } = total.parts[part];
    if (electricityWh === null || Math.abs(electricityWh) < 50) return [];
    return [`${texts[part]} ${kwh(electricityWh)}${cop === null ? "" : ` (${texts.cop} ${numbers.cop(cop)})`}`];
  });
  return [sums.join(" · "), ...(uses.length > 0 ? [`${texts.electricity}: ${uses.join(" · ")}`] : [])];
}

/** What the time cost, or its known part, and what was saved against a boiler. */
function costLine({ report: { cost }, texts, money }: Writing): string[] {
  if (cost === null || cost.knownCost === null) return [];
  const { totalCost, standingCharge, comparison } = cost;
  const items =
    totalCost === null
      ? [`${texts.knownCost} ${money.amount(cost.knownCost)}`]
      : [`${standingCharge === 0 ? texts.cost : texts.totalCost} ${money.amount(totalCost)}`];
  if (totalCost !== null && standingCharge !== 0) items.push(`${texts.standingCharge} ${money.amount(standingCharge)}`);
  for (const boiler of ["gas", "oil"] as const) {
    const than = totalCost === null ? null : comparison?.[boiler];
    if (than) items.push(`${texts.saving} (${texts[boiler]}) ${money.amount(than.saving)}`);
  }
  return [items.join(" · ")];
}

/** Only where there were short runs. */
function cyclesLine(writing: Writing): string[] {
  const { events } = writing.report;
  if (events === null || events.cycles.main === null) return [];
  return [mainCauseSentence(events.cycles.main, events.cycles.runs, writing)];
}

function notableLines(writing: Writing): string[] {
  const { texts, numbers } = writing;
  const { bestDay, worstDay, highestUseDay } = writing.report;
  const cops = [
    [texts.bestDay, bestDay],
    [texts.worstDay, worstDay],
  ] as const;
  const told = cops.flatMap(([label, day]) =>
    day === null ? [] : [`${label}: ${numbers.cop(day.cop)}, ${numbers.date(day.date)}`],
  );
  const lines = told.length === 0 ? [] : [told.join(" · ")];
  if (highestUseDay === null) return lines;
  const most = `${kwhOf(writing)(highestUseDay.electricityWh)}, ${numbers.date(highestUseDay.date)}`;
  return [...lines, `${texts.dearestDay}: ${most}`];
}

/** Only where there are any: how often each, and for how many minutes together. */
function findingsLine({ report: { events }, texts, numbers }: Writing): string[] {
  const findings = events?.findings ?? [];
  const told = findingNames.flatMap((name) => {
    const found = findings.filter((finding) => finding.name === name);
    if (found.length === 0) return [];
    const minutes = found.reduce((sum, finding) => sum + finding.minutes, 0);
    return [`${texts[name]} (${numbers.count(found.length)}×, ${numbers.count(minutes)} min)`];
  });
  return told.length === 0 ? [] : [`${texts.findings}: ${told.join(" · ")}`];
}

function kwhOf({ numbers }: Writing): (wh: number | null) => string {
  return (wh) => (wh === null ? numbers.kwh(wh) : `${numbers.kwh(wh)} kWh`);
}
