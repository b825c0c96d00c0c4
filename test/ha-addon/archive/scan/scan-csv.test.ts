import { numberOfCell, splitRow, timeOfCell } from "@heatloop/core/minute/csv-cells";
import { plainLineScanner } from "@heatloop/ha-addon/archive/scan/plain-lines";
import { lineOfRow, type Scan } from "@heatloop/ha-addon/archive/scan/scan";
import { csvScanner } from "@heatloop/ha-addon/archive/scan/scan-csv";
import { simdMemory } from "@heatloop/ha-addon/archive/scan/simd-memory";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const wanted = ["heat_wh", "compressor_s", "electricity_wh", "missing_in_most"] as const;

const everything = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function scannerOf(kind: "simd" | "plain") {
  const scanner = kind === "plain" ? plainLineScanner() : simdMemory(1, wanted.length)?.scanners[0];
  if (scanner === undefined) throw new Error("this machine has no WebAssembly with SIMD");
  return scanner;
}

function scanWith(kind: "simd" | "plain", file: string | Uint8Array): Scan {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const scanner = csvScanner(scannerOf(kind), wanted);
  scanner.buffer(bytes.length).set(bytes);
  return scanner.scan(bytes.length);
}

type Row = { readonly at: number; readonly values: readonly (number | null)[] };

function rowsOf({ rows, times, columns }: Scan): Row[] {
  return Array.from({ length: rows }, (_, row) => ({
    at: times[row] as number,
    values: columns.map((column) => (Number.isNaN(column[row]) ? null : (column[row] as number))),
  }));
}

/** What core/minute/csv.ts reads of the same text, line by line. */
function slowly(text: string): Row[] {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const header = splitRow((lines[0] ?? "").replace(/\r$/, ""));
  return lines.slice(1, -1).flatMap((line) => {
    const row = line.replace(/\r$/, "");
    if (row.includes("\0")) return [];
    const cells = splitRow(row);
    const at = timeOfCell(cells[header.indexOf("time")]);
    if (cells.length !== header.length || at === undefined) return [];
    return [{ at, values: wanted.map((name) => numberOfCell(cells[header.indexOf(name)])) }];
  });
}

const startAt = Date.UTC(2026, 9, 24, 20);
function timeText(minute: number, offsetMinutes: number): string {
  const at = startAt + minute * 60_000;
  const local = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

const time = fc
  .tuple(fc.integer({ min: -200_000, max: 600_000 }), fc.constantFrom(60, 60, 120, 0, -210, 345))
  .map(([minute, offset]) => timeText(minute, offset));
const oddTime = fc.constantFrom(
  "",
  "2026-02-30T00:00:00+01:00",
  "2026-02-28T24:00:00+01:00",
  "2026-02-28T23:60:00+01:00",
  "2026-13-01T00:00:00+01:00",
  "2026-01-01T00:00:00Z",
  "2026-01-01 00:00:00+01:00",
  "1969-12-31T23:00:00+00:00",
  "0026-01-01T00:00:00+00:00",
  "2O26-01-01T00:00:00+01:00",
  "2026-01-01T00:00:30+01:00",
  "2026-01-01T00:00:00+24:00",
);
const number = fc.oneof(
  fc.constantFrom("0", "60", "", "-0", "0.5", "-12.345", "123456789012345", "0.000000000000001"),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => String(n / 1000)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const oddNumber = fc.constantFrom(
  "1e3",
  "+5",
  ".5",
  "5.",
  "--1",
  "-",
  "NaN",
  " 7",
  "7 ",
  "0x10",
  "1.2.3",
  "1,5",
  "é",
  "١",
);
const plainText = fc.constantFrom("No error", "heat_pump", "", "Wärme", "日本", "a".repeat(40), "x y");
const oddText = fc.constantFrom('say "no"', "a,b", '"', "=1+1", "tab\there");
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

type Table = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

const columns = ["heat_wh", "electricity_wh", "compressor_s", "fault_code", "dhw_mode", "wifi_dbm", "later", "more"];
/** A table whose cells are quoted where they must be. */
const table = (cells: { readonly odd: boolean }): fc.Arbitrary<Table> =>
  fc.tuple(fc.shuffledSubarray(columns, { minLength: 1 }), fc.nat(8), fc.boolean()).chain(([some, at, first]) => {
    const header = first ? ["time", ...some] : some.toSpliced(at % (some.length + 1), 0, "time");
    const cell = (name: string): fc.Arbitrary<string> => {
      if (name === "time") return cells.odd ? fc.oneof({ weight: 9, arbitrary: time }, oddTime) : time;
      const texts = name === "fault_code" || name === "dhw_mode";
      const usual: fc.Arbitrary<string> = texts ? plainText : number;
      const odd = texts ? oddText : fc.oneof(oddNumber, oddText);
      return cells.odd ? fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd }) : usual;
    };
    const row = fc.tuple(...header.map(cell)).map((each) => each.map(quoted));
    return fc.array(row, { maxLength: 25 }).map((rows) => ({ header, rows }));
  });

