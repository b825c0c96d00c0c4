import type { CostLine, CostReport } from "@heatloop/core/cost/cost-report";
import { standardWindow } from "@heatloop/core/cost/tariff";
import { type Part, parts } from "@heatloop/core/energy/day-energy";
import { fill } from "@heatloop/core/text/fill-text";
import { blank } from "../numbers.ts";
import { perUnit } from "../texts/texts.ts";
import type { Writing } from "../writing.ts";
import { barChart } from "./chart.ts";
import { comparison } from "./comparison.ts";
import { figure, note, pair, row, section, sentence, table, tiles } from "./parts.ts";

/** What the time cost: all of it, by use, by tariff window and over time, and what other heating would have cost. */
export function costSection(writing: Writing): string {
  const { report, texts } = writing;
  const { cost } = report;
  if (cost === null) return "";
  if (cost.knownCost === null) {
    return section(texts.cost, [...unknownDays(texts, cost), texts.costNothingKnown].map(sentence), "whole");
  }
  return section(texts.cost, [
    tiles(costTiles(writing, cost)),
    ...costNotes(writing, cost),
    costChart(writing, cost),
    pair(costByUse(writing, cost), costByWindow(writing, cost)),
    comparison(writing, cost),
  ]);
}

function costTiles({ texts, numbers, money }: Writing, cost: CostReport) {
  const energy = { term: cost.cost === null ? texts.knownCost : texts.energyCost, value: money.amount(cost.knownCost) };
  return [
    energy,
    ...(cost.standingCharge === 0
      ? []
      : [
          { term: texts.standingCharge, value: money.amount(cost.standingCharge) },
          {
            term: cost.totalCost === null ? texts.knownTotalCost : texts.totalCost,
            value: money.amount(cost.knownTotalCost),
          },
        ]),
    { term: texts.meanPrice, value: money.price(cost.pricePerKwh) },
    ...(cost.co2Kg === null ? [] : [{ term: texts.co2, value: numbers.decimal(cost.co2Kg, 1), unit: "kg" }]),
  ];
}

function costNotes({ report, texts, numbers, money }: Writing, cost: CostReport): string[] {
  const { pv } = cost;
  const share = numbers.share(cost.knownShare);
  const sentences = [
    ...(cost.cost === null && cost.knownShare !== null && cost.knownShare < 1
      ? [fill(texts.costKnownPart, { share })]
      : []),
    ...unknownDays(texts, cost),
    ...(pv === null || pv.electricityWh === 0
      ? []
      : [fill(texts.pvNote, { kwh: numbers.kwh(pv.electricityWh), cost: money.amount(pv.cost) })]),
    ...(pv === null || pv.unknownWh === 0 ? [] : [fill(texts.pvUnknownNote, { kwh: numbers.kwh(pv.unknownWh) })]),
  ];
  const beside = cost.standingCharge === 0 ? [] : [note(fill(texts.costNote, { per: perUnit(texts, report.unit) }))];
  return [...sentences.map(sentence), ...beside];
}

function unknownDays(texts: Writing["texts"], cost: CostReport): string[] {
  return cost.unknownDays === 0 ? [] : [fill(texts.costUnknownDays, { days: cost.unknownDays, all: cost.days })];
}

/** Uses that took electricity or cost something. */
function usesWithCost(cost: CostReport): Part[] {
  return parts.filter((part) => cost.parts[part].electricityWh !== 0 || (cost.parts[part].knownCost ?? 0) !== 0);
}

function costChart({ report, texts, numbers, money }: Writing, cost: CostReport): string {
  if (report.periods.length < 2) return "";
  const uses = usesWithCost(cost);
  const bars = report.periods.map((period) => {
    const { name, from } = period;
    return {
      mark: numbers.mark(name, from, report.unit),
      title: `${numbers.period(name, from, report.unit)}: ${money.amount(period.cost?.knownCost ?? null)}`,
      parts: uses.map((part) => ({ style: part, value: period.cost?.parts[part].knownCost ?? null })),
    };
  });
  const heading = `${headingOf(texts, cost)} ${perUnit(texts, report.unit)}`;
  const keys = uses.map((part) => ({ part, text: texts[part] }));
  return figure({ heading, unit: money.unit, chart: barChart(heading, bars, numbers.axis), keys });
}

function costByUse({ texts, numbers, money }: Writing, cost: CostReport): string {
  const all = cost.knownCost ?? 0;
  const cellsOf = (line: CostLine) => [
    numbers.kwh(line.electricityWh),
    money.amount(line.knownCost),
    line.knownCost === null || all <= 0 ? blank : numbers.part(line.knownCost / all),
  ];
  const rows = usesWithCost(cost).map((part) => row(texts[part], cellsOf(cost.parts[part]), part));
  const head = [texts.use, `${texts.electricity} kWh`, headingOf(texts, cost), texts.share];
  return table(head, rows, { foot: row(texts.total, cellsOf(cost)) });
}

function costByWindow({ texts, numbers, money }: Writing, cost: CostReport): string {
  const rows = cost.windows
    .filter(({ seconds }) => seconds > 0)
    .map((window) =>
      row(window.name === standardWindow ? texts.standardWindow : window.name, [
        numbers.kwh(window.electricityWh),
        money.price(window.pricePerKwh),
        money.amount(window.knownCost),
        numbers.cop(window.cop),
      ]),
    );
  if (rows.length < 2) return "";
  const head = [texts.window, `${texts.electricity} kWh`, texts.price, headingOf(texts, cost), texts.cop];
  return table(head, rows);
}

function headingOf(texts: Writing["texts"], cost: CostReport): string {
  return cost.cost === null ? texts.knownCost : texts.cost;
}
