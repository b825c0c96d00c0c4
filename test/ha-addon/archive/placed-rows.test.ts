import { minuteReader } from "@heatloop/core/minute/csv-reader";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { csvText, lineBetween, placesOf } from "@heatloop/ha-addon/archive/csv/csv-text";
import { placedRowReader } from "@heatloop/ha-addon/archive/placed-rows";
import fc from "fast-check";
import { expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";

const startAt = rome.startOf("2026-01-01");
const columns = minutesHeader.split(",");
const cell = fc.constantFrom(
  "",
  "0",
  "-0",
  "7",
  "7.5",
  "7.50",
  "-12.25",
  "99999999",
  "1e3",
  " 1",
  "x",
  '"7"',
  '"a,b"',
  "'=1",
  "é",
);
/** Cells that are another than in the row above, by column. */
const change = fc.array(fc.tuple(fc.nat(columns.length - 1), cell), { maxLength: 4 });
const fate = fc.constantFrom("whole", "whole", "whole", "torn", "a cell too many", "with CR");

const file = fc.array(fc.tuple(change, fate), { maxLength: 12 });

it("reads every row as the reader of lines does, whatever the rows and the files before it were", () => {
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 3 }), fc.boolean(), (files, isInOneMemory) => {
      const memory = new ArrayBuffer(100_000);
      for (const wanted of [loggedPoints, ["flow_temperature", "fault_code"] as const]) {
        const read = placedRowReader(minutesHeader, wanted);
        const readLine = minuteReader(minutesHeader, wanted);
        for (const rows of files) {
          const written = Buffer.from([`${minutesHeader}\n`, ...linesOf(rows)].join(""));
          // As files are read one after the other: each lies where the one before it did.
          const bytes = isInOneMemory ? Buffer.from(memory, 0, written.length) : written;
          bytes.set(written);
          const text = csvText(bytes, "file");
          for (const { from, to } of placesOf(text)) {
            const line = lineBetween(text, from, to);
            // Whoever asks for a row at a place knows that its cells are as many as the header has.
            if (readLine(line) !== undefined) expect(read(text, from, to)).toEqual(readLine(line));
          }
        }
      }
    }),
  );
});

it("reads a row that lies where the last one of another file lay", () => {
  const read = placedRowReader(minutesHeader);
  const memory = new ArrayBuffer(10_000);
  for (const flowC of [35, 36, 35.5, 21.5, null, 40]) {
    const minute = wholeMinute(startAt, "heating", { heatWh: 80, electricityWh: 20 }, { flow_temperature: flowC });
    const written = Buffer.from(`${minutesHeader}\n${minuteRow(minute, rome)}\n`);
    const bytes = Buffer.from(memory, 0, written.length);
    bytes.set(written);
    expect(read(csvText(bytes, "file"), minutesHeader.length + 1, written.length - 1)?.points.flow_temperature).toBe(
      flowC,
    );
  }
});

function linesOf(rows: readonly (readonly [readonly (readonly [number, string])[], string])[]): string[] {
  let cells = minuteRow(wholeMinute(startAt, "heating", { heatWh: 80, electricityWh: 20 }), rome).split(",");
  return rows.map(([changes, what], i) => {
    cells = cells.with(0, rome.isoOf(startAt + i * 60_000));
    for (const [column, text] of changes) cells = cells.with(column, column === 0 ? (cells[0] as string) : text);
    const line = cells.join(",");
    if (what === "torn") return `${line.slice(0, line.length / 2)}\n`;
    return `${line}${what === "a cell too many" ? "," : what === "with CR" ? "\r" : ""}\n`;
  });
}