const separator = fc.option(fc.tuple(fc.constantFrom(",", "\n", '"', ":", "+"), fc.nat(300)), { nil: undefined });

/** A text without one of its separators. */
function without(text: string, [separators, which]: readonly [string, number]): string {
  const parts = text.split(separators);
  const at = 1 + (which % Math.max(1, parts.length - 1));
  return [parts.slice(0, at).join(separators), parts.slice(at).join(separators)].join("");
}

function fileOf({ header, rows }: Table, lineEnd: string): string {
  return [header, ...rows].map((cells) => cells.join(",") + lineEnd).join("");
}

describe.each(["simd", "plain"] as const)("the %s scanner", (kind) => {
  test("reads whatever csv-parse reads of a sound file, with any columns in any order", () => {
    fc.assert(
      fc.property(table({ odd: true }), fc.constantFrom("\n", "\r\n"), fc.boolean(), (made, lineEnd, bom) => {
        const text = (bom ? "\uFEFF" : "") + fileOf(made, lineEnd);
        const records = parse(text, { bom: true, columns: true, relax_column_count: false }) as Record<
          string,
          string
        >[];
        const expected = records.flatMap((record) => {
          const at = timeOfCell(record.time);
          return at === undefined ? [] : [{ at, values: wanted.map((name) => numberOfCell(record[name])) }];
        });
        const none = wanted.every((name) => !made.header.includes(name));
        expect(rowsOf(scanWith(kind, text))).toEqual(none ? [] : expected);
      }),
      { numRuns: 300 },
    );
  });

  test("reads what core/minute/csv.ts reads of a file that was torn, spoiled and glued anywhere", () => {
    const spoil = fc.tuple(
      fc.nat(),
      fc.nat(30),
      fc.constantFrom("", "\0", "\n", "\r", '"', ",", "\0\0\0\n", "time\n", "é"),
    );
    fc.assert(
      fc.property(
        table({ odd: true }),
        fc.array(spoil, { maxLength: 3 }),
        separator,
        fc.boolean(),
        (made, spoils, cut, whole) => {
          let text = fileOf(made, "\n");
          for (const [at, length, put] of spoils) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + put + text.slice(from + length);
          }
          if (cut !== undefined) text = without(text, cut);
          if (whole) text += "\n";
          const header = splitRow((text.split("\n")[0] ?? "").replace(/\r$/, ""));
          const legible =
            header.includes("time") && wanted.some((name) => header.includes(name)) && text.includes("\n");
          const scan = scanWith(kind, text);
          expect(rowsOf(scan)).toEqual(legible ? slowly(text) : []);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("reads bytes that are no UTF-8, and any bytes at all, without an error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const file = Buffer.concat([Buffer.from("time,heat_wh\n"), bytes, Buffer.from("\n")]);
        expect(rowsOf(scanWith(kind, file))).toEqual(slowly(file.toString()));
      }),
    );
  });

  test("reads files of any length, also far longer than a day", () => {
    const lines = Array.from(
      { length: 5000 },
      (_, i) => `${timeText(i, 60)},${i % 7 === 0 ? "" : i},"q,${i}",${i / 8}`,
    );
    lines[1700] = "torn";
    const text = `time,heat_wh,fault_code,electricity_wh\n${lines.join("\n")}\n`;
    const scan = scanWith(kind, text);
    expect(rowsOf(scan)).toEqual(slowly(text));
    expect(scan.problems).toEqual([{ line: 1702, problem: "the line has 1 cells, the header has 4" }]);
    expect([lineOfRow(scan, 0), lineOfRow(scan, 1699), lineOfRow(scan, 1700), lineOfRow(scan, 4998)]).toEqual([
      2, 1701, 1703, 5001,
    ]);
  });

  test("reads the offset that each row was written with", () => {
    const text = `time,heat_wh\n${timeText(0, 120)},1\n${timeText(1, 120)},2\n${timeText(2, -210)},3\n"${timeText(3, -90)}",4\n`;
    expect([...scanWith(kind, text).offsets]).toEqual([120, 120, -210, -90]);
  });

  const row = "2026-01-02T03:04:00+01:00";
  test.each([
    ["", []],
    ["time,heat_wh\n", []],
    ["time,heat_wh", [[1, "the file has no whole line"]]],
    ["\n\n", [[1, "the first line is not the header of a minute log"]]],
    ["date,heat_wh\n1,2\n", [[1, "the first line is not the header of a minute log"]]],
    ["time,foreign\n1,2\n", [[1, "the first line is not the header of a minute log"]]],
    [`time,heat_wh\n${row},1\n\n${row}\n`, [[4, "the line has 1 cells, the header has 2"]]],
    [`time,heat_wh\n${row},1,\n`, [[2, "the line has 3 cells, the header has 2"]]],
    [`time,heat_wh\n${row},"1\n`, [[2, "a quote in the line does not end"]]],
    [`time,heat_wh\n${row},\0\n`, [[2, "the line holds zero bytes, as a power cut leaves them"]]],
    ["time,heat_wh\nyesterday,1\n", [[2, "the time is not like 2026-01-31T12:34:00+01:00: yesterday"]]],
    [`time,heat_wh\n${row},1\n${row},12.5 Wh\n`, [[3, "heat_wh is no number: 12.5 Wh"]]],
    [`time,heat_wh\n${row},1\n2026-01-0`, [[3, "the last line has no end: it was torn off"]]],
    [`time,heat_wh\ntime,heat_wh\n${row},1\n`, [[2, "the time is not like 2026-01-31T12:34:00+01:00: time"]]],
  ])("finds in %j: %j", (text, findings) => {
    expect(scanWith(kind, text).problems).toEqual(findings.map(([line, problem]) => ({ line, problem })));
  });

  test("accepts no number that its row cannot hold, but one that is only unusual", () => {
    const plausibility = {
      usual: (name: string) => (name === "heat_wh" ? { low: -10, high: 10 } : everything),
      implausibleColumns: (names: readonly string[], values: readonly (number | null)[]) =>
        names.filter((name, i) => name === "heat_wh" && Math.abs(values[i] ?? 0) > 100),
    };
    const scanner = csvScanner(scannerOf(kind), wanted, plausibility);
    for (const [header, cells] of [
      [
        "electricity_wh,heat_wh",
        ["500,5", "500,50", "500,500", "500,500", "-500,-500", '500,"-11"', "500,1e3", "500,5"],
      ],
      [
        "heat_wh,electricity_wh",
        ["5,500", "50,500", "500,500", "500,500", "-500,-500", '"-11",500', "1e3,500", "5,500"],
      ],
    ] as const) {
      const text = `time,${header}\n${cells.map((each, i) => `${timeText(i, 60)},${each}\n`).join("")}`;
      scanner.buffer(text.length).set(Buffer.from(text));
      const scan = scanner.scan(text.length);
      expect([...(scan.columns[0] ?? [])]).toEqual([5, 50, Number.NaN, Number.NaN, Number.NaN, -11, Number.NaN, 5]);
      expect([...(scan.columns[2] ?? [])]).toEqual([500, 500, 500, 500, -500, 500, 500, 500]);
      expect(scan.problems).toEqual([
        { line: 4, problem: "heat_wh cannot be 500" },
        { line: 5, problem: "heat_wh cannot be 500" },
        { line: 6, problem: "heat_wh cannot be -500" },
        { line: 8, problem: "heat_wh cannot be 1e3" },
      ]);
    }
  });

  test("reads one file after the other", () => {
    const scanner = csvScanner(scannerOf(kind), wanted);
    for (const length of [10, 3_000_000, 500]) {
      const text = `time,heat_wh\n${row},${length}\n`.padEnd(length, "\n");
      scanner.buffer(text.length).set(Buffer.from(text));
      expect(scanner.scan(text.length).columns[0]?.[0]).toBe(length);
    }
  });
});

