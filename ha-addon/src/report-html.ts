import { createHash } from "node:crypto";
import type { Report } from "@heatloop/core/report";
import { reportCharts } from "./report-html-charts.ts";
import { periodTable, row, table, useTable } from "./report-html-tables.ts";
import { escaped } from "./report-markup.ts";
import { blank, reportNumbers } from "./report-numbers.ts";
import { reportStyle } from "./report-style.ts";
import { fill, perUnit, type ReportLanguage, reportTexts } from "./report-texts.ts";
import type { Writing } from "./report-writing.ts";

/** Allows the report's own style and nothing else: no script, nothing from anywhere. */
export const reportPolicy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(reportStyle).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

/**
 * A report as one self-contained page of HTML: style and charts (SVG) inside, no script, nothing loaded from anywhere;
 * made for a screen, a phone and A4 paper. `name` is what people call the heat pump.
 */
export function reportHtml(
  report: Report,
  reader: { readonly name: string; readonly language: ReportLanguage },
): string {
  const { language, name } = reader;
  const writing = { report, texts: reportTexts(language), numbers: reportNumbers(language) };
  const { texts, numbers } = writing;
  const dates = numbers.dates(report.from, report.to);
  const body =
    report.total.days.logged === 0
      ? `<p>${escaped(texts.noData)}</p>`
      : [
          figures(writing),
          reportCharts(writing),
          section(texts.byUse, useTable(writing), "whole"),
          notable(writing),
          estimate(writing),
          controller(writing),
          report.periods.length > 1
            ? section(`${texts.figures} ${perUnit(texts, report.unit)}`, periodTable(writing))
            : "",
          notes(writing),
        ].join("\n");
  const made = fill(texts.made, {
    time: numbers.instant(report.madeAt, report.timeZone),
    zone: report.timeZone,
  });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(`${texts.title}: ${name}, ${dates}`)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header><p class="soft">${escaped(texts.title)}</p><h1>${escaped(name)}</h1><p>${escaped(dates)}</p></header>
${body}
<footer>${escaped(made)}</footer>
</main>
</body>
</html>
`;
}

function figures({ report: { total }, texts, numbers }: Writing): string {
  const kwh = (wh: number | null) => (wh === null ? blank : `${escaped(numbers.kwh(wh))} <small>kWh</small>`);
  const items: [string, string][] = [
    [texts.heat, kwh(total.heatWh)],
    ...(total.coolingWh !== null && total.coolingWh > 0
      ? [[texts.cold, kwh(total.coolingWh)] as [string, string]]
      : []),
    [texts.electricity, kwh(total.electricityWh)],
    [texts.cop, escaped(numbers.cop(total.cop))],
    [texts.seen, escaped(numbers.share(total.coverage))],
  ];
  const list = items.map(([term, value]) => `<div><dt>${escaped(term)}</dt><dd>${value}</dd></div>`);
  return `<dl class="figures">${list.join("")}</dl>`;
}

function section(heading: string, content: string, style = ""): string {
  return `<section${style === "" ? "" : ` class="${style}"`}><h2>${escaped(heading)}</h2>${content}</section>`;
}

function notable({ report, texts, numbers }: Writing): string {
  const days = [
    [texts.bestDay, report.bestDay],
    [texts.worstDay, report.worstDay],
    [texts.dearestDay, report.dearestDay],
  ] as const;
  const rows = days.flatMap(([label, day]) =>
    day === null
      ? []
      : [
          row(label, [
            numbers.date(day.date),
            numbers.kwh(day.heatWh),
            numbers.kwh(day.electricityWh),
            numbers.cop(day.cop),
          ]),
        ],
  );
  if (rows.length === 0) return "";
  const head = ["", texts.day, `${texts.heat} kWh`, `${texts.electricity} kWh`, texts.cop];
  return section(texts.notable, table(head, rows), "whole");
}

/** Each side with what is estimated of its gaps, and its range. */
function estimate({ report: { total }, texts, numbers }: Writing): string {
  const sides = [
    [texts.heat, total.sources.heat],
    [texts.cold, (total.coolingWh ?? 0) > 0 ? total.sources.cooling : null],
    [texts.electricity, total.sources.electricity],
  ] as const;
  const rows = sides.flatMap(([label, side]) => {
    if (side === null) return [];
    const range = `${numbers.kwh(side.lowWh)} – ${numbers.kwh(side.highWh)}`;
    return [row(label, [numbers.kwh(side.wh), numbers.kwh(side.missingWh), range])];
  });
  if (rows.length === 0) return "";
  const head = ["", `${texts.value} kWh`, `${texts.forGaps} kWh`, `${texts.within} kWh`];
  return section(texts.estimate, table(head, rows), "whole");
}

function controller({ report: { controller: told }, texts, numbers }: Writing): string {
  if (told === null) return "";
  const rows = [
    [texts.heat, told.heatWh, told.ownHeatWh] as const,
    [texts.electricity, told.electricityWh, told.ownElectricityWh] as const,
  ].map(([label, theirs, ours]) =>
    row(label, [numbers.kwh(theirs), numbers.kwh(ours), numbers.difference(theirs, ours)]),
  );
  const head = ["", `${texts.byController} kWh`, `${texts.byHeatloop} kWh`, texts.difference];
  const note = fill(texts.controllerNote, { days: told.days });
  return section(texts.controller, `<p class="soft">${escaped(note)}</p>${table(head, rows)}`, "whole");
}

function notes({ report: { total }, texts, numbers }: Writing): string {
  const { complete, all } = total.days;
  const isUnknownTold = (total.parts.unknown.electricityWh ?? 0) > 0;
  const lines = [
    fill(texts.seenNote, { share: numbers.share(total.coverage), complete, all }),
    fill(texts.copNote, { days: total.copBasis.days }),
    ...((total.coolingWh ?? 0) > 0 ? [texts.coldNote] : []),
    ...(total.defrosts > 0 ? [texts.defrostNote] : []),
    ...(isUnknownTold ? [texts.unknownNote] : []),
    texts.blankNote,
  ];
  return `<ul class="notes">${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;
}
