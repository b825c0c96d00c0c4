import {
  priceColumns,
  type RowMistake,
  shownCell,
  slotReader,
  type ValueColumns,
} from "@heatloop/core/cost/price-series";
import type { Zone } from "@heatloop/core/time/local-day";
import { closedSlots, type OpenSlot, type Slot } from "@heatloop/core/time/slots";

/** A line that can't be read; 1 is the header. */
export type LineMistake = RowMistake & { readonly line: number };

/** All else than this is CSV of some kind. */
const openQuote = { found: "a quote that is not closed", allowed: "a quote at the end of the cell too" };

type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/**
 * Reads prices (or another value, by `columns`) from CSV: `start,price` or `start,end,price`, comma, semicolon or tab; a
 * decimal comma where the comma does not separate cells. A wrong line is left out and reported; of lines for the same
 * time the last counts.
 */
export async function parsePriceCsv(
  text: string,
  zone: Zone,
  columns: ValueColumns = priceColumns,
): Promise<{ readonly slots: Slot[]; readonly mistakes: LineMistake[] }> {
  const delimiter = delimiterOf(text);
  const { rows, mistakes } = await csvRows(text, delimiter);
  const [header, ...rest] = rows;
  const read = header && slotReader(header.cells, zone, columns, delimiter === "," ? "." : ",");
  if (read === undefined) {
    const [name = "price"] = Object.keys(columns);
    const found = shownCell(header?.cells.join(delimiter) ?? "");
    return { slots: [], mistakes: [{ line: 1, found, allowed: `a header such as start,${name}` }] };
  }
  const slots: OpenSlot[] = [];
  for (const { line, cells } of rest) {
    const slot = read(cells, slots.at(-1)?.start);
    if ("allowed" in slot) mistakes.push({ line, ...slot });
    else slots.push(slot);
  }
  return { slots: closedSlots(slots, zone), mistakes: mistakes.toSorted((a, b) => a.line - b.line) };
}

/** What separates the cells: what the header has outside of quotes. */
function delimiterOf(text: string): ";" | "\t" | "," {
  const [header = ""] = text.trimStart().split("\n", 1);
  const unquoted = header.replaceAll(/"[^"]*"/g, "");
  if (unquoted.includes(";")) return ";";
  return unquoted.includes("\t") ? "\t" : ",";
}

/** The rows with the number of their line, and what is no CSV. The parser is loaded where there is a file at all. */
async function csvRows(text: string, delimiter: string): Promise<{ rows: CsvRow[]; mistakes: LineMistake[] }> {
  const { parse } = await import("csv-parse/sync");
  const rows: CsvRow[] = [];
  const mistakes: LineMistake[] = [];
  parse(text, {
    bom: true,
    delimiter,
    record_delimiter: ["\r\n", "\n"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_record: (cells: string[], { lines }) => {
      rows.push({ line: lines, cells });
      return null;
    },
    on_skip: () => {
      mistakes.push({ line: (rows.at(-1)?.line ?? 0) + 1, ...openQuote });
    },
  });
  return { rows, mistakes };
}
