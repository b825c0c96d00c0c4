import { energyColumns } from "@heatloop/core/energy/day-columns";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { heatFormula, usualWater, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { inTurn } from "../base/in-turn.ts";
import { scannersNeeded } from "./columns.ts";
import type { MinuteReading } from "./csv-minute-files.ts";
import { datesIn, runsOf } from "./dates.ts";
import type { FinishedDays, StoredDays } from "./day-cache.ts";
import { type ArchiveFinding, foreignFindings, gapFindings, heatlessFindings } from "./day-findings.ts";
import { dayFormula } from "./day-formula.ts";
import { type DaySetup, type DaySummary, summarizeDays } from "./day-summaries.ts";
import { openScanners, type Scanners } from "./scan/open-scanners.ts";

/**
 * The days of a range that have any minute, or whose totals the controller reported on the day after; and the faults in
 * the files that they follow from.
 */
export type ArchiveDays = { readonly days: readonly DayEnergy[]; readonly findings: readonly ArchiveFinding[] };

/**
 * Reads days from the archive, one request after the other: they share their scanners. Days that `summaries` know are
 * not read again; without it all are.
 */
export function archiveDays(parts: {
  readonly files: MinuteReading;
  readonly zone: () => Zone;
  readonly summaries?: FinishedDays<DaySummary> | undefined;
  readonly electricity?: (() => ElectricitySetup) | undefined;
  readonly water?: (() => WaterSetup) | undefined;
}): (device: string, from: string, to: string, now: number) => Promise<ArchiveDays> {
  const { files } = parts;
  let scanners: Scanners | undefined;

  async function read(device: string, from: string, to: string, now: number): Promise<ArchiveDays> {
    const zone = parts.zone();
    const electricity = parts.electricity?.();
    const water = parts.water?.() ?? usualWater;
    const setup: DaySetup = { zone, now, electricity, formula: heatFormula(water) };
    const [first, last] = [previousDate(from), nextDate(nextDate(to))];
    const listed = files.minuteFiles(device, first, last);
    const byDate = Map.groupBy(listed.files, (file) => file.date);
    const stored = parts.summaries?.open({
      basis: [dayFormula, zone.name, electricity, water, energyColumns],
      files: byDate,
      from: first,
      to: last,
    });
    const { known, missing } = storedOf(stored, device, datesIn(byDate.keys(), from, to));
    const settled = previousDate(zone.dateOf(now));
    const writer = stored?.writer(device);
    try {
      for (const dates of runsOf(missing)) {
        scanners ??= openScanners(scannersNeeded);
        const summaries = summarizeDays({ dates, files: listed.files, load: files.load, scanners, setup });
        for await (const [date, summary] of summaries) {
          known.set(date, summary);
          if (date < settled) writer?.add(date, summary);
        }
      }
    } finally {
      writer?.end();
    }
    const ordered = missing.length === 0 ? [...known] : [...known].sort(([a], [b]) => (a < b ? -1 : 1));
    return archiveDaysOf(
      ordered.map(([, summary]) => summary),
      listed.foreign,
    );
  }

  return inTurn(read);
}

/** The days that are stored, and the dates of those that are not. */
function storedOf(stored: StoredDays<DaySummary> | undefined, device: string, dates: readonly string[]) {
  const known = new Map<string, DaySummary>();
  const missing: string[] = [];
  for (const date of dates) {
    const summary = stored?.get(device, date);
    if (summary === undefined) missing.push(date);
    else known.set(date, summary);
  }
  return { known, missing };
}

function archiveDaysOf(summaries: readonly DaySummary[], foreign: readonly string[]): ArchiveDays {
  const days = summaries.flatMap(({ day }) => (day === null ? [] : [day]));
  const findings = summaries.flatMap((summary) => summary.findings);
  return {
    days,
    findings: [...findings, ...foreignFindings(foreign), ...gapFindings(days), ...heatlessFindings(days)],
  };
}