test("both scanners leave the same lines to be read slowly", () => {
  fc.assert(
    fc.property(table({ odd: true }), ({ header, rows }) => {
      const body = Buffer.from(rows.map((cells) => `${cells.join(",")}\n`).join(""));
      const places = wanted.map((name) => header.indexOf(name)).filter((at) => at > 0);
      const found = [...places].sort((a, b) => a - b);
      const plan = {
        gaps: found.map((place, i) => place - (found[i - 1] ?? 0) - 1),
        rest: header.length - 1 - (found.at(-1) ?? 0),
        limits: found.map((_, i) => [everything, { low: -3, high: 60 }][i % 2] ?? everything),
      };
      const [simd, plain] = (["simd", "plain"] as const).map((kind) => {
        const scanner = scannerOf(kind);
        scanner.buffer(body.length).set(body);
        const { rows: count, odd, isAscending, hasOneOffset, next } = scanner.scan(0, body.length, plan);
        return { count, odd, isAscending, hasOneOffset, next };
      });
      expect(simd).toEqual(plain);
    }),
  );
});

test("the SIMD scanner refuses more columns than it was opened for", () => {
  const scanner = simdMemory(1, 1)?.scanners[0];
  scanner?.buffer(10);
  expect(() => scanner?.scan(0, 1, { gaps: [0, 0], rest: 0, limits: [everything, everything] })).toThrow(
    "opened for 1 columns, not 2",
  );
});
