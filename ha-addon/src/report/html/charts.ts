import { cop } from "@heatloop/core/energy/cop";
import type { Part } from "@heatloop/core/energy/day-energy";
import type { HourEnergy } from "@heatloop/core/energy/hour-energy";
import type { ReportPeriod } from "@heatloop/core/report";
import { hourMs } from "@heatloop/core/time/durations";
import { blank } from "../numbers.ts";
import { perUnit } from "../texts/texts.ts";
import type { Writing } from "../writing.ts";
import { barChart, type ChartBar, lineChart } from "./chart.ts";
import { usesWithEnergy } from "./energy-by-use.ts";
import { figure } from "./parts.ts";

type Side = "heatWh" | "electricityWh";

/** A bar's worth of time, an hour or a period of the report. */
type Slot = {
  readonly mark: string;
  readonly name: string;
  readonly cop: number | null;
  whOf(use: Part, side: Side): number | null;
};

/** Heat and electricity by use, and the COP, over the periods of the report, or the hours of its one day if it has them. */
export function reportCharts(writing: Writing): string {
  const { report, texts } = writing;
  if (report.periods.length > 1) {
    return chartsOf(
      writing,
      report.periods.map((period) => periodSlot(writing, period)),
      perUnit(texts, report.unit),
    );
  }
  return report.hours.length === 0 ? "" : chartsOf(writing, hourSlots(writing), texts.perHour);
}

function periodSlot({ report: { unit }, numbers }: Writing, { name, from, cop, parts }: ReportPeriod): Slot {
  return {
    mark: numbers.mark(name, from, unit),
    name: numbers.period(name, from, unit),
    cop,
    whOf: (use, side) => parts[use][side],
  };
}

/** The hours from the first to the last that is known, those between of which nothing is known too. */
function hourSlots({ report: { hours, timeZone }, numbers }: Writing): Slot[] {
  const known = new Map(hours.map((hour) => [hour.at, hour]));
  const [first, last] = [hours[0]?.at ?? 0, hours.at(-1)?.at ?? -hourMs];
  return Array.from({ length: (last - first) / hourMs + 1 }, (_, i) => {
    const at = first + i * hourMs;
    const hour = known.get(at);
    return {
      mark: numbers.time(at, timeZone),
      name: `${numbers.time(at, timeZone)} – ${numbers.time(at + hourMs, timeZone)}`,
      cop: cop(hour?.copBasis?.heatWh ?? null, hour?.copBasis?.electricityWh ?? null),
      whOf: (use, side) => hourWh(hour, use, side),
    };
  });
}

function hourWh(hour: HourEnergy | undefined, use: Part, side: Side): number | null {
  const energy: Readonly<Partial<Record<Part, number>>> | null | undefined = hour?.[side];
  return energy?.[use] ?? null;
}

function chartsOf(writing: Writing, slots: readonly Slot[], per: string): string {
  const { report, texts, numbers } = writing;
  const uses = usesWithEnergy(report.total);
  const keys = uses.map((part) => ({ part, text: texts[part] }));
  const cops = slots.map(({ mark, name, cop }) => ({ mark, title: `${name}: ${numbers.cop(cop)}`, value: cop }));
  const isCopKnown = cops.some(({ value }) => value !== null);
  const [level, unit] = [2, "kWh"] as const;
  const copLabel = `${texts.cop} ${per}`;
  const barsOf = (side: Side, what: string) => {
    const heading = `${what} ${per}`;
    const bars = slots.map((slot) => barOf(writing, slot, side, uses));
    return figure({ heading, unit, chart: barChart(`${heading}, kWh`, bars, numbers.axis), keys, level });
  };
  return [
    barsOf("heatWh", texts.heat),
    barsOf("electricityWh", texts.electricity),
    isCopKnown
      ? figure({
          heading: copLabel,
          chart: lineChart(copLabel, [{ style: "", points: cops }], numbers.axis),
          level,
        })
      : "",
  ].join("\n");
}

function barOf({ texts, numbers }: Writing, slot: Slot, side: Side, uses: readonly Part[]): ChartBar {
  const labels = uses.flatMap((use) => {
    const wh = slot.whOf(use, side);
    return wh === null || wh === 0 ? [] : [`${texts[use]} ${numbers.kwh(wh)} kWh`];
  });
  return {
    mark: slot.mark,
    title: `${slot.name}: ${labels.join(", ") || blank}`,
    parts: uses.map((use) => {
      const wh = slot.whOf(use, side);
      return { style: use, value: wh === null ? null : wh / 1000 };
    }),
  };
}
