import type { Part } from "@heatloop/core/energy/day-energy";
import { blank } from "../numbers.ts";
import { perUnit } from "../texts/texts.ts";
import type { Writing } from "../writing.ts";
import { barChart, type ChartBar, lineChart } from "./chart.ts";
import { usesWithEnergy } from "./energy-by-use.ts";
import { figure } from "./parts.ts";

type Side = "heatWh" | "electricityWh";

/** Heat and electricity by use, and the COP, over the periods of the report; nothing where there is but one. */
export function reportCharts(writing: Writing): string {
  const { report, texts, numbers } = writing;
  if (report.periods.length < 2) return "";
  const axis = new Set<Part>(usesWithEnergy(report.total));
  const keys = [...axis].map((part) => ({ part, text: texts[part] }));
  const cops = report.periods.map((period) => ({
    mark: numbers.mark(period.name, period.from, report.unit),
    title: `${numbers.period(period.name, period.from, report.unit)}: ${numbers.cop(period.cop)}`,
    value: period.cop,
  }));
  const per = perUnit(texts, report.unit);
  const isCopKnown = cops.some(({ value }) => value !== null);
  const [level, unit] = [2, "kWh"] as const;
  const copLabel = `${texts.cop} ${per}`;
  const lines = [{ style: "", points: cops }];
  return [
    figure({ heading: `${texts.heat} ${per}`, unit, chart: chartOf(writing, "heatWh"), keys, level }),
    figure({ heading: `${texts.electricity} ${per}`, unit, chart: chartOf(writing, "electricityWh"), keys, level }),
    isCopKnown ? figure({ heading: copLabel, chart: lineChart(copLabel, lines, numbers.axis), level }) : "",
  ].join("\n");
}

function chartOf({ report, texts, numbers }: Writing, side: Side): string {
  const uses = usesWithEnergy(report.total);
  const bars = report.periods.map((period): ChartBar => {
    const labels = uses.flatMap((part) => {
      const wh = period.parts[part][side];
      return wh === null || wh === 0 ? [] : [`${texts[part]} ${numbers.kwh(wh)} kWh`];
    });
    return {
      mark: numbers.mark(period.name, period.from, report.unit),
      title: `${numbers.period(period.name, period.from, report.unit)}: ${labels.join(", ") || blank}`,
      parts: uses.map((part) => {
        const wh = period.parts[part][side];
        return { style: part, value: wh === null ? null : wh / 1000 };
      }),
    };
  });
  const label = `${side === "heatWh" ? texts.heat : texts.electricity} ${perUnit(texts, report.unit)}, kWh`;
  return barChart(label, bars, numbers.axis);
}
