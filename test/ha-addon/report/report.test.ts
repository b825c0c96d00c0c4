import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { report } from "@heatloop/core/report";
import { fill } from "@heatloop/core/text/fill-text";
import { zoneOf } from "@heatloop/core/time/local-day";
import { reportCsv } from "@heatloop/ha-addon/report/csv";
import { barChart, lineChart } from "@heatloop/ha-addon/report/html/chart";
import { reportHtml } from "@heatloop/ha-addon/report/html/html";
import { reportJson, reportSchema } from "@heatloop/ha-addon/report/json/json";
import { reportNumbers } from "@heatloop/ha-addon/report/numbers";
import { reportTexts } from "@heatloop/ha-addon/report/texts/texts";
import { languageOf } from "@heatloop/ha-addon/settings/report-language";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, heatingDay, rome } from "#test/core/examples/example-days.ts";

const now = Date.parse("2026-11-21T10:30:00+01:00");
const days = [
  heatingDay("2026-01-01", 60, 15),
  dayOf("2026-01-02", [
    { operation: "heating", minutes: 700, heatWh: 61.7, electricityWh: 17 },
    { operation: "defrost", minutes: 20, heatWh: -40, electricityWh: 10 },
    { operation: "hot_water", minutes: 120, heatWh: 80, electricityWh: 33.3 },
    { operation: "standby", minutes: 600, heatWh: 0, electricityWh: 0.2 },
  ]),
];
const made = report({ device: "ecodan-heatpump", from: "2026-01-01", to: "2026-01-03", zone: rome, now, days });
const nothing = report({ device: "ecodan-heatpump", from: "2026-01-03", to: "2026-01-03", zone: rome, now, days: [] });
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ");

describe("the JSON of a report", () => {
  it("matches its schema, with unknown as null", () => {
    const json = reportJson(made, rome);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    expect(json).toMatchObject({
      version: 1,
      unit: "day",
      made_at: "2026-11-21T10:30:00+01:00",
      time_zone: "Europe/Rome",
    });
    expect(json.periods[2]).toMatchObject({ name: "2026-01-03", heat_wh: null, cop: null, coverage: 0 });
    expect(json.periods[0]).toMatchObject({ heat_wh: 86_400, electricity_wh: 21_600, cop: 4 });
  });
});

describe("the CSV of a report", () => {
  it("has a row a period that a program reads, unknown being empty", () => {
    const rows = parse(reportCsv(made), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ period }) => period)).toEqual(["2026-01-01", "2026-01-02", "2026-01-03"]);
    expect(rows[0]).toMatchObject({ heat_wh: "86400", cop: "4", coverage: "1", defrost_cop: "" });
    expect(rows[2]).toMatchObject({ heat_wh: "", cop: "", complete_days: "0" });
  });

  it("has decimal commas, semicolons and a byte order mark for a spreadsheet that wants them", () => {
    const text = reportCsv(made, "comma");
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const rows = parse(text, { columns: true, bom: true, delimiter: ";" }) as Record<string, string>[];
    expect(rows[1]?.cop).toMatch(/^\d,\d\d?$/);
    expect(text).not.toMatch(/\d\.\d/);
  });

  it("has the same values either way", () => {
    const point = parse(reportCsv(made)) as string[][];
    const comma = parse(reportCsv(made, "comma"), { bom: true, delimiter: ";" }) as string[][];
    expect(comma.map((row) => row.map((cell) => cell.replace(",", ".")))).toEqual(point);
  });
});

