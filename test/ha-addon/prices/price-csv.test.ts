import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { parsePriceCsv } from "@heatloop/ha-addon/prices/price-csv";
import { describe, expect, test } from "vitest";

const rome = zoneOf("Europe/Rome") as Zone;
const read = (text: string) => parsePriceCsv(text, rome);
const shown = async (text: string) =>
  (await read(text)).slots.map(({ start, end, value }) => [
    rome.isoOf(start).slice(0, 16),
    (end - start) / 60_000,
    Number(value.toPrecision(6)),
  ]);

describe("a price file", () => {
  test("has a start and a price", async () => {
    expect(
      await shown(
        "start,price\n2026-01-31T00:00:00+01:00,0.285\n2026-01-31T00:15:00+01:00,-0.01\n2026-01-31T00:30Z,1e-1",
      ),
    ).toEqual([
      ["2026-01-31T00:00", 15, 0.285],
      ["2026-01-31T00:15", 15, -0.01],
      ["2026-01-31T01:30", 15, 0.1],
    ]);
  });

  test.each([
    ["a spreadsheet's semicolons and decimal commas", "start;price\r\n2026-01-31 00:00;0,285\r\n"],
    ["a quoted cell with semicolons", 'start;note;price\n2026-01-31 00:00;"cheap; ""night""; windy";"0,285"\n'],
    ["a quoted cell with tabs", 'start\tnote\tprice\n2026-01-31 00:00\t"a\tb"\t0.285\n'],
    ["a quoted name with a semicolon", 'start,price,"note; remark"\n2026-01-31 00:00,0.285,"a, b"\n'],
    ["tabs", "Start\tPrice\n2026-01-31 00:00\t0,285"],
    ["quotes, a BOM and other columns", '\uFEFFzone,"start","price"\nDE,"2026-01-31T00:00","0.285"'],
    ["prices per MWh", "start,price_per_mwh\n2026-01-31 00:00,285"],
    ["an empty end", "start,end,price\n2026-01-31 00:00,,0.285\n"],
    ["a cell of several lines", 'start,note,price\n2026-01-31 00:00,"cold\nand windy",0.285\n'],
    ["spaces around cells", 'start, price\n2026-01-31 00:00, "0.285"\n'],
    ["a quote within a cell", 'start,note,price\n2026-01-31 00:00,3" pipe,0.285\n'],
    ["blank lines", "start,price\n\n2026-01-31 00:00,0.285\n\n"],
  ])("may have %s", async (_what, text) => {
    expect((await read(text)).mistakes).toEqual([]);
    expect(await shown(text)).toEqual([["2026-01-31T00:00", 60, 0.285]]);
  });

  test("may have the end of each price", async () => {
    expect(await shown("start,end,price\n2026-01-01 00:00,2026-02-01 00:00,0.3")).toEqual([
      ["2026-01-01T00:00", 31 * 1440, 0.3],
    ]);
  });

  test("in local time has its 25 hours in October and its 23 in March", async () => {
    const hours = (date: string, list: readonly number[]) =>
      `start,price\n${list.map((hour) => `${date} ${String(hour).padStart(2, "0")}:00,${hour}`).join("\n")}`;
    const october = [0, 1, 2, 2, ...Array.from({ length: 21 }, (_, i) => i + 3)];
    const { slots, mistakes } = await read(hours("2026-10-25", october));
    expect(mistakes).toEqual([]);
    expect(slots).toHaveLength(25);
    expect(slots.map(({ start }) => start)).toEqual(
      Array.from({ length: 25 }, (_, i) => Date.parse("2026-10-25T00:00+02:00") + i * 3_600_000),
    );
    const march = await read(hours("2026-03-29", [0, 1, 2, 3]));
    expect(march.slots).toHaveLength(3);
    expect(march.mistakes).toEqual([
      { line: 4, found: '"2026-03-29 02:00"', allowed: expect.stringContaining("a time such as") },
    ]);
  });

  test.each([
    ["", 1, "nothing", "a header such as start,price"],
    ["time,value\n1,2", 1, '"time,value"', "a header such as start,price"],
    ["start,price\nyesterday,0.2", 2, '"yesterday"', "a time such as"],
    ["start,price\n2026-01-31T00:01,0.2", 2, '"2026-01-31T00:01"', "on a full 5 minutes"],
    ["start,price\n2026-01-31T00:00,cheap", 2, '"cheap"', "a number such as 0.285"],
    ["start,price\n2026-01-31T00:00,", 2, "nothing", "a number such as 0.285"],
    ["start,price\n2026-01-31T00:00,0,285", 2, "3 cells", "2 cells, as in the header"],
    ["start,price\n2026-01-31T00:00,NaN", 2, '"NaN"', "a number such as 0.285"],
    ["start,end,price\n2026-01-31T01:00,2026-01-31T00:00,1", 2, '"2026-01-31T00:00"', "a time after the start"],
  ])("%j has its mistake named by line", async (text, line, found, allowed) => {
    const { slots, mistakes } = await read(text);
    expect(slots).toEqual([]);
    expect(mistakes).toEqual([{ line, found, allowed: expect.stringContaining(allowed) }]);
  });

  test("is read up to a quote that is not closed, which is named by its line", async () => {
    const { slots, mistakes } = await read(
      'start,note,price\n2026-01-31T00:00,"a\nb",1\n2026-01-31T01:00,"c,2\n2026-01-31T02:00,d,3\n',
    );
    expect(slots.map(({ value }) => value)).toEqual([1]);
    expect(mistakes).toEqual([{ line: 4, found: "a quote that is not closed", allowed: expect.any(String) }]);
  });

  test("is read around its mistakes", async () => {
    const { slots, mistakes } = await read(
      "start,price\n2026-01-31T00:00,1\nx\n2026-01-31T02:00,y\n2026-01-31T03:00,4\n",
    );
    expect(slots.map(({ value }) => value)).toEqual([1, 4]);
    expect(mistakes.map(({ line }) => line)).toEqual([3, 4]);
  });
});
