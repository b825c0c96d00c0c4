import type { Part } from "@heatloop/core/day-energy";
import type { Report } from "@heatloop/core/report";
import { reportNumbers } from "./report-numbers.ts";
import { fill, type ReportLanguage, reportTexts } from "./report-texts.ts";

/** Below this share a reader is told how much was seen. */
const usualCoverage = 0.99;
const told: readonly Part[] = ["heating", "hot_water", "cooling", "defrost", "standby", "unknown"];

/**
 * A report in a few lines that a notification can carry: a day, a week or any range. Lines are parted by LF, the last one
 * included; energies are kWh. `name` is what people call the heat pump.
 */
export function reportText(
  report: Report,
  reader: { readonly name: string; readonly language: ReportLanguage },
): string {
  const texts = reportTexts(reader.language);
  const numbers = reportNumbers(reader.language);
  const { total, bestDay, worstDay, dearestDay } = report;
  const title = `${reader.name}, ${numbers.dates(report.from, report.to)}`;
  if (total.days.logged === 0) return `${title}\n${texts.noData}\n`;
  const kwh = (wh: number | null) => (wh === null ? numbers.kwh(wh) : `${numbers.kwh(wh)} kWh`);
  const sums = [`${texts.heat} ${kwh(total.heatWh)}`];
  if (total.coolingWh !== null && total.coolingWh > 0) sums.push(`${texts.cold} ${kwh(total.coolingWh)}`);
  sums.push(`${texts.electricity} ${kwh(total.electricityWh)}`, `${texts.cop} ${numbers.cop(total.cop)}`);
  const uses = told.flatMap((part) => {
    const { electricityWh, cop } = total.parts[part];
    if (electricityWh === null || Math.abs(electricityWh) < 50) return [];
    return [`${texts[part]} ${kwh(electricityWh)}${cop === null ? "" : ` (${texts.cop} ${numbers.cop(cop)})`}`];
  });
  const lines = [
    title,
    sums.join(" · "),
    ...(uses.length > 0 ? [`${texts.electricity}: ${uses.join(" · ")}`] : []),
    [
      `${texts.starts} ${numbers.count(total.starts)}`,
      `${texts.defrosts} ${numbers.count(total.defrosts)}`,
      `${texts.compressor} ${numbers.hours(total.runMinutes * 60)}`,
    ].join(" · "),
  ];
  if (bestDay !== null) lines.push(`${texts.bestDay}: ${numbers.cop(bestDay.cop)}, ${numbers.date(bestDay.date)}`);
  if (worstDay !== null) lines.push(`${texts.worstDay}: ${numbers.cop(worstDay.cop)}, ${numbers.date(worstDay.date)}`);
  if (dearestDay !== null) {
    lines.push(`${texts.dearestDay}: ${kwh(dearestDay.electricityWh)}, ${numbers.date(dearestDay.date)}`);
  }
  if (total.coverage !== null && total.coverage < usualCoverage) {
    const { complete, all } = total.days;
    lines.push(fill(texts.seenNote, { share: numbers.share(total.coverage), complete, all }));
  }
  return `${lines.join("\n")}\n`;
}
