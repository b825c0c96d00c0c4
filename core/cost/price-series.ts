import { dayMs } from "../time/durations.ts";
import type { Zone } from "../time/local-day.ts";
import { instantOf } from "../time/local-time.ts";
import { isSlotBorder, type OpenSlot, type Slot, type SlotSeries } from "../time/slots.ts";
import { decimalNumber } from "./decimal-number.ts";

/** Price per kWh in the tariff's currency by time. */
export type PriceSeries = SlotSeries;

/** Names of a value's column with what their numbers are multiplied by. */
export type ValueColumns = Readonly<Record<string, number>>;

export const priceColumns: ValueColumns = { price: 1, price_per_kwh: 1, price_per_mwh: 0.001 };
export const surplusColumns: ValueColumns = { surplus_w: 1, surplus_kw: 1000 };

/** First line of an archive file of prices, and of one of the PV surplus. */
export const pricesHeader = "start,end,price_per_kwh";
export const surplusHeader = "start,end,surplus_w";

const mostDays = 366;
const startRule = "a time such as 2026-01-31T14:15:00+01:00 on a full 5 minutes";

/** What is wrong with a row: what is there, and what is allowed. */
export type RowMistake = { readonly found: string; readonly allowed: string };

/** Reads the cells of a row. `before`: the start of the row before, which tells the two hours of an autumn night apart. */
export type SlotReader = (cells: readonly string[], before?: number) => OpenSlot | RowMistake;

/**
 * Reads rows under a header of these names: `start` and a value, `end` where there is one, in any order, among others;
 * undefined where there is no start or no value. `start` with an offset, or as local time of the zone.
 * `decimal`: what numbers are written with; with a comma, a point is understood too.
 */
export function slotReader(
  header: readonly string[],
  zone: Zone,
  columns: ValueColumns,
  decimal: "." | "," = ".",
): SlotReader | undefined {
  const names = header.map((name) => name.trim().toLowerCase());
  const startAt = names.indexOf("start");
  const endAt = names.indexOf("end");
  const valueAt = names.findIndex((name) => Object.hasOwn(columns, name));
  if (startAt < 0 || valueAt < 0) return undefined;
  const scale = columns[names[valueAt] ?? ""] ?? 1;
  return (cells, before) => {
    if (cells.length !== names.length) {
      return { found: `${cells.length} cells`, allowed: `${names.length} cells, as in the header` };
    }
    const textAt = (index: number) => cells[index]?.trim() ?? "";
    const startText = textAt(startAt);
    const start = instantOf(startText, zone, before);
    if (start === undefined || !isSlotBorder(start)) return { found: shownCell(startText), allowed: startRule };
    const endText = textAt(endAt);
    const end = endText === "" ? null : (instantOf(endText, zone, start) ?? Number.NaN);
    if (end !== null && !(isSlotBorder(end) && end > start && end - start <= mostDays * dayMs)) {
      return { found: shownCell(endText), allowed: "a time after the start, on a full 5 minutes" };
    }
    const text = textAt(valueAt);
    const value = decimalNumber(decimal === "," ? text.replace(",", ".") : text);
    if (value === undefined) return { found: shownCell(textAt(valueAt)), allowed: "a number such as 0.285" };
    return { start, end, value: value * scale };
  };
}

/** A slot as a line of the archive, without its end. */
export function slotRow({ start, end, value }: Slot, zone: Zone): string {
  return `${zone.isoOf(start)},${zone.isoOf(end)},${Number(value.toPrecision(12))}`;
}

/** What stands in a cell, for a sentence about it; at most 40 characters of it. */
export function shownCell(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return text === "" ? "nothing" : JSON.stringify(short);
}
