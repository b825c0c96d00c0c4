import { energyColumns } from "@heatloop/core/energy/day-columns";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { heatFormula, usualWater, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { ArchiveProblem } from "@heatloop/core/report";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { queued } from "../base/queue.ts";
import { scannersNeeded } from "./columns.ts";
import type { MinuteFile, MinuteReading } from "./csv/csv-minute-files.ts";
import { datesIn } from "./dates.ts";
import type { DayCache, DayCacheRange } from "./day-cache.ts";
import { dayFormula } from "./day-formula.ts";
import { foreignProblems, gapProblems, heatlessProblems } from "./day-problems.ts";
import { type DaySetup, type DaySummary, filesOfDays, summarizeDays } from "./day-summaries.ts";
import { requestedDays } from "./requested-days.ts";
import { openScanners, type Scanners } from "./scan/open-scanners.ts";

/**
 * The days of a range that have any minute, or whose totals the controller reported on the day after; and the faults in
 * the files that they follow from.
 */
export type ArchiveDays = { readonly days: readonly DayEnergy[]; readonly problems: readonly ArchiveProblem[] };

/**
 * Reads days from the archive, one request after the other: they share their scanners. Days that `summaries` know are
 * not read again; without it all are.
 */
export function archiveDays(parts: {
  readonly files: MinuteReading;
  readonly zone: () => Zone;
  readonly summaries?: DayCache<DaySummary> | undefined;
  readonly electricity?: (() => ElectricitySetup) | undefined;
  readonly water?: (() => WaterSetup) | undefined;
}): (device: string, from: string, to: string, now: number) => Promise<ArchiveDays> {
  const { files } = parts;
  let scanners: Scanners | undefined;

  async function read(device: string, from: string, to: string, now: number): Promise<ArchiveDays> {
    const setup = daySetup(parts, now);
    const { files: listed, foreign, range, dates, firstOpenDate } = listDays(files, device, { from, to }, setup);
    const days = requestedDays({
      ...{ cache: parts.summaries, device, dates, firstOpenDate, inMemory: true },
      range: { ...range, basis: summaryBasis(setup) },
    });
    try {
      if (days.missing.size > 0) {
        scanners ??= openScanners(scannersNeeded);
        const wanted = filesOfDays(listed, (date) => days.missing.has(date));
        const made = summarizeDays({ dates: days.missing, files: wanted, load: files.load, scanners, setup });
        for await (const [date, summary] of made) days.add(date, summary);
      }
    } finally {
      days.end();
    }
    return archiveDaysOf([...days.all().values()], foreign);
  }

  return queued(read);
}

/** What the days follow from now, beside the files. */
export function daySetup(
  parts: {
    readonly zone: () => Zone;
    readonly electricity?: (() => ElectricitySetup) | undefined;
    readonly water?: (() => WaterSetup) | undefined;
  },
  now: number,
): DaySetup {
  const water = parts.water?.() ?? usualWater;
  return { zone: parts.zone(), now, electricity: parts.electricity?.(), water, formula: heatFormula(water) };
}

/** The same as plain data, which can be stored and compared. */
export function summaryBasis({ zone, electricity, water }: DaySetup): readonly unknown[] {
  return [dayFormula, zone.name, electricity, water, energyColumns];
}

/** What the archive has of a device's days in a range of local dates, both included, before any file is read. */
export function listDays(
  files: Pick<MinuteReading, "minuteFiles">,
  device: string,
  { from, to }: { readonly from: string; readonly to: string },
  { zone, now }: Pick<DaySetup, "zone" | "now">,
): {
  readonly files: readonly MinuteFile[];
  readonly foreign: readonly string[];
  readonly range: Omit<DayCacheRange, "basis">;
  /** The dates that any file can have rows of, in order. */
  readonly dates: readonly string[];
  /** The first date that is not finished. */
  readonly firstOpenDate: string;
} {
  const [first, last] = [previousDate(from), nextDate(nextDate(to))];
  const listed = files.minuteFiles(device, first, last);
  const byDate = Map.groupBy(listed.files, ({ date }) => date);
  return {
    ...listed,
    range: { files: byDate, from: first, to: last },
    dates: datesIn(byDate.keys(), from, to),
    firstOpenDate: previousDate(zone.dateOf(now)),
  };
}

/** The days among summaries, in order of dates, and all problems of them. */
export function archiveDaysOf(summaries: readonly DaySummary[], foreign: readonly string[]): ArchiveDays {
  const days = summaries.flatMap(({ day }) => (day === null ? [] : [day]));
  const problems = summaries.flatMap((summary) => summary.problems);
  return {
    days,
    problems: [...problems, ...foreignProblems(foreign), ...gapProblems(days), ...heatlessProblems(days)],
  };
}
