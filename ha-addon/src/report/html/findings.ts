import { points } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { type Finding, findingNames, findingRuleOf } from "@heatloop/core/events/rules/rules";
import { blank } from "../numbers.ts";
import { pointName } from "../point-names.ts";
import type { Writing } from "../writing.ts";
import { note, row, section, type TableCell, table } from "./parts.ts";

/** More are only counted by their names. */
const mostListed = 20;

/** What can't be as it was measured, with the minutes concerned, and why each matters. */
export function findingsSection(writing: Writing): string {
  const findings = writing.report.events?.findings ?? [];
  if (findings.length === 0) return "";
  const listed = findings.length <= mostListed ? findingTable(writing, findings) : findingSums(writing, findings);
  const names = findingNames.filter((name) => findings.some((finding) => finding.name === name));
  const reasons = names.map((name) => findingRuleOf(name).texts[writing.language]);
  return section(writing.texts.findings, [listed, ...reasons.map(({ name, why }) => note(`${name}: ${why}`))]);
}

function findingTable(writing: Writing, findings: readonly Finding[]): string {
  const { report, texts, numbers, language } = writing;
  const rows = findings.map((finding) =>
    row(findingRuleOf(finding.name).texts[language].name, [
      { words: numbers.span(finding.from, finding.to, report.timeZone) },
      numbers.count(finding.minutes),
      valueText(writing, finding),
    ]),
  );
  return table([texts.finding, { words: texts.when }, texts.minutes, texts.value], rows);
}

/** How often there was each, and when it was first and last. */
function findingSums({ report, texts, numbers, language }: Writing, findings: readonly Finding[]): string {
  const rows = findingNames.flatMap((name) => {
    const ofName = findings.filter((finding) => finding.name === name);
    const [first, last] = [ofName[0], ofName.at(-1)];
    if (first === undefined || last === undefined) return [];
    return row(findingRuleOf(name).texts[language].name, [
      numbers.count(ofName.length),
      numbers.count(ofName.reduce((sum, { minutes }) => sum + minutes, 0)),
      numbers.instant(first.from, report.timeZone),
      numbers.instant(last.from, report.timeZone),
    ]);
  });
  return table([texts.finding, texts.howOften, texts.minutes, texts.first, texts.last], rows);
}

function valueText({ texts, numbers, language }: Writing, { name, point, value }: Finding): TableCell {
  if (point !== null) {
    const { unit, decimals } = quantities[points[point].quantity];
    const measured = value === null ? "" : `: ${numbers.decimal(value, decimals)} ${unit ?? ""}`.trimEnd();
    return `${pointName(point, language)}${measured}`;
  }
  const unit = findingRuleOf(name).value;
  if (value === null || unit === null) return blank;
  return unit === "cop"
    ? `${texts.cop} ${numbers.cop(value)}`
    : `${numbers.decimal(value, unit.decimals)} ${unit.unit}`;
}
