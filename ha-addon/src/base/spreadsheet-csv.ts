import { splitRow } from "@heatloop/core/minute/csv-cells";
import { type Options, stringify } from "csv-stringify/sync";

/** How numbers are written: `point` is what programs read, `comma` what a spreadsheet set to German, Italian ... opens. */
export const decimals = ["point", "comma"] as const;
export type Decimal = (typeof decimals)[number];

export type CsvCell = string | number | null;

/**
 * Rows as CSV (RFC 4180, UTF-8 without a byte order mark, LF) that spreadsheets open; unknown is empty. `comma` writes
 * `"3,95"` and separates cells by `;`, with a byte order mark: what Excel and LibreOffice expect where the comma is usual.
 */
export function spreadsheetCsv(rows: readonly (readonly CsvCell[])[], decimal: Decimal): string {
  return stringify(rows as CsvCell[][], { ...dialects[decimal], bom: decimal === "comma" });
}

/** Lines of the archive (`minutesHeader`, rows; each with its end) as `spreadsheetCsv` writes them with `comma`. */
export async function* withDecimalCommas(lines: AsyncIterable<string>): AsyncIterable<string> {
  yield byteOrderMark;
  for await (const line of lines) yield stringify([splitRow(line.slice(0, -1)).map(cellOf)], dialects.comma);
}

const byteOrderMark = "\ufeff";

/** Text that a spreadsheet would calculate gets a `'` before it; a negative number is none. */
const shared = { escape_formulas: true } satisfies Options;

const dialects = {
  point: shared,
  comma: {
    ...shared,
    delimiter: ";",
    // LibreOffice separates at commas and semicolons alike unless that is switched off; what is quoted stays one number.
    quoted_match: ",",
    cast: { number: (value) => String(value).replace(".", ",") },
  },
} satisfies Record<Decimal, Options>;

function cellOf(text: string): CsvCell {
  const number = Number(text);
  return String(number) === text ? number : text;
}
