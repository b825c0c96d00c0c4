import { splitRow } from "../minute/csv.ts";
import type { Zone } from "../time/local-day.ts";
import { instantOf } from "../time/local-time.ts";
import { closedSlots, isSlotBorder, type OpenSlot, type Slot, type SlotSeries } from "../time/slots.ts";

/** Price per kWh in the tariff's currency by time. */
export type PriceSeries = SlotSeries;

/** A line that can't be read: where (1 is the header), what is there, and what is allowed. */
export type LineMistake = { readonly line: number; readonly found: string; readonly allowed: string };

/** Names of a value's column with what their numbers are multiplied by. */
export type ValueColumns = Readonly<Record<string, number>>;

export const priceColumns: ValueColumns = { price: 1, price_per_kwh: 1, price_per_mwh: 0.001 };
export const surplusColumns: ValueColumns = { surplus_w: 1, surplus_kw: 1000 };

/** First line of an archive file of prices, and of one of the PV surplus. */
export const pricesHeader = "start,end,price_per_kwh";
export const surplusHeader = "start,end,surplus_w";

const mostDays = 366;
const startRule = "a time such as 2026-01-31T14:15:00+01:00 on a full 5 minutes";

/**
 * Reads prices (or another value, by `columns`) from CSV: `start,price` or `start,end,price`, comma, semicolon or tab; a
 * decimal comma where the comma does not separate cells. `start` with an offset, or as local time of the zone. A wrong
 * line is left out and reported; of lines for the same time the last counts.
 */
export function parsePrices(
  text: string,
  zone: Zone,
  columns: ValueColumns = priceColumns,
): { readonly slots: Slot[]; readonly mistakes: LineMistake[] } {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const read = slotReader(lines[0] ?? "", zone, columns);
  if (read === undefined) return { slots: [], mistakes: [headerMistake(lines[0] ?? "", columns)] };
  const slots: OpenSlot[] = [];
  const mistakes: LineMistake[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    if (line.trim() === "") continue;
    const slot = read(line, before);
    if ("allowed" in slot) {
      mistakes.push({ line: i + 1, ...slot });
      continue;
    }
    before = slot.start;
    slots.push(slot);
  }
  return { slots: closedSlots(slots, zone), mistakes };
}

type Refusal = Omit<LineMistake, "line">;

/** Reads the lines under a header; undefined where the header has no start or no value. `before`: the start before. */
export function slotReader(
  header: string,
  zone: Zone,
  columns: ValueColumns,
): ((line: string, before?: number) => OpenSlot | Refusal) | undefined {
  const delimiter = delimiterOf(header);
  const names = cellsOf(header.replace(/^\uFEFF/, ""), delimiter).map((name) => name.toLowerCase());
  const startAt = names.indexOf("start");
  const endAt = names.indexOf("end");
  const valueAt = names.findIndex((name) => Object.hasOwn(columns, name));
  if (startAt < 0 || valueAt < 0) return undefined;
  const scale = columns[names[valueAt] ?? ""] ?? 1;
  return (line, before) => {
    const cells = cellsOf(line, delimiter);
    if (cells.length !== names.length) {
      return { found: `${cells.length} cells`, allowed: `${names.length} cells, as in the header` };
    }
    const startText = cells[startAt] ?? "";
    const start = instantOf(startText, zone, before);
    if (start === undefined || !isSlotBorder(start)) return { found: shown(startText), allowed: startRule };
    const endText = endAt < 0 ? "" : (cells[endAt] ?? "");
    const end = endText === "" ? null : (instantOf(endText, zone, start) ?? Number.NaN);
    if (end !== null && !(isSlotBorder(end) && end > start && end - start <= mostDays * 86_400_000)) {
      return { found: shown(endText), allowed: "a time after the start, on a full 5 minutes" };
    }
    const valueText = cells[valueAt] ?? "";
    const value = numberOf(valueText, delimiter);
    if (value === undefined) return { found: shown(valueText), allowed: "a number such as 0.285" };
    return { start, end, value: value * scale };
  };
}

/** A slot as a line of the archive, without its end. */
export function slotRow({ start, end, value }: Slot, zone: Zone): string {
  return `${zone.isoOf(start)},${zone.isoOf(end)},${Number(value.toPrecision(12))}`;
}

function headerMistake(header: string, columns: ValueColumns): LineMistake {
  const [name = "price"] = Object.keys(columns);
  return { line: 1, found: shown(header), allowed: `a header such as start,${name}` };
}

function delimiterOf(header: string): string {
  const unquoted = header.replaceAll(/"[^"]*"/g, "");
  if (unquoted.includes(";")) return ";";
  return unquoted.includes("\t") ? "\t" : ",";
}

function cellsOf(line: string, delimiter: string): string[] {
  return splitRow(line, delimiter).map((cell) => cell.trim());
}

function numberOf(text: string, delimiter: string): number | undefined {
  const plain = delimiter === "," ? text : text.replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

function shown(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return text === "" ? "nothing" : JSON.stringify(short);
}
