import type { ReportPeriod } from "@heatloop/core/report";
import { reportCsv } from "@heatloop/ha-addon/report/csv";
import { reportHtml } from "@heatloop/ha-addon/report/html/html";
import { reportJson, reportSchema, reportSchemaOf } from "@heatloop/ha-addon/report/json/json";
import { jsonFigure, type ShownFigure } from "@heatloop/ha-addon/report/period-figure";
import { periodFigures } from "@heatloop/ha-addon/report/period-figures";
import { reportText } from "@heatloop/ha-addon/report/text";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldsOf } from "#scripts/making/report-fields.ts";
import { rome } from "#test/core/examples/example-days.ts";
import { exampleReport } from "#test/support/examples/report.ts";

const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ");
const made = exampleReport();

/** Programs read CSV by these; a new one comes after them. */
const promisedColumns = [
  ...["period", "from", "to", "heat_wh", "electricity_wh", "cop", "cooling_wh"],
  ...["heating", "hot_water", "cooling", "defrost", "standby", "unknown"].flatMap((part) =>
    ["heat_wh", "electricity_wh", "cop", "s"].map((name) => `${part}_${name}`),
  ),
  ...["starts", "defrosts", "run_minutes", "coverage", "covered_s", "seconds", "days", "complete_days"],
  ...["cop_heat_wh", "cop_electricity_wh", "cop_days", "cop_boundary", "spf"],
  ...["cop_with_immersion_heater", "spf_with_immersion_heater", "immersion_heater_wh"],
  ...["cost", "standing_charge", "total_cost", "currency", "known_cost", "known_total_cost"],
  ...["recorded_since", "coverage_since"],
];

describe("the table of a period's figures", () => {
  it("keeps the CSV columns and their order, and names none twice", () => {
    const [head = []] = parse(reportCsv(made)) as string[][];
    expect(head.slice(0, promisedColumns.length)).toEqual(promisedColumns);
    expect(new Set(head).size).toBe(head.length);
  });

  it("gives each field of the JSON the value of the CSV column with its name", () => {
    const rows = parse(reportCsv(made), { columns: true }) as Record<string, string>[];
    for (const [index, period] of reportJson(made, rome).periods.entries()) {
      for (const { column, json } of periodFigures) {
        if (json === undefined) continue;
        expect(String(period[column] ?? ""), column).toBe(rows[index]?.[column]);
      }
    }
  });
});

describe("one more row of the table", () => {
  const outputW = ({ heatWh, runMinutes }: ReportPeriod) =>
    heatWh === null || runMinutes === 0 ? null : heatWh / (runMinutes / 60);
  const shown: ShownFigure<number | null> = {
    label: {
      en: "Output while running",
      de: "Leistung im Lauf",
      it: "Potenza in funzione",
      fr: "Puissance en marche",
      nl: "Vermogen in bedrijf",
      pl: "Moc podczas pracy",
    },
    unit: "kW",
    write: (watts, { numbers }) => numbers.decimal(watts === null ? null : watts / 1000, 2),
    places: { tile: 80, column: 15, energyLine: 15, runLine: 40 },
  };
  const runningOutput = jsonFigure({
    column: "running_output_w",
    json: z.number().nullable().describe("heat over the time in which the compressor ran"),
    value: outputW,
    decimals: 1,
    shown,
  });
  const figures = [...periodFigures, runningOutput];
  const english = { name: "Ecodan", language: "en" } as const;

  it("is in JSON, and in its schema with what it means", () => {
    const json = reportJson(made, rome, figures);
    const schema = reportSchemaOf(figures);
    expect(schema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    expect(json.total).toMatchObject({ running_output_w: 3753.2 });
    expect(json.periods.map((period) => "running_output_w" in period)).toEqual([true, true, true]);
    expect(schema.safeParse(reportJson(made, rome)).success).toBe(false);
    expect(reportSchema.parse(json)).toEqual(reportJson(made, rome));
    expect(fieldsOf(z.toJSONSchema(schema) as Parameters<typeof fieldsOf>[0])).toContainEqual({
      path: "total.running_output_w",
      kind: "W or null",
      meaning: "heat over the time in which the compressor ran",
    });
  });

  it("is the last column of the CSV", () => {
    const rows = parse(reportCsv(made, "point", figures)) as string[][];
    expect(rows.map((row) => row.at(-1))).toEqual(["running_output_w", "3753.2", "3753.2", "3753.2"]);
  });

  it.each([
    ["en", "Output while running", "3.75", "Heat 176.4 kWh"],
    ["pl", "Moc podczas pracy", "3,75", "Ciepło 176,4 kWh"],
  ] as const)(
    "in %s is a tile, a column of the period table and an item of the text's lines",
    (language, label, figure, heat) => {
      const html = plain(reportHtml(made, { name: "Ecodan", language }, figures));
      expect(tilesOf(html)).toContain(`${label} ${figure} kW`);
      expect(columnOf(html, `${label} kW`)).toEqual([figure, figure, figure, figure]);
      const lines = plain(reportText(made, { name: "Ecodan", language }, figures)).split("\n");
      expect(lines.filter((line) => line.includes(` · ${label} ${figure} kW`))).toHaveLength(2);
      expect(lines[1]).toMatch(`${heat} · ${label} ${figure} kW · `);
    },
  );

  it("is a dash without a unit where it is not known", () => {
    const unknown = { ...made, total: { ...made.total, heatWh: null } };
    expect(tilesOf(reportHtml(unknown, english, figures))).toContain("Output while running –");
    expect(reportText(unknown, english, figures)).toContain(" · Output while running – · ");
  });

  it("is unknown, not 0, where nothing was logged, if it needs the log", () => {
    const [first, ...others] = made.periods;
    const unlogged = { ...made, periods: first ? [{ ...first, days: { ...first.days, logged: 0 } }, ...others] : [] };
    const table = [...periodFigures, { ...runningOutput, shown: { ...shown, needsLog: true } }];
    const html = plain(reportHtml(unlogged, english, table));
    expect(columnOf(html, "Output while running kW")).toEqual(["–", "3.75", "3.75", "3.75"]);
  });

  it("is nowhere that people see in a report that it does not concern", () => {
    const table = [...periodFigures, { ...runningOutput, shown: { ...shown, isShown: () => false } }];
    expect(tilesOf(reportHtml(made, english, table)).join()).not.toContain("Output while running");
    expect(reportText(made, english, table)).toBe(reportText(made, english));
    expect(reportCsv(made, "point", table)).toBe(reportCsv(made, "point", figures));
  });
});

/** The words of each of the tiles at the top. */
function tilesOf(html: string): string[] {
  const list = /<dl class="figures">(.*?)<\/dl>/.exec(html)?.[1] ?? "";
  return [...list.matchAll(/<div>(.*?)<\/div>/g)].map(([, tile = ""]) => wordsOf(tile));
}

/** The cells below a head of the table of days, the last one of the page: those of the days and the total. */
function columnOf(html: string, head: string): (string | undefined)[] {
  const table = html.slice(html.lastIndexOf("<table>"), html.lastIndexOf("</table>"));
  const [heads = [], ...rows] = [...table.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd].*?>(.*?)<\/t[hd]>/g)].map(([, cell = ""]) => wordsOf(cell)),
  );
  return rows.map((cells) => cells[heads.indexOf(head)]);
}

function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
