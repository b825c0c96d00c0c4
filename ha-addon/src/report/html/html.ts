import { createHash } from "node:crypto";
import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { Report } from "@heatloop/core/report";
import { fill } from "@heatloop/core/text/fill-text";
import { reportNotes } from "../notes.ts";
import type { PeriodFigure } from "../period-figure.ts";
import { periodFigures } from "../period-figures.ts";
import { perUnit } from "../texts/texts.ts";
import { type Writing, writingOf } from "../writing.ts";
import { browseBar, type Neighbours, printScriptHash } from "./browse-bar.ts";
import { changesSection } from "./changes.ts";
import { reportCharts } from "./charts.ts";
import { costSection } from "./cost.ts";
import { cyclesSection } from "./cycles.ts";
import { defrostsSection } from "./defrosts.ts";
import { htmlDocument } from "./document.ts";
import { energyByUse } from "./energy-by-use.ts";
import { figureTiles, periodTable } from "./figures.ts";
import { findingsSection } from "./findings.ts";
import { houseSection } from "./house.ts";
import { escaped } from "./markup.ts";
import { metersSection } from "./meters.ts";
import { note, row, section, sentence, table } from "./parts.ts";
import { patternDefinitions } from "./patterns.ts";
import { pendingNote } from "./pending.ts";
import { performanceSection } from "./performance.ts";
import { reportStyle } from "./style.ts";

/** The report's style, as a policy names it. */
export const reportStyleSource = `'sha256-${createHash("sha256").update(reportStyle).digest("base64")}'`;

/** Allows the report's own style and nothing else: no script, nothing from anywhere. Who may frame it, its server says. */
export const reportPolicy = `default-src 'none'; style-src ${reportStyleSource}; base-uri 'none'; form-action 'none'`;

/** The same with the button that prints, of a report that leads to its neighbours. */
export const browsedPolicy = `${reportPolicy}; script-src '${printScriptHash}'`;

/**
 * A report as one self-contained page of HTML: style and charts (SVG) inside, no script, nothing loaded from anywhere;
 * made for a screen, a phone and A4 paper. `name` is what people call the heat pump. With `neighbours`, for a page that the
 * program itself shows, it leads to the reports beside it and has a button that prints, the one script.
 */
export function reportHtml(
  report: Report,
  reader: {
    readonly name: string;
    readonly language: ReportLanguage;
    readonly neighbours?: Neighbours;
    /** Whether whoever shows it asks again for what is pending. */
    readonly isFollowed?: boolean;
  },
  figures: readonly PeriodFigure[] = periodFigures,
): string {
  const { language, name } = reader;
  const writing = writingOf(report, language, figures);
  const { texts, numbers } = writing;
  const dates = numbers.dates(report.from, report.to);
  const body =
    report.total.days.logged === 0
      ? sentence(texts.noData)
      : [patternDefinitions, pendingNote(writing, reader.isFollowed === true), ...sections(writing)]
          .filter((each) => each !== "")
          .join("\n");
  const made = fill(texts.made, {
    time: numbers.instant(report.madeAt, report.timeZone),
    zone: report.timeZone,
  });
  const main = `<header><p class="soft">${escaped(texts.title)}</p><h1>${escaped(name)}</h1><p>${escaped(dates)}</p>${
    reader.neighbours === undefined ? "" : browseBar(reader.neighbours, writing)
  }</header>
${body}
<footer>${escaped(made)}</footer>`;
  return htmlDocument(language, `${texts.title}: ${name}, ${dates}`, main);
}

/** In the order in which people ask: how much, what did it cost, how good, why, what is behind it, how certain. */
function sections(writing: Writing): string[] {
  const { report, texts } = writing;
  return [
    figureTiles(writing),
    reportCharts(writing),
    section(texts.byUse, [energyByUse(writing)], "whole"),
    notable(writing),
    costSection(writing),
    performanceSection(writing),
    cyclesSection(writing),
    defrostsSection(writing),
    houseSection(writing),
    changesSection(writing),
    findingsSection(writing),
    estimate(writing),
    controller(writing),
    metersSection(writing),
    report.periods.length > 1 ? section(`${texts.figures} ${perUnit(texts, report.unit)}`, [periodTable(writing)]) : "",
    `<ul class="notes">${reportNotes(writing)
      .map((line) => `<li>${escaped(line)}</li>`)
      .join("")}</ul>`,
  ];
}

function notable({ report, texts, numbers }: Writing): string {
  const days = [
    [texts.bestDay, report.bestDay],
    [texts.worstDay, report.worstDay],
    [texts.highestUseDay, report.highestUseDay],
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
  return section(texts.notable, [table(head, rows)], "whole");
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
  return section(texts.estimate, [table(head, rows)], "whole");
}

/** The heat pump's own totals beside ours. */
function controller({ report, texts, numbers }: Writing): string {
  const { controller: totals } = report;
  if (totals === null) return "";
  const rows = [
    [texts.heat, totals.heatWh, totals.ownHeatWh] as const,
    [texts.electricity, totals.electricityWh, totals.ownElectricityWh] as const,
  ].map(([label, theirs, ours]) =>
    row(label, [numbers.kwh(theirs), numbers.kwh(ours), numbers.difference(theirs, ours)]),
  );
  const head = ["", `${texts.byController} kWh`, `${texts.byHeatloop} kWh`, texts.difference];
  const days = fill(texts.controllerNote, { days: totals.days });
  return section(texts.controller, [note(days), table(head, rows)], "whole");
}
