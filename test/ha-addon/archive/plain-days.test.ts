import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { zoneOf } from "@heatloop/core/time/local-day";
import { packed } from "@heatloop/ha-addon/archive/csv/csv-packing";
import { bytesOfRows, lengthOfRows } from "@heatloop/ha-addon/archive/plain-bytes";
import type { PlainRows } from "@heatloop/ha-addon/archive/plain-days";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archiveOf, csvOf, day, lines, minutesFrom, rome } from "#test/support/examples/archive.ts";

const span = { from: "2026-11-02", to: "2026-11-03" };
const whole = {
  "2026-11-01.csv": day("2026-11-01"),
  "2026-11-02.csv": day("2026-11-02"),
  "2026-11-03.csv": day("2026-11-03"),
};

async function textOf(pieces: AsyncIterable<Uint8Array | string>): Promise<string> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all).toString();
}

/** What a download converts row by row, and what lies in the archive. */
async function bothOf(files: Readonly<Record<string, string | Uint8Array>>, zone = rome) {
  const archive = archiveOf(files, zone).open();
  const rows = await archive.plainRows("pump", span);
  const converted = await textOf(archive.minuteLines("pump", zone.startOf(span.from), zone.endOf(span.to)));
  return {
    rows,
    converted,
    plain: rows && `${minutesHeader}\n${await textOf(bytesOfRows(rows, 0, lengthOfRows(rows)))}`,
  };
}

/** A day in which the row of minute 5 has another text in the cell of a column. */
function withCell(date: string, column: string, text: string): string {
  const rows = lines(date).map((line) => line.split(","));
  const row = rows[6] as string[];
  row[(rows[0] as string[]).indexOf(column)] = text;
  return `${rows.map((cells) => cells.join(",")).join("\n")}\n`;
}

describe("days whose files need no conversion", () => {
  it("are what a conversion of their rows would be", async () => {
    const { plain, converted } = await bothOf(whole);
    expect(plain).toBe(converted);
    expect(converted.split("\n")).toHaveLength(122);
  });

  it("may be few, or none", async () => {
    const one = await bothOf({ "2026-11-03.csv": whole["2026-11-03.csv"] });
    expect(one.plain).toBe(one.converted);
    expect(await bothOf({})).toMatchObject({ rows: [], plain: `${minutesHeader}\n` });
  });

  it("are those of the night with two offsets too", async () => {
    const archive = archiveOf({ "2026-10-25.csv": csvOf(minutesFrom("2026-10-25", 1500)) }).open();
    const date = "2026-10-25";
    const rows = (await archive.plainRows("pump", { from: date, to: date })) ?? [];
    const converted = await textOf(archive.minuteLines("pump", rome.startOf(date), rome.endOf(date)));
    expect(`${minutesHeader}\n${await textOf(bytesOfRows(rows, 0, lengthOfRows(rows)))}`).toBe(converted);
  });

  it("come in any part", async () => {
    const { rows = [], plain = "" } = await bothOf(whole);
    const text = plain.slice(minutesHeader.length + 1);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(text.length), async (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(await textOf(bytesOfRows(rows, from, to))).toBe(text.slice(from, to));
      }),
      { numRuns: 50 },
    );
  });
});

