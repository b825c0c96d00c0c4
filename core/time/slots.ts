import { hourMs, minuteMs } from "./durations.ts";
import type { Zone } from "./local-day.ts";

/** All slots begin and end on a full 5 minutes, as in every market. */
export const cellMs = 5 * minuteMs;

/** A value that holds from one time to another, ms since the epoch; `end` is not in it. */
export type Slot = { readonly start: number; readonly end: number; readonly value: number };

/** The value at each time; null where it is not known. */
export type SlotSeries = { at(time: number): number | null };

/** Whether a time can be the border of a slot. */
export function isSlotBorder(at: number): boolean {
  return at % cellMs === 0;
}

/** A series that grows: where slots overlap, the one that was added last counts. */
export type GrowingSlots = SlotSeries & {
  add(slot: Slot): void;
  /** Whether the whole of a slot is known with its value. */
  has(slot: Slot): boolean;
};

/** A series that is empty yet. */
export function growingSlots(): GrowingSlots {
  const cells = new Map<number, number>();
  return {
    at: (time) => cells.get(Math.floor(time / cellMs)) ?? null,
    add({ start, end, value }) {
      for (let at = start; at < end; at += cellMs) cells.set(Math.floor(at / cellMs), value);
    },
    has({ start, end, value }) {
      for (let at = start; at < end; at += cellMs) if (cells.get(Math.floor(at / cellMs)) !== value) return false;
      return true;
    },
  };
}

/** A slot as pieces that lie in one local date each. */
export function slotsByDate({ start, end, value }: Slot, zone: Zone): Slot[] {
  const pieces: Slot[] = [];
  for (let at = start; at < end; ) {
    const to = Math.min(end, zone.endOf(zone.dateOf(at)));
    pieces.push({ start: at, end: to, value });
    at = to;
  }
  return pieces;
}

/** A slot whose end may not be given. */
export type OpenSlot = Omit<Slot, "end"> & { readonly end: number | null };

/**
 * Slots with their ends. Where none is given a value holds until the next one, but no longer than the usual step of
 * its local day, which is the shortest there, at most an hour: what is missing in between stays unknown.
 */
export function closedSlots(slots: readonly OpenSlot[], zone: Zone): Slot[] {
  const starts = [...new Set(slots.map(({ start }) => start))].sort((a, b) => a - b);
  const nextOf = new Map<number, number>();
  const stepOf = new Map<string, number>();
  starts.forEach((start, i) => {
    const next = starts[i + 1];
    if (next === undefined) return;
    nextOf.set(start, next);
    const date = zone.dateOf(start);
    if (zone.dateOf(next) === date) stepOf.set(date, Math.min(stepOf.get(date) ?? hourMs, next - start));
  });
  return slots.map(({ start, end, value }) => {
    const step = stepOf.get(zone.dateOf(start)) ?? hourMs;
    return { start, end: end ?? Math.min(nextOf.get(start) ?? Number.POSITIVE_INFINITY, start + step), value };
  });
}
