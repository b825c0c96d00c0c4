import { growingSlots, type Slot, type SlotSeries } from "@heatloop/core/time/slots";

/** A series of which nothing is known. */
export const noSlots: SlotSeries = { at: () => null };

/** The series of some slots; where two overlap, the later one counts. */
export function slotSeries(slots: Iterable<Slot>): SlotSeries {
  const series = growingSlots();
  for (const slot of slots) series.add(slot);
  return series;
}
