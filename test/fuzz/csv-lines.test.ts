import { columnOf, type PointId } from "@heatloop/core/catalogue/points";
import { isTextPoint, minuteReader } from "@heatloop/core/minute/csv-reader";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { implausibleColumns } from "@heatloop/core/minute/plausible-row";
import { csvText } from "@heatloop/ha-addon/archive/csv/csv-text";
import { placedRowReader } from "@heatloop/ha-addon/archive/placed-rows";
import fc from "fast-check";
import { expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";
import { fuzzRuns, fuzzTimeoutMs } from "./runs.ts";

const startAt = rome.startOf("2026-01-01");
const usual = minuteRow(
  wholeMinute(startAt, "heating", { heatWh: 80, electricityWh: 20 }, { flow_temperature: 35, return_temperature: 31 }),
  rome,
);
const read = minuteReader(minutesHeader);
const original = read(usual) as Minute;
const columns = minutesHeader.split(",");

/** Bytes that are put in place of some others. */
const damage = fc.record({
  at: fc.nat(usual.length),
  without: fc.nat(12),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom(",", '"', "\r", "0", "-", ".", "e9").map(Buffer.from),
  ),
});
/** What a cell may hold that begins no other one. */
const cell = fc.oneof(
  fc.string({ maxLength: 12 }).filter((text) => !/[",\r\n\0]/.test(text)),
  fc.constantFrom("", "1e999", "-1", "99999999", "NaN", "Infinity", "0x10", "1.5", " 7", "'=1", "²"),
);

function numbersOf({ figures: logged, points }: Minute): readonly [readonly string[], readonly (number | null)[]] {
  const numeric = loggedPoints.filter((id) => !isTextPoint(id));
  const value = (of: unknown) => (typeof of === "number" ? of : null);
  return [
    [...figures, ...numeric.map(columnOf)],
    [...figures.map((name) => logged[name]), ...numeric.map((id) => value(points[id]))],
  ];
}

it(
  "a line with any bytes in it is refused, or read by both readers as the same row that a minute can have",
  () => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        let bytes = Buffer.from(usual);
        for (const { at, without, bytes: put } of damages) {
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + without)]);
        }
        const text = csvText(Buffer.concat([Buffer.from(`${minutesHeader}\n`), bytes, Buffer.from("\n")]), "file");
        const from = minutesHeader.length + 1;
        if (bytes.includes(0x0a)) return;
        const line = bytes.toString("utf8").replace(/\r$/, "");
        const row = read(line);
        if (row === undefined) return;
        expect(placedRowReader(minutesHeader)(text, from, from + bytes.length)).toEqual(row);
        expect(implausibleColumns(...numbersOf(row))).toEqual([]);
        expect(Number.isSafeInteger(row.at)).toBe(true);
      }),
      fuzzRuns({ usual: 5_000, whole: 100_000 }),
    );
  },
  fuzzTimeoutMs,
);

it(
  "a cell with any text in it leaves the other cells of its row as they are",
  () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: columns.length - 1 }), cell, (column, text) => {
        const row = read(usual.split(",").with(column, text).join(","));
        const name = columns[column];
        const without = (minute: Minute | undefined) => ({
          at: minute?.at,
          figures: { ...minute?.figures, [String(name)]: null },
          points: {
            ...minute?.points,
            ...Object.fromEntries(loggedPoints.filter((id) => columnOf(id) === name).map((id: PointId) => [id, null])),
          },
        });
        expect(without(row)).toEqual(without(original));
      }),
      fuzzRuns({ usual: 2_000, whole: 100_000 }),
    );
  },
  fuzzTimeoutMs,
);
