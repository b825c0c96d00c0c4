import { points } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { type Finding, findingNames } from "@heatloop/core/events/rules/finding";
import { blank } from "../numbers.ts";
import { pointName } from "../point-name.ts";
import type { Writing } from "../writing.ts";
import { row, section, type TableCell, table } from "./parts.ts";

/** More are told by their names only. */
const mostListed = 20;

/** What can't be as it was measured, with the minutes concerned. */
export function findingsSection(writing: Writing): string {
  const findings = writing.report.events?.findings ?? [];
  if (findings.length === 0) return "";
  const told = findings.length <= mostListed ? listOf(writing, findings) : sumsOf(writing, findings);
  return section(writing.texts.findings, [told]);
}

function listOf(writing: Writing, findings: readonly Finding[]): string {
  const { report, texts, numbers } = writing;
  const rows = findings.map((finding) =>
    row(texts[finding.name], [
      { words: numbers.span(finding.from, finding.to, report.timeZone) },
      numbers.count(finding.minutes),
      valueText(writing, finding),
    ]),
  );
  return table([texts.finding, { words: texts.when }, texts.minutes, texts.value], rows);
}

/** How often each was found and when it was first and last. */
function sumsOf({ report, texts, numbers }: Writing, findings: readonly Finding[]): string {
  const rows = findingNames.flatMap((name) => {
    const found = findings.filter((finding) => finding.name === name);
    const [first, last] = [found[0], found.at(-1)];
    if (first === undefined || last === undefined) return [];
    return row(texts[name], [
      numbers.count(found.length),
      numbers.count(found.reduce((sum, { minutes }) => sum + minutes, 0)),
      numbers.instant(first.from, report.timeZone),
      numbers.instant(last.from, report.timeZone),
    ]);
  });
  return table([texts.finding, texts.howOften, texts.minutes, texts.first, texts.last], rows);
}

function valueText({ texts, numbers, language }: Writing, { name, point, value }: Finding): TableCell {
  if (point !== null) {
    const { unit, decimals } = quantities[points[point].quantity];
    const told = value === null ? "" : `: ${numbers.decimal(value, decimals)} ${unit ?? ""}`.trimEnd();
    return `${pointName(point, language)}${told}`;
  }
  if (value === null) return blank;
  return name === "flow_below_minimum" ? `${numbers.decimal(value, 0)} L/min` : `${texts.cop} ${numbers.cop(value)}`;
}
