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
import { fieldsOf } from "#scripts/report-fields.ts";
import { rome } from "#test/core/examples/example-days.ts";
import { exampleReport } from "#test/support/example-report.ts";

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
  ...["cost", "standing_charge", "total_cost", "currency"],
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
      en: "Mean output",
      de: "Mittlere Leistung",
      it: "Potenza media",
      fr: "Puissance moyenne",
      nl: "Gemiddeld vermogen",
      pl: "Średnia moc",
    },
    unit: "kW",
    write: (watts, { numbers }) => numbers.decimal(watts === null ? null : watts / 1000, 2),
    places: { tile: 80, column: 15, energyLine: 15, runLine: 40 },
  };
  const meanOutput = jsonFigure({
    column: "mean_output_w",
    json: z.number().nullable().describe("heat over the time in which the compressor ran"),
    value: outputW,
    decimals: 1,
    shown,
  });
  const figures = [...periodFigures, meanOutput];
  const english = { name: "Ecodan", language: "en" } as const;

  it("is in JSON, and in its schema with what it means", () => {
    const json = reportJson(made, rome, figures);
    const schema = reportSchemaOf(figures);
    expect(schema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    expect(json.total).toMatchObject({ mean_output_w: 3753.2 });
    expect(json.periods.map((period) => "mean_output_w" in period)).toEqual([true, true, true]);
    expect(schema.safeParse(reportJson(made, rome)).success).toBe(false);
    expect(reportSchema.parse(json)).toEqual(reportJson(made, rome));
    expect(fieldsOf(z.toJSONSchema(schema) as Parameters<typeof fieldsOf>[0])).toContainEqual({
      path: "total.mean_output_w",
      kind: "W or null",
      meaning: "heat over the time in which the compressor ran",
    });
  });

  it("is the last column of the CSV", () => {
    const rows = parse(reportCsv(made, "point", figures)) as string[][];
    expect(rows.map((row) => row.at(-1))).toEqual(["mean_output_w", "3753.2", "3753.2", "3753.2"]);
  });

  it.each([
    ["en", "Mean output", "3.75", "Heat 176.4 kWh · Mean output 3.75 kW · Electricity 56.1 kWh · COP 3.15"],
    ["pl", "Średnia moc", "3,75", "Ciepło 176,4 kWh · Średnia moc 3,75 kW · Prąd 56,1 kWh · COP 3,15"],
  ] as const)(
    "in %s is a tile, a column of the period table and an item of the text's lines",
    (language, label, figure, line) => {
      const html = plain(reportHtml(made, { name: "Ecodan", language }, figures));
      expect(tilesOf(html).at(-1)).toBe(`${label} ${figure} kW`);
      const [head, ...rows] = periodTableOf(html);
      expect(head?.[2]).toBe(`${label} kW`);
      expect(rows.map((cells) => cells[2])).toEqual(Array.from({ length: made.periods.length + 1 }, () => figure));
      const lines = plain(reportText(made, { name: "Ecodan", language }, figures)).split("\n");
      expect(lines).toContain(line);
      expect(lines.filter((text) => text.endsWith(` h · ${label} ${figure} kW`))).toHaveLength(1);
    },
  );

  it("is a dash without a unit where it is not known", () => {
    const unknown = { ...made, total: { ...made.total, heatWh: null } };
    expect(tilesOf(reportHtml(unknown, english, figures)).at(-1)).toBe("Mean output –");
    expect(reportText(unknown, english, figures)).toContain(" · Mean output – · ");
  });

  it("is unknown, not 0, where nothing was logged, if it needs the log", () => {
    const [first, ...others] = made.periods;
    const unlogged = { ...made, periods: first ? [{ ...first, days: { ...first.days, logged: 0 } }, ...others] : [] };
    const table = [...periodFigures, { ...meanOutput, shown: { ...shown, needsLog: true } }];
    const rows = periodTableOf(plain(reportHtml(unlogged, english, table)));
    expect(rows.map((cells) => cells[2])).toEqual(["Mean output kW", "–", "3.75", "3.75", "3.75"]);
  });

  it("is nowhere that people see in a report that it does not concern", () => {
    const table = [...periodFigures, { ...meanOutput, shown: { ...shown, isShown: () => false } }];
    expect(tilesOf(reportHtml(made, english, table)).join()).not.toContain("Mean output");
    expect(reportText(made, english, table)).toBe(reportText(made, english));
    expect(reportCsv(made, "point", table)).toBe(reportCsv(made, "point", figures));
  });
});

/** The words of each of the tiles at the top. */
function tilesOf(html: string): string[] {
  const list = /<dl class="figures">(.*?)<\/dl>/.exec(html)?.[1] ?? "";
  return [...list.matchAll(/<div>(.*?)<\/div>/g)].map(([, tile = ""]) => wordsOf(tile));
}

/** The cells of each row of the table of days, the last one of the page: its head, the days, the total. */
function periodTableOf(html: string): string[][] {
  const table = html.slice(html.lastIndexOf("<table>"), html.lastIndexOf("</table>"));
  return [...table.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd].*?>(.*?)<\/t[hd]>/g)].map(([, cell = ""]) => wordsOf(cell)),
  );
}

function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
