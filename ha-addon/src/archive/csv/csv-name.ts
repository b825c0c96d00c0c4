import { isDate } from "@heatloop/core/time/local-day";

/** What an archive file holds: a row a minute, or a row a transition. */
export type CsvKind = "minutes" | "transitions";

/** How an old file is compressed: Zstandard (RFC 8878) or gzip (RFC 1952). */
const packings = ["zst", "gz"] as const;
export type Packing = (typeof packings)[number];

/** One file of a day; `part` above 1 after the columns changed in the course of it. */
export type CsvName = {
  readonly date: string;
  readonly kind: CsvKind;
  readonly part: number;
  readonly packing?: Packing;
};

const pattern = /^(\d{4}-\d{2}-\d{2})(\.transitions)?(?:\.([1-9]\d{0,5}))?\.csv(?:\.(zst|gz))?$/;

/** Whether a folder of a device is one of its years. */
export function isYearFolder(name: string): boolean {
  return /^\d{4}$/.test(name);
}

/** The name of a file in the folder of a year; undefined for one that is not ours, or is of another year. */
export function nameInYear(entry: string, year: string): CsvName | undefined {
  const name = readCsvName(entry);
  return name?.date.startsWith(year) ? name : undefined;
}

/** `2026-11-21.csv`, `2026-11-21.transitions.csv`, `2026-11-21.2.csv`, `2026-11-21.csv.zst` ... */
export function csvName({ date, kind, part, packing }: CsvName): string {
  const packed = packing === undefined ? "" : `.${packing}`;
  return `${date}${kind === "transitions" ? ".transitions" : ""}${part === 1 ? "" : `.${part}`}.csv${packed}`;
}

/** The reverse of `csvName`; undefined for a file that is not ours. */
export function readCsvName(name: string): CsvName | undefined {
  // Nearly all: a plain day, thousands of which are listed for a request.
  if (name.length === 14 && name.endsWith(".csv")) {
    const date = name.slice(0, 10);
    return isDate(date) ? { date, kind: "minutes", part: 1 } : undefined;
  }
  const match = pattern.exec(name);
  const date = match?.[1];
  if (match === null || date === undefined || !isDate(date)) return undefined;
  const packing = packings.find((each) => each === match[4]);
  const read: CsvName = {
    date,
    kind: match[2] === undefined ? "minutes" : "transitions",
    part: Number(match[3] ?? 1),
    ...(packing !== undefined && { packing }),
  };
  return csvName(read) === name ? read : undefined;
}

/** Names without those whose content is there uncompressed too, as after an end in the middle of compressing. */
export function withoutDoubles(names: readonly CsvName[]): CsvName[] {
  const rank = ({ packing }: CsvName) => (packing === undefined ? 0 : 1 + packings.indexOf(packing));
  const best = new Map<string, CsvName>();
  for (const name of names) {
    const key = `${name.date} ${name.kind} ${name.part}`;
    const other = best.get(key);
    if (other === undefined || rank(name) < rank(other)) best.set(key, name);
  }
  return [...best.values()];
}

/** Whether a text is a device id, and so a safe folder name. */
export function isDeviceId(text: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(text);
}
