import { z } from "zod";

/**
 * What the hub has of the reports of a month: `state` is that of what they follow from, when all of them were sent; of each date a
 * digest of its report and when it was made, ms since the epoch.
 */
const sentMonthSchema = z.object({
  state: z.string(),
  days: z.record(z.string(), z.tuple([z.string(), z.number()])),
});
export type SentMonth = z.output<typeof sentMonthSchema>;

const sentDaysSchema = z.object({
  /** The hub and the node that they were sent as. */
  destination: z.string(),
  /** By heat pump and month. */
  devices: z.record(z.string(), z.record(z.string(), sentMonthSchema)),
});

/** Which reports of days the hub has. */
export type SentDays = z.output<typeof sentDaysSchema>;

/** What an earlier run left for this hub; nothing where it was for another one, or cannot be read. */
export function readSentDays(kept: unknown, destination: string): SentDays {
  const read = sentDaysSchema.safeParse(kept).data;
  return read?.destination === destination ? read : { destination, devices: {} };
}

export function sentMonth({ devices }: SentDays, device: string, month: string): SentMonth {
  return devices[device]?.[month] ?? { state: "", days: {} };
}

export function withSentMonth(sent: SentDays, device: string, month: string, now: SentMonth): SentDays {
  return { ...sent, devices: { ...sent.devices, [device]: { ...sent.devices[device], [month]: now } } };
}
