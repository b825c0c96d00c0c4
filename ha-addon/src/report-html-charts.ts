import type { Part } from "@heatloop/core/day-energy";
import { barChart, type ChartBar, lineChart } from "./report-chart.ts";
import { usesOf } from "./report-html-tables.ts";
import { escaped } from "./report-markup.ts";
import { blank } from "./report-numbers.ts";
import { perUnit } from "./report-texts.ts";
import type { Writing } from "./report-writing.ts";

type Side = "heatWh" | "electricityWh";

/** Heat and electricity by use, and the COP, over the periods of the report; nothing where there is but one. */
export function reportCharts(writing: Writing): string {
  const { report, texts, numbers } = writing;
  if (report.periods.length < 2) return "";
  const axis = new Set<Part>(usesOf(report.total));
  const legend = [...axis].map((part) => `<li><span class="key ${part}"></span>${escaped(texts[part])}</li>`);
  const cops = report.periods.map((period) => ({
    mark: numbers.mark(period.name, period.from, report.unit),
    title: `${numbers.period(period.name, period.from, report.unit)}: ${numbers.cop(period.cop)}`,
    value: period.cop,
  }));
  const per = perUnit(texts, report.unit);
  const isCopKnown = cops.some(({ value }) => value !== null);
  return [
    figure(`${texts.heat} ${per}`, "kWh", chartOf(writing, "heatWh"), legend),
    figure(`${texts.electricity} ${per}`, "kWh", chartOf(writing, "electricityWh"), legend),
    isCopKnown ? figure(`${texts.cop} ${per}`, "", lineChart(`${texts.cop} ${per}`, cops, numbers.axis), []) : "",
  ].join("\n");
}

function chartOf({ report, texts, numbers }: Writing, side: Side): string {
  const uses = usesOf(report.total);
  const bars = report.periods.map((period): ChartBar => {
    const told = uses.flatMap((part) => {
      const wh = period.parts[part][side];
      return wh === null || wh === 0 ? [] : [`${texts[part]} ${numbers.kwh(wh)} kWh`];
    });
    return {
      mark: numbers.mark(period.name, period.from, report.unit),
      title: `${numbers.period(period.name, period.from, report.unit)}: ${told.join(", ") || blank}`,
      parts: uses.map((part) => {
        const wh = period.parts[part][side];
        return { style: part, value: wh === null ? null : wh / 1000 };
      }),
    };
  });
  const label = `${side === "heatWh" ? texts.heat : texts.electricity} ${perUnit(texts, report.unit)}, kWh`;
  return barChart(label, bars, numbers.axis);
}

function figure(heading: string, unit: string, chart: string, legend: readonly string[]): string {
  const small = unit === "" ? "" : ` <small>${escaped(unit)}</small>`;
  const keys = legend.length === 0 ? "" : `<ul class="legend">${legend.join("")}</ul>`;
  return `<figure><figcaption><h2>${escaped(heading)}${small}</h2></figcaption>${keys}<div class="wide" tabindex="0">${chart}</div></figure>`;
}
