import { bucketC, type Use, uses } from "@heatloop/core/events/performance";
import type { CopAt } from "@heatloop/core/events/performance-figures";
import { fill } from "@heatloop/core/text/fill-text";
import type { Writing } from "../writing.ts";
import { lineChart, type ReportLine } from "./chart.ts";
import { figure, note, pair, row, section, table } from "./parts.ts";

/** How near each use comes to the ideal, and its COP by outdoor and by flow temperature. */
export function performanceSection(writing: Writing): string {
  const { report, texts, numbers } = writing;
  const { events } = report;
  if (events === null) return "";
  const measuredUses = uses.filter((use) => events.performance[use].flowC !== null);
  if (measuredUses.length === 0) return "";
  const copsBy = (by: "byOutdoor" | "byFlow") =>
    measuredUses.map((use) => ({ use, cops: events.performance[use][by] }));
  return section(texts.performance, [
    performanceTable(writing, measuredUses),
    note(texts.performanceNote),
    pair(
      copsByTemperature(writing, texts.copByOutdoor, copsBy("byOutdoor")),
      copsByTemperature(writing, texts.copByFlow, copsBy("byFlow")),
    ),
    note(fill(texts.rareNote, { share: numbers.part(leastShareOfHeat) })),
  ]);
}

function performanceTable({ report, texts, numbers }: Writing, measuredUses: readonly Use[]): string {
  const rows = measuredUses.flatMap((use) => {
    const of = report.events?.performance[use];
    if (of === undefined) return [];
    const carnot = of.percentOfCarnot;
    return row(
      texts[use],
      [
        numbers.cop(report.total.parts[use].cop),
        numbers.part(carnot === null ? null : carnot / 100),
        numbers.part(of.weightedPercentOfCarnot === null ? null : of.weightedPercentOfCarnot / 100),
        numbers.degrees(of.flowC),
        numbers.degrees(of.outdoorC),
        of.flowOverReturnK === null ? numbers.decimal(null, 1) : `${numbers.decimal(of.flowOverReturnK, 1)} K`,
      ],
      use,
    );
  });
  return table(
    [texts.use, texts.cop, texts.carnot, texts.weightedCarnot, texts.flow, texts.outdoors, texts.flowOverReturn],
    rows,
  );
}

type CopsOfUse = { readonly use: Use; readonly cops: readonly CopAt[] };

/** Temperatures at which a use made less of its heat say little of it: a few minutes, a start. */
const leastShareOfHeat = 0.02;

/** Without the temperatures that made next to none of the heat. */
function withoutRare({ use, cops }: CopsOfUse): CopsOfUse {
  const heatWh = cops.reduce((sum, each) => sum + each.heatWh, 0);
  return { use, cops: cops.filter((each) => each.heatWh >= leastShareOfHeat * heatWh) };
}

/** A chart and a table of the COPs of some uses; temperatures of which no COP is known are left out. */
function copsByTemperature({ texts, numbers }: Writing, heading: string, of: readonly CopsOfUse[]): string {
  const all = of.map(withoutRare);
  const known = all.filter(({ cops: each }) => each.some(({ cop }) => cop !== null));
  const starts = known.flatMap(({ cops: each }) => each.flatMap(({ fromC, cop }) => (cop === null ? [] : [fromC])));
  if (starts.length === 0) return "";
  const lowest = Math.min(...starts);
  const count = (Math.max(...starts) - lowest) / bucketC + 1;
  const temperatures = Array.from({ length: count }, (_, i) => lowest + i * bucketC);
  const rangeOf = (fromC: number) => `${numbers.decimal(fromC, 0)} … ${numbers.degrees(fromC + bucketC, 0)}`;
  const copAt = ({ cops: each }: CopsOfUse, fromC: number) => each.find((at) => at.fromC === fromC);
  const lines = known.map(
    (of): ReportLine => ({
      style: of.use,
      points: temperatures.map((fromC) => {
        const value = copAt(of, fromC)?.cop ?? null;
        return {
          mark: numbers.decimal(fromC + bucketC / 2, 0),
          title: `${rangeOf(fromC)}: ${texts[of.use]} ${numbers.cop(value)}`,
          value,
        };
      }),
    }),
  );
  const rows = temperatures.flatMap((fromC) => {
    const cells = known.map((of) => copAt(of, fromC));
    if (cells.every((at) => at === undefined || at.cop === null)) return [];
    return row(
      rangeOf(fromC),
      cells.flatMap((at) => [numbers.cop(at?.cop ?? null), numbers.kwh(at && at.cop !== null ? at.heatWh : null)]),
    );
  });
  const head = ["", ...known.flatMap(({ use }) => [`${texts[use]} ${texts.cop}`, "kWh"])];
  const keys = known.map(({ use }) => ({ part: use, text: texts[use] }));
  return figure({ heading, unit: "°C", chart: lineChart(heading, lines, numbers.axis), keys }) + table(head, rows);
}