describe("the HTML of a report", () => {
  it.each(reportLanguages)("in %s is one page without script or anything from elsewhere", (language) => {
    const html = reportHtml(made, { name: "Ecodan", language });
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\((?!#)|@import|\bstyle=|\bon\w+=/i);
    expect(html).not.toMatch(/\{\w+\}<|undefined|NaN|null/);
    expect(html.match(/<svg viewBox/g)).toHaveLength(3);
    for (const text of [reportTexts(language).heat, reportTexts(language).byUse]) expect(html).toContain(text);
  });

  it("never lets a name become markup", () => {
    const name = `<b onload="x">'&`;
    const html = reportHtml(made, { name, language: "en" });
    expect(html).not.toContain("<b ");
    expect(html).toContain("&lt;b onload=&quot;x&quot;&gt;&#39;&amp;");
  });

  it("of a time without any data has a sentence and no chart", () => {
    const html = reportHtml(nothing, { name: "Ecodan", language: "en" });
    expect(html).toContain("Nothing was logged in this time.");
    expect(html).not.toContain("<svg");
  });
});

describe("the texts", () => {
  it.each(reportLanguages)("in %s are there, with the holes of the English ones", (language) => {
    const english = reportTexts("en");
    const texts = reportTexts(language);
    for (const key of Object.keys(english) as (keyof typeof english)[]) {
      expect(texts[key].trim(), key).not.toBe("");
      const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
      expect(holes(texts[key]), key).toEqual(holes(english[key]));
    }
  });

  it("keep a hole that nothing fills", () => {
    expect(fill("{a} of {b}", { a: 1 })).toBe("1 of {b}");
  });

  it.each([
    [[], "en"],
    [[""], "en"],
    [["de-CH", "de", "en"], "de"],
    [["FR"], "fr"],
    [["ja", "nl"], "nl"],
    [["*"], "en"],
  ])("of a reader who prefers %j are in %s", (preferred, language) => {
    expect(languageOf(preferred)).toBe(language);
  });
});

describe("numbers", () => {
  it.each([
    ["en", "12,345.7", "3.10", "98.3%"],
    ["de", "12.345,7", "3,10", "98,3 %"],
    ["it", "12.345,7", "3,10", "98,3%"],
    ["fr", "12 345,7", "3,10", "98,3 %"],
    ["nl", "12.345,7", "3,10", "98,3%"],
    ["pl", "12 345,7", "3,10", "98,3%"],
  ] as const)("in %s are as its readers write them", (language, kwh, cop, share) => {
    const numbers = reportNumbers(language);
    expect(plain(numbers.kwh(12_345_678))).toBe(kwh);
    expect([plain(numbers.cop(3.1)), plain(numbers.share(0.98399))]).toEqual([cop, share]);
  });

  it("that are not known are a dash, never 0, and a nothing is 0 without a sign", () => {
    const { kwh, cop, share, count } = reportNumbers("en");
    expect([kwh(null), cop(null), share(null), count(null)]).toEqual(["–", "–", "–", "–"]);
    expect(kwh(-20)).toBe("0.0");
  });

  it("of the share that was seen are 100 % only for the whole", () => {
    expect(reportNumbers("en").share(0.99996)).toBe("99.9%");
  });

  it("of the time of making are local", () => {
    const utc = Date.parse("2026-07-01T22:30:00Z");
    expect(zoneOf("Europe/Rome")?.isoOf(utc)).toContain("2026-07-02T00:30");
    expect(reportNumbers("de").instant(utc, "Europe/Rome")).toBe("02.07.2026, 00:30");
  });
});

describe("a chart", () => {
  const part = (style: string, value: number | null) => ({ style, value });

  it("is as high as its bars need: of the plot at most 15 % is left empty, above and below zero", () => {
    const value = fc.integer({ min: 1, max: 1_000_000 }).map((each) => each / 100);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 30 }),
        (pairs, share) => {
          const bars = pairs.map(([up, down]) => ({
            mark: "",
            title: "",
            parts: [
              { style: "heating", value: up },
              { style: "defrost", value: (-down * share) / 100 },
            ],
          }));
          const svg = barChart("Heat", bars, String);
          const rects = [...svg.matchAll(/<rect[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"/g)];
          const ends = rects.flatMap(([, y = "", height = ""]) => [Number(y), Number(y) + Number(height)]);
          const [, plotEnd = ""] = /viewBox="0 0 600 (\d+)"/.exec(svg) ?? [];
          const plot = { top: 10, bottom: Number(plotEnd) - 26 };
          const used = Math.max(...ends) - Math.min(...ends);
          expect(used / (plot.bottom - plot.top)).toBeGreaterThan(0.85);
          expect(Math.min(...ends)).toBeGreaterThanOrEqual(plot.top);
          expect(Math.max(...ends)).toBeLessThanOrEqual(plot.bottom + 0.1);
          expect(svg).toContain('class="zero"');
        },
      ),
    );
  });

  it("stacks bars upwards, hangs negative parts below zero and leaves unknown ones out", () => {
    const bar = { mark: "1", title: "<1>", parts: [part("a", 30), part("b", 10), part("c", -10), part("d", null)] };
    const svg = barChart("Heat", [bar], String);
    const rects = [...svg.matchAll(/<rect class="(\w)"[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"/g)].map((found) => ({
      style: found[1],
      y: Number(found[2]),
      end: Number(found[2]) + Number(found[3]),
    }));
    expect(rects.map(({ style }) => style)).toEqual(["a", "b", "c"]);
    expect(rects[1]?.end).toBeCloseTo(rects[0]?.y ?? 0, 0);
    expect(rects[2]?.y).toBeCloseTo(rects[0]?.end ?? 0, 0);
    expect(svg).toContain("<title>&lt;1&gt;</title>");
  });

  it("breaks its line where a value is not known", () => {
    const points = [3, 4, null, 2].map((value) => ({ mark: "", title: "", value }));
    const path = /class="line" d="([^"]*)"/.exec(lineChart("COP", [{ style: "heating", points }], String))?.[1] ?? "";
    expect(path.match(/[ML]/g)?.join("")).toBe("MLM");
  });

  it("draws each line in its own colour, over the same marks", () => {
    const pointsOf = (value: number) => [{ mark: "1", title: "", value }];
    const lines = ["heating", "hot_water"].map((style, index) => ({ style, points: pointsOf(index + 1) }));
    const svg = lineChart("COP", lines, String);
    expect([...svg.matchAll(/<g class="series (\w+)">/g)].map((found) => found[1])).toEqual(["heating", "hot_water"]);
    expect(svg.match(/>1<\/text>/g)).toHaveLength(2);
  });

  it("keeps its last mark inside", () => {
    const bars = Array.from({ length: 60 }, () => ({ mark: "21 Nov", title: "", parts: [part("a", 1)] }));
    const svg = barChart("Heat", bars, String);
    const ends = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>21 Nov/g)].map((found) => Number(found[1]) + 24);
    expect(Math.max(...ends)).toBeLessThanOrEqual(600);
  });

  it("writes a figure above a bar, with room for it", () => {
    const svg = barChart("Runs", [{ mark: "", title: "", figure: "12", parts: [part("a", 12)] }], String);
    expect(Number(/<text class="figure" x="[\d.]+" y="([\d.]+)"/.exec(svg)?.[1])).toBeGreaterThan(11);
  });

  it.each([[[]], [[null]], [[0]], [[1e-9]], [[1e9]], [[-5]]])("of %j has finite coordinates", (values) => {
    const svg = barChart(
      "Heat",
      values.map((value) => ({ mark: "", title: "", parts: [part("a", value)] })),
      String,
    );
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});
