import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { type HourEnergy, hourEnergyOfColumns } from "@heatloop/core/energy/hour-energy";
import { heatFormula, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import { hourMs } from "@heatloop/core/time/durations";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { type ReadDay, readDays, scannersNeeded } from "../archive/columns.ts";
import type { CsvReading } from "../archive/csv/csv-reading.ts";
import { openScanners } from "../archive/scan/open-scanners.ts";

/** A time of the archive with its hours; borders on full hours of UTC, ms since the epoch. */
type HoursChunk = {
  readonly from: number;
  readonly to: number;
  /** In order of time; a start may be there twice, where two local days share the hour. */
  readonly hours: readonly HourEnergy[];
  /** The local dates that have any row. */
  readonly dates: ReadonlySet<string>;
};

/** A device in the archive, and what its hours follow from beside its minutes. */
type HoursParts = {
  readonly files: Pick<CsvReading, "minuteFiles" | "load">;
  readonly device: string;
  readonly zone: Zone;
  readonly now: number;
  readonly electricity: ElectricitySetup;
  readonly water: WaterSetup;
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
  const days = daysOf(parts, previousDate(first), lastDate);
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

/**
 * The hours of a device between two local dates, both included, in order of time; a start may be there twice, where two
 * local days share the hour.
 */
export async function hoursBetween(
  parts: HoursParts & { readonly from: string; readonly to: string },
): Promise<readonly HourEnergy[]> {
  const { from, to, zone, now, electricity } = parts;
  const hours: HourEnergy[] = [];
  for await (const { date, columns } of daysOf(parts, previousDate(from), nextDate(to))) {
    if (from <= date && date <= to) hours.push(...hourEnergyOfColumns({ date, zone, columns, now, electricity }));
  }
  return hours;
}

/** The days of the files of some dates, both included. */
function daysOf({ files, device, zone, water }: HoursParts, first: string, last: string): AsyncGenerator<ReadDay> {
  return readDays({
    files: files.minuteFiles(device, first, last).files,
    load: files.load,
    zone,
    scanners: openScanners(scannersNeeded),
    formula: heatFormula(water),
    report: () => undefined,
  });
}

/** The start of the hour that a time lies in. */
export function fullHour(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}
