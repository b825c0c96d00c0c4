import { addedBills, type Bill } from "@heatloop/core/bill";
import { dayBill } from "@heatloop/core/cost";
import { datesBetween, type Zone } from "@heatloop/core/local-day";
import type { Tariff } from "@heatloop/core/tariff";
import type { Archive } from "./archive.ts";
import type { SlotArchive } from "./slot-archive.ts";

/** The bills of a time by local date, and all of them together. */
export type Bills = { readonly days: ReadonlyMap<string, Bill>; readonly whole: Bill };

/**
 * What a device cost from one local date to another, both included, from the archive alone; days that have not begun are left
 * out, a day without rows is one whose electricity is not known. `electricityWh` tells a day's electricity, Wh, where it
 * is not the counter's; undefined: it is.
 */
export async function billsOf(parts: {
  readonly device: string;
  readonly from: string;
  readonly to: string;
  readonly now: number;
  readonly zone: Zone;
  readonly tariff: Tariff;
  readonly archive: Pick<Archive, "minutesOf">;
  readonly prices: Pick<SlotArchive, "series">;
  readonly surplus: Pick<SlotArchive, "series">;
  readonly electricityWh?: (date: string) => number | null | undefined;
}): Promise<Bills> {
  const { device, from, to, now, zone, tariff } = parts;
  const prices = await parts.prices.series(from, to);
  const surplusW = await parts.surplus.series(from, to);
  const days = new Map<string, Bill>();
  for (const date of datesBetween(from, to)) {
    if (zone.startOf(date) > now) break;
    const minutes = await parts.archive.minutesOf(device, date);
    const electricityWh = parts.electricityWh?.(date);
    const taken = electricityWh === undefined ? {} : { electricityWh };
    days.set(date, dayBill({ date, zone, minutes, now, tariff, prices, surplusW, ...taken }));
  }
  return { days, whole: addedBills(days.values()) };
}
