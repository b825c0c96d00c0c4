import { addedBills, type Bill } from "@heatloop/core/cost/bill";
import { type BilledDay, dayBillOfColumns } from "@heatloop/core/cost/cost";
import { type DayColumns, noRows } from "@heatloop/core/energy/day-columns";
import { datesBetween } from "@heatloop/core/time/local-day";
import type { SlotArchive } from "@heatloop/ha-addon/archive/slot-archive";

/** The bills of a time by local date, and all of them together. */
export type Bills = { readonly days: ReadonlyMap<string, Bill>; readonly whole: Bill };

/**
 * What a device cost from one local date to another, both included. `days` are its dates in their order, as `readDays` has
 * them; one that is missing has no known electricity. `electricityWhOf` is a day's electricity, Wh, where it is not that of
 * meter or counter.
 */
export async function billedDays(
  parts: Omit<BilledDay, "date" | "prices" | "surplusW" | "electricityWh"> & {
    readonly from: string;
    readonly to: string;
    readonly days: AsyncIterable<{ readonly date: string; readonly columns: DayColumns }>;
    readonly prices: Pick<SlotArchive, "series">;
    readonly surplus: Pick<SlotArchive, "series">;
    readonly electricityWhOf?: (date: string) => number | null | undefined;
  },
): Promise<Bills> {
  const { from, to, now, zone, tariff, electricity } = parts;
  const shared = { zone, now, tariff, electricity };
  const prices = await parts.prices.series(from, to);
  const surplusW = await parts.surplus.series(from, to);
  const billOf = (date: string, columns: DayColumns) =>
    dayBillOfColumns({ ...shared, date, columns, prices, surplusW, electricityWh: parts.electricityWhOf?.(date) });
  const known = new Map<string, Bill>();
  for await (const { date, columns } of parts.days) {
    if (date >= from && date <= to) known.set(date, billOf(date, columns));
  }
  const begun = datesBetween(from, to).filter((date) => zone.startOf(date) <= now);
  const days = new Map(begun.map((date) => [date, known.get(date) ?? billOf(date, noRows)]));
  return { days, whole: addedBills(days.values()) };
}
