/** The time of a cell, ms since the epoch; undefined where it is not ISO 8601 with offset, to the second. */
export function timeOfCell(cellText: string | undefined): number | undefined {
  if (cellText === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(cellText)) return undefined;
  const at = Date.parse(cellText);
  return Number.isNaN(at) ? undefined : at;
}

/** The number of a cell; null where it is empty or none. */
export function numberOfCell(text: string | undefined): number | null {
  // Number(" ") is 0.
  if (text === undefined || text === "" || text.charCodeAt(0) <= 32) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/**
 * Picks the cells at some positions (-1: nowhere) out of lines of so many cells, and only those; undefined for a line
 * that has another number of them. The result is valid until the next line.
 */
export function cellPicker(
  count: number,
  positions: readonly number[],
): (line: string) => readonly (string | undefined)[] | undefined {
  const picked: (string | undefined)[] = positions.map(() => undefined);
  /** Of each column: the place of its cell among the picked ones, or -1. */
  const places = new Int16Array(count).fill(-1);
  positions.forEach((position, place) => {
    if (position >= 0) places[position] = place;
  });
  return (line) => {
    if (line.includes('"')) {
      const cells = splitRow(line);
      return cells.length === count ? positions.map((position) => cells[position]) : undefined;
    }
    let column = 0;
    let from = 0;
    for (let at = 0; at <= line.length; at += 1) {
      if (at < line.length && line.charCodeAt(at) !== comma) continue;
      const place = places[column] ?? -1;
      if (place >= 0) picked[place] = line.slice(from, at);
      from = at + 1;
      column += 1;
    }
    return column === count ? picked : undefined;
  };
}

const comma = 0x2c;

/** The cells of one line, quoted ones unquoted; none where a quote does not end or text follows it (a torn line). */
export function splitRow(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = line[at] === '"';
    const end = quoted ? endOfQuotes(line, at) : endOfCell(line, at);
    if (end < 0) return [];
    cells.push(quoted ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end));
    if (end >= line.length) return cells;
    at = end + 1;
  }
}

function endOfCell(line: string, from: number): number {
  const end = line.indexOf(",", from);
  return end < 0 ? line.length : end;
}

function endOfQuotes(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at += 1) {
    if (line[at] !== '"') continue;
    if (line[at + 1] === '"') at += 1;
    else return at + 1 === line.length || line[at + 1] === "," ? at + 1 : -1;
  }
  return -1;
}

/** Text that a spreadsheet would calculate, or that was marked as none: it is written with a `'` before it. */
export const calculable = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
