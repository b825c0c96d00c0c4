import { type CsvCell, spreadsheetCsv, withDecimalCommas } from "@heatloop/ha-addon/base/spreadsheet-csv";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { archiveOf, rome } from "#test/support/examples/archive.ts";
import { type ExampleParts, exampleParts } from "#test/support/examples/web.ts";

const byteOrderMark = "\ufeff";

/** Cells as LibreOffice's import dialog separates them before anything is chosen in it: at any of the three. */
function opened(text: string): string[][] {
  return parse(text, { bom: true, delimiter: ["\t", ",", ";"] });
}

async function commaLines(lines: readonly string[]): Promise<string> {
  async function* each() {
    yield* lines.map((line) => `${line}\n`);
  }
  return (await Array.fromAsync(withDecimalCommas(each()))).join("");
}

describe("CSV for a spreadsheet", () => {
  it.each([
    ["a whole number", 59_881, "59881", "59881"],
    ["a number with a fraction", 2.82, "2.82", '"2,82"'],
    ["heat that is taken back", -4144, "-4144", "-4144"],
    ["a frost", -3.5, "-3.5", '"-3,5"'],
    ["nothing", 0, "0", "0"],
    ["what is not known", null, "", ""],
    ["a date", "2026-03-29", "2026-03-29", "2026-03-29"],
    ["a time with its offset", "2026-03-29T04:18:00+02:00", "2026-03-29T04:18:00+02:00", "2026-03-29T04:18:00+02:00"],
    ["signs that are not ASCII", "Außenfühler 21 °C", "Außenfühler 21 °C", "Außenfühler 21 °C"],
    ["text with both separators", "a,b;c", '"a,b;c"', '"a,b;c"'],
    ["text with quotes", 'the "new" one', '"the ""new"" one"', '"the ""new"" one"'],
  ])("writes %s", (_, cell, point, comma) => {
    expect(spreadsheetCsv([["a", cell]], "point")).toBe(`a,${point}\n`);
    expect(spreadsheetCsv([["a", cell]], "comma")).toBe(`${byteOrderMark}a;${comma}\n`);
  });

  it.each(["=1+1", "+1+1", "-1+1", "@SUM(A1)"])("never lets the text %s be calculated", (text) => {
    for (const decimal of ["point", "comma"] as const) {
      expect(opened(spreadsheetCsv([[text]], decimal))).toEqual([[`'${text}`]]);
    }
  });

  it("comes apart into the same cells whichever of the usual separators are chosen", () => {
    const cell = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.constant(null),
      fc.constantFrom("integral", "2026-W05", "2025/2026", "a,b", "EUR"),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant("row"), cell, cell), { minLength: 1 }), (rows: CsvCell[][]) => {
        const text = spreadsheetCsv(rows, "comma");
        expect(opened(text)).toEqual(parse(text, { bom: true, delimiter: ";" }));
        expect(opened(text)).toEqual(
          rows.map((row) =>
            row.map((value) => (typeof value === "number" ? String(value).replace(".", ",") : (value ?? ""))),
          ),
        );
      }),
    );
  });

  it("is made of the archive's lines too", async () => {
    const text = await commaLines([
      "time,heat_wh,fault_code,mode",
      '2026-03-29T04:18:00+02:00,-41.747,"a, ""b""",=1+1',
      "x,,007,",
    ]);
    expect(text).toBe(
      `${byteOrderMark}time;heat_wh;fault_code;mode\n2026-03-29T04:18:00+02:00;"-41,747";"a, ""b""";'=1+1\nx;;007;\n`,
    );
  });
});

it("marks text of the heat pump that would be calculated, once, in the minutes as they are served", async () => {
  const header = "time,heat_wh,fault_code,controller_date";
  const rows = ["2026-11-20T00:00:00+01:00,-4.5,=1+1,'@today", "2026-11-20T00:01:00+01:00,,-3,2026-11-20"];
  const archive = archiveOf({ "2026-11-20.csv": `${[header, ...rows].join("\n")}\n` }).open();
  const lines = () => archive.minuteLines("pump", rome.startOf("2026-11-20"), rome.endOf("2026-11-20"));
  const point = parse((await Array.fromAsync(lines())).join(""), { columns: true });
  const comma = opened((await Array.fromAsync(withDecimalCommas(lines()))).join(""));
  const cellsOf = (names: readonly string[]) =>
    comma.slice(1).map((cells) => names.map((name) => cells[comma[0]?.indexOf(name) ?? -1]));
  expect(point).toMatchObject([
    { heat_wh: "-4.5", fault_code: "'=1+1", controller_date: "'@today" },
    { heat_wh: "", fault_code: "'-3", controller_date: "2026-11-20" },
  ]);
  expect(cellsOf(["heat_wh", "fault_code", "controller_date"])).toEqual([
    ["-4,5", "'=1+1", "'@today"],
    ["", "'-3", "2026-11-20"],
  ]);
});

describe("over HTTP, decimal=comma", () => {
  let parts: ExampleParts;
  beforeEach(async () => {
    parts = await exampleParts();
  });
  afterEach(() => parts.clean());

  const day = "from=2026-11-20&to=2026-11-20";

  it.each(["minutes.csv", "days.csv", "report.csv", "days", "report"])("is known to %s", async (file) => {
    const app = buildWeb(parts);
    const url = (decimal: string) => `/api/devices/ecodan-heatpump/${file}?${day}&decimal=${decimal}`;
    const headers = { accept: "text/csv" };
    const [comma, point, wrong] = await Promise.all(
      ["comma", "point", "dot"].map((decimal) => app.inject({ url: url(decimal), headers })),
    );
    await app.close();
    expect([comma?.statusCode, point?.statusCode, wrong?.statusCode]).toEqual([200, 200, 400]);
    expect(comma?.body.startsWith(byteOrderMark)).toBe(true);
    const [header = [], ...rows] = opened(comma?.body ?? "");
    expect([header, ...rows.map((row) => row.map((cell) => cell.replace(",", ".")))]).toEqual(parse(point?.body ?? ""));
    expect(rows.length).toBeGreaterThan(0);
  });
});
