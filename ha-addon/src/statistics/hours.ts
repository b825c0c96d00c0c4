import { type HourEnergy, hourEnergyOfColumns } from "@heatloop/core/energy/hour-energy";
import { hourMs } from "@heatloop/core/time/durations";
import { previousDate } from "@heatloop/core/time/local-day";
import { type HoursParts, hourDays } from "../archive/hours.ts";

/** A time of the archive with its hours; borders on full hours of UTC, ms since the epoch. */
type HoursChunk = {
  readonly from: number;
  readonly to: number;
  /** In order of time; a start may be there twice, where two local days share the hour. */
  readonly hours: readonly HourEnergy[];
  /** The local dates that have any row. */
  readonly dates: ReadonlySet<string>;
};

/** A month's worth: some hundred kB on the way to Home Assistant and back. */
const daysAtOnce = 31;
const lastDate = "9999-12-31";

/**
 * The hours of a device from a local date on, in chunks that follow each other without a gap up to `until` (a full hour);
 * nothing where the archive has no row from then on.
 */
export async function* hourChunks(
  parts: HoursParts & { readonly date: string; readonly until: number },
): AsyncGenerator<HoursChunk> {
  const { zone, now, electricity, until } = parts;
  // The day before has part of the first hour where days begin at half hours.
  const first = previousDate(parts.date);
  const days = hourDays(parts, previousDate(first), lastDate);
  let from = fullHour(zone.startOf(parts.date));
  let hours: HourEnergy[] = [];
  let dates = new Set<string>();

  function chunk(to: number): HoursChunk {
    const made = { from, to, hours: hours.filter(({ at }) => at >= from && at < to), dates };
    hours = hours.filter(({ at }) => at >= to);
    dates = new Set([...dates].slice(-1));
    from = to;
    return made;
  }

  let any = false;
  for await (const { date, columns } of days) {
    if (date < first) continue;
    any ||= date >= parts.date;
    hours.push(...hourEnergyOfColumns({ date, zone, columns, now, electricity }));
    dates.add(date);
    const to = fullHour(zone.endOf(date));
    if (dates.size > daysAtOnce && to < until) yield chunk(to);
  }
  if (any && from < until) yield chunk(until);
}

/** The start of the hour that a time lies in. */
export function fullHour(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}