describe("days whose files do", () => {
  const date = "2026-11-02";
  const text = whole["2026-11-02.csv"];
  const reversed = lines(date);
  reversed.splice(1, 60, ...reversed.slice(1).reverse());
  it.each<[string, Record<string, string | Uint8Array>]>([
    ["other columns", { "2026-11-02.csv": text.replace("time,", "time,remark,").replaceAll("+01:00,", "+01:00,x,") }],
    ["compressed", { "2026-11-02.csv": "", "2026-11-03.csv.zst": packed(Buffer.from(text)) }],
    ["two parts", { "2026-11-02.2.csv": csvOf(minutesFrom(date, 70).slice(60)) }],
    ["no rows in order", { "2026-11-02.csv": `${reversed.join("\n")}\n` }],
    ["a minute twice", { "2026-11-02.csv": `${text}${lines(date).at(-1)}\n` }],
    ["a torn end", { "2026-11-02.csv": text.slice(0, -9) }],
    ["zero bytes", { "2026-11-02.csv": `${text}\0\0\0\n` }],
    ["an empty line", { "2026-11-02.csv": `${text}\n` }],
    ["ends of Windows", { "2026-11-02.csv": text.replaceAll("\n", "\r\n") }],
    ["a byte order mark", { "2026-11-02.csv": `\uFEFF${text}` }],
    ["a temperature that cannot be", { "2026-11-02.csv": withCell(date, "outdoor_temperature_c", "400") }],
    ["heat that cannot be", { "2026-11-02.csv": withCell(date, "heat_wh", "") }],
    ["a cell that is no number", { "2026-11-02.csv": withCell(date, "dhw_temperature_c", "warm") }],
    ["what a spreadsheet would calculate", { "2026-11-02.csv": withCell(date, "operation_mode", "-1+2") }],
    ["a quoted cell", { "2026-11-02.csv": withCell(date, "operation_mode", '"heating"') }],
    ["rows of another day", { "2026-11-02.csv": `${text}${lines("2026-11-05").at(-1)}\n` }],
    ["rows in a file beside them", { "2026-11-01.csv": csvOf(minutesFrom("2026-11-01", 1500)) }],
    ["nothing", { "2026-11-02.csv": "" }],
  ])("as they have %s are not to be had so", async (_what, files) => {
    expect((await bothOf({ ...whole, ...files })).rows).toBeUndefined();
  });

  it("as they were written in another time zone are not to be had so", async () => {
    const { rows } = await bothOf(whole, zoneOf("Europe/Athens"));
    expect(rows).toBeUndefined();
  });

  it("never differ from a conversion, whatever is in a line, but in how a number is written", async () => {
    const columns = minutesHeader.split(",");
    const cell = fc.oneof(
      fc.constantFrom(
        "",
        "0",
        "21.5",
        "-1",
        "1e3",
        "nan",
        "'x",
        '"',
        "\0",
        "400",
        "=1+2",
        "-1+2",
        "+1",
        "@x",
        "\uff1d1",
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(columns.length - 1), cell, async (at, value) => {
        const changed = withCell(date, columns[at] as string, value.replace(/[\r\n]/g, ""));
        const { plain, converted } = await bothOf({ "2026-11-02.csv": changed });
        if (plain === undefined) return;
        const numbersOf = (csv: string) => csv.split("\n").map((line) => line.split(",").map(numberOrText));
        expect(numbersOf(plain)).toEqual(numbersOf(converted));
      }),
      { numRuns: 150 },
    );
  });
});

function numberOrText(cell: string): string | number {
  const number = Number(cell.replace(/^'/, ""));
  return cell === "" || Number.isNaN(number) ? cell : number;
}

describe("what is known of a file", () => {
  it("is looked up again once it has changed", async () => {
    const { home, open } = archiveOf(whole);
    const archive = open();
    expect(await archive.plainRows("pump", span)).toHaveLength(2);
    appendFileSync(join(home, "2026-11-03.csv"), "torn");
    expect(await archive.plainRows("pump", span)).toBeUndefined();
    writeFileSync(join(home, "2026-11-03.csv"), whole["2026-11-03.csv"]);
    expect(await archive.plainRows("pump", span)).toHaveLength(2);
  });

  it("holds for the rows that are sent: a file that changed meanwhile ends them with an error", async () => {
    const { home, open } = archiveOf(whole);
    const rows = (await open().plainRows("pump", span)) as readonly PlainRows[];
    appendFileSync(join(home, "2026-11-03.csv"), readFileSync(join(home, "2026-11-02.csv")));
    await expect(textOf(bytesOfRows(rows, 0, lengthOfRows(rows)))).rejects.toThrow("changed");
  });
});
