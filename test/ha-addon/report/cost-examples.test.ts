import { readFileSync } from "node:fs";
import { addedBills } from "@heatloop/core/cost/bill";
import { costReport } from "@heatloop/core/cost/cost-report";
import { surplusColumns } from "@heatloop/core/cost/price-series";
import type { Operation } from "@heatloop/core/live/operation";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { instantOf } from "@heatloop/core/time/local-time";
import { parsePriceCsv } from "@heatloop/ha-addon/prices/price-csv";
import { costJson } from "@heatloop/ha-addon/report/json/cost";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { costOptionsOf, tariffOf } from "@heatloop/ha-addon/settings/tariff-contracts";
import { describe, expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { slotSeries } from "#test/core/examples/example-slots.ts";
import { billOfMinutes } from "#test/core/examples/reports-of-minutes.ts";

const zone = zoneOf("Europe/Rome") as Zone;
const page = readFileSync(new URL("../../../docs/energy/cost.md", import.meta.url), "utf8");

type CostJson = NonNullable<ReturnType<typeof costJson>>;

type Run = {
  readonly from: number;
  readonly to: number;
  readonly operation: Operation;
  readonly wattHours: number;
  readonly heatWh: number;
};

/** The examples of the page: sections with a tariff, runs, and figures. */
const examples = page
  .split(/^#{2,3} /m)
  .filter((section) => section.includes("```json"))
  .map((section) => ({
    title: section.split("\n")[0] ?? "",
    tariff: JSON.parse(blocks(section, "json")[0] ?? "") as object,
    csv: blocks(section, "csv"),
    runs: rows(section, /^\d{4}-/).map(runOf),
    figures: rows(section, /^`/).map(([figure = "", value = ""]) => [figure.replaceAll("`", ""), value] as const),
  }));

function blocks(section: string, language: string): string[] {
  return [...section.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map(([, text = ""]) => text);
}

/** Cells of the table rows whose first cell looks like this. */
function rows(section: string, first: RegExp): string[][] {
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  const cells = lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return cells.filter((row) => first.test(row[0] ?? ""));
}

function runOf([date, from, to, operation, electricity, heat]: string[]): Run {
  const at = (time: string | undefined) => instantOf(`${date} ${time}`, zone) ?? Number.NaN;
  return {
    from: at(from),
    to: at(to),
    operation: operation as Operation,
    wattHours: Number(electricity) * 1000,
    heatWh: Number(heat) * 1000,
  };
}

/** A day's minutes: its runs, and between them stand-by that took next to nothing. */
function minutesOf(date: string, runs: readonly Run[]): Minute[] {
  const minutes: Minute[] = [];
  for (let at = zone.startOf(date); at < zone.endOf(date); at += minuteMs) {
    const run = runs.find(({ from, to }) => from <= at && at < to);
    const begins = runs.some(({ from }) => from === at + minuteMs);
    if (run === undefined) {
      minutes.push(wholeMinute(at, "standby", { heatWh: 0, electricityWh: begins ? 1e-12 : 0 }));
      continue;
    }
    const length = (run.to - run.from) / minuteMs;
    const electricityWh = at + minuteMs === run.to ? run.wattHours : 0;
    minutes.push(wholeMinute(at, run.operation, { heatWh: run.heatWh / length, electricityWh }));
  }
  return minutes;
}

async function reportOf({ tariff: input, csv, runs }: (typeof examples)[number]): Promise<CostJson> {
  const { settings, mistakes } = parseSettings({ tariff: input });
  expect(mistakes).toEqual([]);
  const seriesOf = async (is: (text: string) => boolean, columns?: typeof surplusColumns) => {
    const parsed = await Promise.all(csv.filter(is).map((text) => parsePriceCsv(text, zone, columns)));
    expect(parsed.flatMap((each) => each.mistakes)).toEqual([]);
    return slotSeries(parsed.flatMap(({ slots }) => slots));
  };
  const prices = await seriesOf((text) => !text.includes("surplus"));
  const surplusW = await seriesOf((text) => text.includes("surplus"), surplusColumns);
  const byDate = Map.groupBy(runs, ({ from }) => zone.dateOf(from));
  const bills = [...byDate].map(([date, ofDate]) =>
    billOfMinutes({
      date,
      zone,
      minutes: minutesOf(date, ofDate),
      now: zone.endOf(date),
      tariff: tariffOf(settings.tariff),
      prices,
      surplusW,
    }),
  );
  const json = costJson(costReport(addedBills(bills), costOptionsOf(settings.tariff)));
  if (json === null) throw new Error("no cost");
  return json;
}

/** `windows.night.cost` of the JSON; windows by their name. */
function figureOf(report: CostJson, path: string): unknown {
  let value: unknown = report;
  for (const name of path.split(".")) {
    value = Array.isArray(value)
      ? value.find((each: { readonly name: string }) => each.name === name)
      : (value as Record<string, unknown>)[name];
  }
  return value;
}

describe("the page about cost", () => {
  it("has its examples", () => {
    expect(examples.map(({ title }) => title)).toHaveLength(6);
    expect(examples.every(({ runs, figures }) => runs.length > 0 && figures.length > 1)).toBe(true);
  });

  describe.each(examples)("in $title", (example) => {
    it.each(example.figures)("has %s as %s", async (path, value) => {
      const figure = figureOf(await reportOf(example), path);
      if (value === "unknown") expect(figure).toBeNull();
      else expect(Math.abs((figure as number) - Number(value))).toBeLessThan(1e-9);
    });
  });
});
