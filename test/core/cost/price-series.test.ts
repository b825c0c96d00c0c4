import { parsePrices, pricesHeader, slotRow } from "@heatloop/core/cost/price-series";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const rome = zoneOf("Europe/Rome") as Zone;
const read = (text: string) => parsePrices(text, rome);
const shown = (text: string) =>
  read(text).slots.map(({ start, end, value }) => [
    rome.isoOf(start).slice(0, 16),
    (end - start) / 60_000,
    Number(value.toPrecision(6)),
  ]);

describe("a price file", () => {
  test("has a start and a price", () => {
    expect(
      shown("start,price\n2026-01-31T00:00:00+01:00,0.285\n2026-01-31T00:15:00+01:00,-0.01\n2026-01-31T00:30Z,1e-1"),
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
    ["blank lines", "start,price\n\n2026-01-31 00:00,0.285\n\n"],
  ])("may have %s", (_what, text) => {
    expect(read(text).mistakes).toEqual([]);
    expect(shown(text)).toEqual([["2026-01-31T00:00", 60, 0.285]]);
  });

  test("may have the end of each price", () => {
    expect(shown("start,end,price\n2026-01-01 00:00,2026-02-01 00:00,0.3")).toEqual([
      ["2026-01-01T00:00", 31 * 1440, 0.3],
    ]);
  });

  test("in local time has its 25 hours in October and its 23 in March", () => {
    const hours = (date: string, list: readonly number[]) =>
      `start,price\n${list.map((hour) => `${date} ${String(hour).padStart(2, "0")}:00,${hour}`).join("\n")}`;
    const october = [0, 1, 2, 2, ...Array.from({ length: 21 }, (_, i) => i + 3)];
    const { slots, mistakes } = read(hours("2026-10-25", october));
    expect(mistakes).toEqual([]);
    expect(slots).toHaveLength(25);
    expect(slots.map(({ start }) => start)).toEqual(
      Array.from({ length: 25 }, (_, i) => Date.parse("2026-10-25T00:00+02:00") + i * 3_600_000),
    );
    const march = read(hours("2026-03-29", [0, 1, 2, 3]));
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
  ])("%j has its mistake named by line", (text, line, found, allowed) => {
    const { slots, mistakes } = read(text);
    expect(slots).toEqual([]);
    expect(mistakes).toEqual([{ line, found, allowed: expect.stringContaining(allowed) }]);
  });

  test("is read around its mistakes", () => {
    const { slots, mistakes } = read("start,price\n2026-01-31T00:00,1\nx\n2026-01-31T02:00,y\n2026-01-31T03:00,4\n");
    expect(slots.map(({ value }) => value)).toEqual([1, 4]);
    expect(mistakes.map(({ line }) => line)).toEqual([3, 4]);
  });
});

test("what the archive writes of any slot is read back as it was", () => {
  const slot = fc.record({
    start: fc.integer({ min: 5_000_000, max: 6_500_000 }).map((cell) => cell * 300_000),
    length: fc.integer({ min: 1, max: 300 }),
    value: fc.integer({ min: -1e6, max: 1e8 }).map((hundredThousandths) => hundredThousandths / 1e5),
  });
  fc.assert(
    fc.property(slot, ({ start, length, value }) => {
      const written = { start, end: start + length * 300_000, value };
      const { slots, mistakes } = read(`${pricesHeader}\n${slotRow(written, rome)}\n`);
      expect(mistakes).toEqual([]);
      expect(slots).toEqual([written]);
    }),
  );
});
