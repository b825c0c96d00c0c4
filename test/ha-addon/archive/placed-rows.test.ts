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

it("reads every row as the reader of lines does, whatever the rows above it were", () => {
  const usual = minuteRow(wholeMinute(startAt, "heating", { heatWh: 80, electricityWh: 20 }), rome).split(",");
  fc.assert(
    fc.property(fc.array(fc.tuple(change, fate), { maxLength: 12 }), (rows) => {
      let cells = usual;
      const lines = rows.map(([changes, what], i) => {
        cells = cells.with(0, rome.isoOf(startAt + i * 60_000));
        for (const [column, text] of changes) cells = cells.with(column, column === 0 ? (cells[0] as string) : text);
        const line = cells.join(",");
        const made = {
          whole: line,
          torn: line.slice(0, line.length / 2),
          "a cell too many": `${line},`,
          "with CR": `${line}\r`,
        };
        return `${made[what]}\n`;
      });
      for (const wanted of [loggedPoints, ["flow_temperature", "fault_code"] as const]) {
        const read = placedRowReader(minutesHeader, wanted);
        const readLine = minuteReader(minutesHeader, wanted);
        const text = csvText(Buffer.from([`${minutesHeader}\n`, ...lines].join("")), "file");
        for (const { from, to } of placesOf(text)) {
          const line = lineBetween(text, from, to);
          // Whoever asks for a row at a place knows that its cells are as many as the header has.
          if (readLine(line) !== undefined) expect(read(text, from, to)).toEqual(readLine(line));
        }
      }
    }),
  );
});
