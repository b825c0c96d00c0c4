/** The text of a CSV file as bytes; it is decoded line by line. */
export type CsvText = { readonly bytes: Buffer; readonly header: string; readonly file: string };

/** A line of it without its end; `line` counts from 1, the header being the first. */
type TextLine = { readonly row: string; readonly line: number; readonly from: number; readonly to: number };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A byte order mark before the header is left out. */
export function csvText(bytes: Buffer, file: string): CsvText {
  const header = textBetween(bytes, 0, bytes.indexOf(lineFeed)).replace(/^\uFEFF/, "");
  return { bytes, header, file };
}

/**
 * The lines behind the header; one that is empty, is not whole yet or holds NULs is left out. Each is a text of its own:
 * a piece of it that is kept keeps one line alive, not the file.
 */
export function* linesOf({ bytes }: CsvText): Iterable<TextLine> {
  let from = bytes.indexOf(lineFeed) + 1;
  let line = 2;
  for (let to = bytes.indexOf(lineFeed, from); from > 0 && to >= 0; to = bytes.indexOf(lineFeed, from)) {
    const row = textBetween(bytes, from, to);
    if (row !== "" && !row.includes("\0")) yield { row, line, from, to };
    from = to + 1;
    line += 1;
  }
}

/** A line again, by its place in the bytes. */
export function lineBetween({ bytes }: CsvText, from: number, to: number): string {
  return textBetween(bytes, from, to);
}

/** Without the end that Windows writes. */
function textBetween(bytes: Buffer, from: number, to: number): string {
  return bytes.toString("utf8", from, to > from && bytes[to - 1] === carriageReturn ? to - 1 : to);
}
