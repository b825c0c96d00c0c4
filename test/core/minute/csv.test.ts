import { columnOf, pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { contextPoints, type Transition, transitionKinds } from "@heatloop/core/live/transition";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { minuteReader, transitionReader } from "@heatloop/core/minute/csv-reader";
import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import { figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { type CellLimits, pointLimits, usualCellLimits } from "@heatloop/core/minute/plausible-row";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const at = fc.integer({ min: Date.UTC(2024, 0) / 1000, max: Date.UTC(2030, 0) / 1000 }).map((s) => s * 1000);
/** What a row may contain. */
const numberOf = ({ low, high }: CellLimits) => {
  const [min, max] = [Math.max(-10_000_000, Math.ceil(low * 1000)), Math.min(10_000_000, Math.floor(high * 1000))];
  return fc.option(fc.integer({ min, max }).map((n) => n / 1000 + 0));
};
const plain = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => !/\p{Cc}/u.test(text));
const text = fc.oneof(
  plain,
  fc.constantFrom(
    "a,b",
    'say "no"',
    '"',
    ",",
    '","',
    " ",
    "=1+1",
    "-2",
    "@a",
    "'=1",
    "''+1",
    "'a",
    "'",
    "＝1+1",
    "007",
  ),
);

const minute = fc.record({
  at,
  figures: fc.record(Object.fromEntries(figures.map((figure) => [figure, numberOf(usualCellLimits(figure))]))),
  points: fc.record(
    Object.fromEntries(
      loggedPoints.map((id) => {
        const { log, quantity } = pointOf(id);
        return [
          id,
          log === "on" || quantities[quantity].kind === "number" ? numberOf(pointLimits(id)) : fc.option(text),
        ];
      }),
    ),
  ),
}) as fc.Arbitrary<Minute>;

const transition = fc.record(
  {
    at,
    kind: fc.constantFrom(...transitionKinds),
    from: fc.option(text),
    to: fc.option(text),
    durationS: fc.option(fc.nat()),
    zone: fc.constantFrom(1, 2),
    context: fc.record(Object.fromEntries(contextPoints.map((id) => [id, numberOf(pointLimits(id))]))),
  },
  { requiredKeys: ["at", "kind", "from", "to", "durationS", "context"] },
) as fc.Arbitrary<Transition>;

describe("a minute", () => {
  test("comes back from its row as it was", () => {
    const read = minuteReader(minutesHeader);
    fc.assert(
      fc.property(minute, (each) => {
        const row = minuteRow(each, rome);
        expect(read(row)).toEqual(each);
        expect(row).not.toMatch(/[\r\n]/);
        expect(parse(row)[0]).toEqual(splitRow(row));
      }),
    );
  });

  test("of which nothing is known is empty cells, and on-and-off is 1 and 0", () => {
    const time = Date.parse("2026-10-25T01:30:00Z");
    const [first, covered, ...rest] = splitRow(minuteRow(minuteOf(time), rome));
    expect([first, covered, new Set(rest)]).toEqual(["2026-10-25T02:30:00+01:00", "0", new Set([""])]);
    const on = minuteOf(time, {}, { heat_pump_power: true, compressor: false });
    const cells = splitRow(minuteRow(on, rome));
    const cellOf = (column: string) => cells[splitRow(minutesHeader).indexOf(column)];
    expect([cellOf("heat_pump_power_s"), cellOf("compressor_s")]).toEqual(["1", "0"]);
  });

  test("is read under a header of another age: other order, columns missing, columns that are none of ours", () => {
    const columns = splitRow(minutesHeader);
    const order = fc.shuffledSubarray(columns, { minLength: 0 }).map((c) => ["time", ...c.filter((x) => x !== "time")]);
    fc.assert(
      fc.property(minute, order, fc.nat(200), (each, kept, foreignAt) => {
        const cells = new Map(splitRow(minuteRow(each, rome)).map((c, i) => [columns[i] ?? "", c]));
        const header = kept.toSpliced(foreignAt % (kept.length + 1), 0, "someone_elses_column");
        const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
        const read = minuteReader(header.join(","))(header.map((c) => quoted(cells.get(c) ?? "7")).join(","));
        expect(read?.at).toBe(each.at);
        for (const f of figures) expect(read?.figures[f]).toBe(kept.includes(f) ? each.figures[f] : null);
        for (const id of loggedPoints)
          expect(read?.points[id]).toBe(kept.includes(columnOf(id)) ? each.points[id] : null);
      }),
      { numRuns: 50 },
    );
  });

  test.each<[string, (row: string) => string]>([
    ["nothing", () => ""],
    ["the header again", () => minutesHeader],
    ["a row torn before its last cells", (row) => row.slice(0, row.length / 2)],
    ["a row with a cell too many", (row) => `${row},`],
    ["a time without offset", (row) => row.replace("+01:00", "")],
    ["a time that is none", (row) => row.replace("2026-01-02", "2026-13-02")],
    ["a row whose begin is lost", (row) => row.slice(5)],
    ["two rows that ran into each other", (row) => row + row],
    ["zero bytes of a torn write", (row) => "\0".repeat(row.length)],
    ["a quote that does not end", (row) => row.replace(/,[^,]*$/, ',"kh')],
    ["text behind a quote", (row) => row.replace(/,[^,]*$/, ',"kh"x')],
  ])("is not read from %s", (_what, spoil) => {
    const row = minuteRow(minuteOf(Date.parse("2026-01-02T03:04:00Z"), { heat_wh: 12.5 }), rome);
    expect(minuteReader(minutesHeader)(row)?.figures.heat_wh).toBe(12.5);
    expect(minuteReader(minutesHeader)(spoil(row))).toBeUndefined();
  });

  test.each(["x", " ", "1.2.3", "Infinity", "NaN", "-"])("a cell %j where a number should be is unknown", (cell) => {
    const read = minuteReader("time,heat_wh,flow_temperature_c,compressor_s");
    const row = read(`2026-01-02T03:04:00+00:00,${cell},${cell},${cell}`);
    expect([row?.figures.heat_wh, row?.points.flow_temperature, row?.points.compressor]).toEqual([null, null, null]);
  });
});

describe("text that a spreadsheet would calculate", () => {
  const at = Date.parse("2026-01-02T03:04:00Z");
  const cellIn = (header: string, row: string, column: string) => splitRow(row)[splitRow(header).indexOf(column)];

  test.each(["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "＝1", "'=1", '=HYPERLINK("http://x","y")'])(
    "(%j) is written in the archive's rows with a ' before it, and is read without",
    (text) => {
      const minute = minuteOf(at, {}, { fault_code: text, controller_date: text });
      const row = minuteRow(minute, rome);
      expect(cellIn(minutesHeader, row, "fault_code")).toBe(`'${text}`);
      expect(minuteReader(minutesHeader)(row)?.points).toMatchObject({ fault_code: text, controller_date: text });
      const context = Object.fromEntries(contextPoints.map((id) => [id, null])) as Transition["context"];
      const edge: Transition = { at, kind: "fault", from: text, to: "none", durationS: 60, context };
      const edgeRow = transitionRow(edge, rome);
      expect(cellIn(transitionsHeader, edgeRow, "from")).toBe(`'${text}`);
      expect(transitionReader(transitionsHeader)(edgeRow)).toEqual(edge);
    },
  );

  test("is read from rows of before, and numbers stay numbers", () => {
    const read = minuteReader("time,fault_code,heat_wh,outdoor_temperature_c");
    const row = read("2026-01-02T03:04:00+01:00,=1+1,-12.5,-7.5");
    expect(row?.points).toMatchObject({ fault_code: "=1+1", outdoor_temperature: -7.5 });
    expect(row?.figures.heat_wh).toBe(-12.5);
    const cold = minuteRow(minuteOf(at, { heat_wh: -12.5 }, { outdoor_temperature: -7.5 }), rome);
    expect(cellIn(minutesHeader, cold, "heat_wh")).toBe("-12.5");
    expect(cellIn(minutesHeader, cold, "outdoor_temperature_c")).toBe("-7.5");
  });
});

describe("a transition", () => {
  test("comes back from its row as it was", () => {
    const read = transitionReader(transitionsHeader);
    fc.assert(
      fc.property(transition, (each) => {
        expect(read(transitionRow(each, rome))).toEqual(each);
      }),
    );
  });

  test.each([
    "",
    transitionsHeader,
    "2026-01-02T03:04:05+01:00,operation",
    `2026-01-02T03:04:05+01:00,party,,,${",".repeat(contextPoints.length)}`,
    `yesterday,operation,,,${",".repeat(contextPoints.length)}`,
  ])("is not read from %j", (line) => {
    expect(transitionReader(transitionsHeader)(line)).toBeUndefined();
  });
});

describe("the header", () => {
  test.each([
    ["minutes", minutesHeader, ["time", "covered_s", "heat_wh", "electricity_wh"]],
    ["transitions", transitionsHeader, ["time", "what", "from", "to", "duration_s"]],
  ])("of %s begins with the time and what the reports need, and names no column twice", (_of, header, begin) => {
    const columns = header.split(",");
    expect(columns.slice(0, begin.length)).toEqual(begin);
    expect(new Set(columns).size).toBe(columns.length);
    expect(header).toMatch(/^[a-z0-9_,]+$/);
  });

  test("has the unit in the name of every column that has one", () => {
    expect(minutesHeader.split(",")).toEqual(
      expect.arrayContaining(["flow_temperature_c", "flow_rate_l_min", "compressor_frequency_hz", "compressor_s"]),
    );
    const units = loggedPoints.filter((id) => pointOf(id).log !== "on" && quantities[pointOf(id).quantity].unit);
    for (const id of units) expect(columnOf(id)).toMatch(/_(c|k|w|kw|kwh|hz|l_min|rpm|h|dbm)$/);
  });
});

test("cells are separated as csv-parse does, whatever is in them", () => {
  const cell = fc.oneof(text, fc.constant(""));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 8 }), (cells) => {
      const line = cells.map(([c, q]) => (q || /[",]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(",");
      expect(splitRow(line)).toEqual(cells.map(([c]) => c));
      expect(splitRow(line)).toEqual(parse(line)[0]);
    }),
  );
});
