import { decimalNumber } from "@heatloop/core/cost/decimal-number";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { instantOf } from "@heatloop/core/time/local-time";
import { closedSlots, isSlotBorder, type OpenSlot, type Slot } from "@heatloop/core/time/slots";
import { parseJson } from "@heatloop/program/json-text";

export type PriceEntry = Readonly<Record<string, unknown>>;

/** The keys of an entry that hold its start, its end where it has one, and its price. */
export type EntryKeys = { readonly start: string; readonly end?: string; readonly price: string };

export type ReadEntries = {
  readonly slots: readonly Slot[];
  /** The first entry whose price is there but cannot be read, as text for a person; undefined: there is none. */
  readonly unread: string | undefined;
  /** Entries whose price is not out yet. */
  readonly empty: number;
};

/** Entries as slots; `scale` makes their prices money per kWh. */
export function readEntries(
  entries: readonly PriceEntry[],
  { start: startKey, end: endKey, price: priceKey }: EntryKeys,
  zone: Zone,
  scale: number,
): ReadEntries {
  const slots: OpenSlot[] = [];
  let unread: string | undefined;
  let empty = 0;
  for (const entry of entries) {
    const given = entry[priceKey];
    if (given === null || given === undefined || given === "") {
      empty += 1;
      continue;
    }
    const start = timeOf(entry[startKey], zone, slots.at(-1)?.start);
    const price = toPrecision(numberFrom(given) * scale);
    if (start === undefined || !Number.isFinite(price)) {
      unread ??= `${startKey}: ${shown(entry[startKey])}, ${priceKey}: ${shown(given)}`;
      continue;
    }
    const end = endKey === undefined ? undefined : timeOf(entry[endKey], zone, start);
    slots.push({ start, end: end !== undefined && end > start ? end : null, value: price });
  }
  return { slots: closedSlots(slots, zone), unread, empty };
}

/** A list of objects, also written as JSON, as a template makes it; undefined where it is something else. */
export function entriesIn(value: unknown): PriceEntry[] | undefined {
  const list = typeof value === "string" && value.trimStart().startsWith("[") ? parsed(value) : value;
  if (!Array.isArray(list)) return undefined;
  return list.filter(
    (entry): entry is PriceEntry => typeof entry === "object" && entry !== null && !Array.isArray(entry),
  );
}

function parsed(text: string): unknown {
  const json = parseJson(text);
  return json.ok ? json.value : undefined;
}

/** A time on a full 5 minutes: written, or as seconds or milliseconds since the epoch. */
function timeOf(value: unknown, zone: Zone, after: number | undefined): number | undefined {
  const at =
    typeof value === "number" ? epochMs(value) : typeof value === "string" ? instantOf(value, zone, after) : undefined;
  return at !== undefined && isSlotBorder(at) ? at : undefined;
}

function epochMs(value: number): number | undefined {
  if (value >= 1e12 && value < 1e13) return value;
  return value >= 1e9 && value < 1e10 ? value * secondMs : undefined;
}

/** A number, or one written with a decimal point; NaN where it is something else. */
export function numberFrom(value: unknown): number {
  if (typeof value === "number") return value;
  return (typeof value === "string" ? decimalNumber(value.trim()) : undefined) ?? Number.NaN;
}

/** Without the noise of binary fractions, so that the same price is the same again. */
export function toPrecision(value: number): number {
  return Number(value.toPrecision(12));
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? "nothing");
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
