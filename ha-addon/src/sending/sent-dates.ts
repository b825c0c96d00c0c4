import { z } from "zod";

/**
 * What was sent of a local date: its minutes before `until` (ms since the epoch), `minutes` of them, and its first
 * `transitions`. `state` is that of its files when all of them was sent; empty while some is not.
 */
const sentDateSchema = z.object({
  state: z.string(),
  until: z.number(),
  minutes: z.int(),
  transitions: z.int(),
});
export type SentDate = z.output<typeof sentDateSchema>;

export const nothingSent: SentDate = { state: "", until: 0, minutes: 0, transitions: 0 };

const sentDatesSchema = z.object({
  /** The database that it was sent to. */
  destination: z.string(),
  /** Dates that became too old before they were sent. */
  skippedDays: z.int(),
  /** By heat pump and local date. */
  devices: z.record(z.string(), z.record(z.string(), sentDateSchema)),
});

/** How far the archive was sent: a place in it and no copy of its rows, so that it stays small however long an outage is. */
export type SentDates = z.output<typeof sentDatesSchema>;

/** What an earlier run left for this database; nothing where it was for another one, or cannot be read. */
export function readSentDates(kept: unknown, destination: string): SentDates {
  const read = sentDatesSchema.safeParse(kept).data;
  return read?.destination === destination ? read : { destination, skippedDays: 0, devices: {} };
}

export function sentOf({ devices }: SentDates, device: string, date: string): SentDate {
  return devices[device]?.[date] ?? nothingSent;
}

export function withSent(dates: SentDates, device: string, date: string, sent: SentDate): SentDates {
  const ofDevice = { ...dates.devices[device], [date]: sent };
  return { ...dates, devices: { ...dates.devices, [device]: ofDevice } };
}

/** The dates of an archive from the first one that was sent of it to the day before `from`: what is no longer followed. */
export function datesLeft(dates: SentDates, device: string, archived: readonly string[], from: string): string[] {
  const first = Object.keys(dates.devices[device] ?? {}).sort()[0];
  return first === undefined ? [] : archived.filter((date) => date >= first && date < from);
}

/** Without what is older than `from` of a heat pump, of which `skipped` dates were not sent. */
export function withoutOld(dates: SentDates, device: string, from: string, skipped: number): SentDates {
  const kept = Object.entries(dates.devices[device] ?? {}).filter(([date]) => date >= from);
  const devices = { ...dates.devices, [device]: Object.fromEntries(kept) };
  return { ...dates, skippedDays: dates.skippedDays + skipped, devices };
}
