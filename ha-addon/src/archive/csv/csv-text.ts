/** The text of a CSV file as bytes; it is decoded line by line. */
export type CsvText = { readonly bytes: Buffer; readonly header: string; readonly file: string };

/** Where a line of it is, without its line feed; `line` counts from 1, the header being the first. */
type LinePlace = { readonly line: number; readonly from: number; readonly to: number };
type TextLine = LinePlace & { readonly row: string };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const comma = 0x2c;
const quote = 0x22;

/** A byte order mark before the header is left out. */
export function csvText(bytes: Buffer, file: string): CsvText {
  const header = textBetween(bytes, 0, bytes.indexOf(lineFeed)).replace(/^\uFEFF/, "");
  return { bytes, header, file };
}

/**
 * The lines behind the header; one that is empty, is not whole yet or holds NULs is left out. Each is a text of its own:
 * a piece of it that is kept keeps one line alive, not the file.
 */
export function* linesOf(text: CsvText): Iterable<TextLine> {
  for (const place of placesOf(text)) {
    const row = lineBetween(text, place.from, place.to);
    if (row !== "" && !row.includes("\0")) yield { ...place, row };
  }
}

/** The places of all whole lines behind the header. */
export function* placesOf({ bytes }: CsvText): Iterable<LinePlace> {
  let from = bytes.indexOf(lineFeed) + 1;
  let line = 2;
  for (let to = bytes.indexOf(lineFeed, from); from > 0 && to >= 0; to = bytes.indexOf(lineFeed, from)) {
    yield { line, from, to };
    from = to + 1;
    line += 1;
  }
}

/** How many cells a line has; undefined where it has a quote or a NUL, so that its text has to be read. */
export function plainCellCount({ bytes }: CsvText, from: number, to: number): number | undefined {
  let count = 1;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    // Digits, points, signs and letters: nearly all there is.
    if (byte > comma) continue;
    if (byte === comma) count += 1;
    else if (byte === quote || byte === 0) return undefined;
  }
  return count;
}

/** A line again, by its place in the bytes. */
export function lineBetween({ bytes }: CsvText, from: number, to: number): string {
  return textBetween(bytes, from, to);
}

/** Without the end that Windows writes. */
function textBetween(bytes: Buffer, from: number, to: number): string {
  return bytes.toString("utf8", from, to > from && bytes[to - 1] === carriageReturn ? to - 1 : to);
}
