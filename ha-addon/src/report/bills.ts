import { addedBills, type Bill } from "@heatloop/core/cost/bill";
import { type BilledDay, dayBillOfColumns } from "@heatloop/core/cost/cost";
import { columnsOfMinutes, type DayColumns } from "@heatloop/core/energy/day-columns";
import { datesBetween } from "@heatloop/core/time/local-day";
import type { SlotArchive } from "../archive/slot-archive.ts";

/** The bills of a time by local date, and all of them together. */
export type Bills = { readonly days: ReadonlyMap<string, Bill>; readonly whole: Bill };

/**
 * What a device cost from one local date to another, both included, from the archive alone. `days` are its dates in their
 * order, as `readDays` has them; one that is missing has no known electricity, and one that has not begun is left out.
 * `electricityWhOf` is a day's electricity, Wh, where it is not that of meter or counter; undefined: it is.
 */
export async function billsOf(
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
  const prices = await parts.prices.series(from, to);
  const surplusW = await parts.surplus.series(from, to);
  const known = new Map<string, Bill>();
  const billOf = (date: string, columns: DayColumns) => {
    const electricityWh = parts.electricityWhOf?.(date);
    return dayBillOfColumns({ date, zone, columns, now, tariff, prices, surplusW, electricity, electricityWh });
  };
  for await (const { date, columns } of parts.days) {
    if (date >= from && date <= to) known.set(date, billOf(date, columns));
  }
  const days = new Map<string, Bill>();
  for (const date of datesBetween(from, to)) {
    if (zone.startOf(date) > now) break;
    days.set(date, known.get(date) ?? billOf(date, columnsOfMinutes([])));
  }
  return { days, whole: addedBills(days.values()) };
}
