import { energyColumns } from "@heatloop/core/day-columns";
import type { DayEnergy } from "@heatloop/core/day-energy";
import type { ElectricityFacts } from "@heatloop/core/electricity-facts";
import { happenedReport, lowestFrequency } from "@heatloop/core/happened-report";
import { houseReport } from "@heatloop/core/house-report";
import { dateAfter, nextDate, previousDate, type Zone } from "@heatloop/core/local-day";
import { type Report, type ReportBills, report } from "@heatloop/core/report";
import type { ReportUnit } from "@heatloop/core/report-unit";
import type { Archive } from "./archive.ts";
import { readDays, scannersNeeded } from "./archive-columns.ts";
import { billsOf } from "./bills.ts";
import type { CsvReading } from "./csv-reading.ts";
import { electricityFacts } from "./electricity-settings.ts";
import type { HappenedDays } from "./happened-days.ts";
import { houseFacts, unitLimits } from "./house-settings.ts";
import { openScanner } from "./scan/open-scanner.ts";
import type { Settings } from "./settings.ts";
import type { SlotArchive } from "./slot-archive.ts";
import { costOptionsOf, isPriced, tariffOf } from "./tariff-contracts.ts";

/**
 * A range of local dates, both included; `unit` divides it, by its length where it is left out. `house` false: nothing is
 * learned from the year before, which takes a while the first time.
 */
export type ReportWish = {
  readonly from: string;
  readonly to: string;
  readonly unit?: ReportUnit | undefined;
  readonly house?: boolean;
};

export type EnergyReports = {
  report(device: string, wish: ReportWish, now: number): Promise<Report>;
};

/** The house and the meters are learned from so many days before the end of a report. */
const learnedDays = 365;

/** Whole reports from the archive and the settings: energy, cost, what happened, and the house. */
export function energyReports(parts: {
  readonly archive: Pick<Archive, "days">;
  readonly files: Pick<CsvReading, "minuteFiles" | "load">;
  readonly happened: HappenedDays;
  readonly prices: Pick<SlotArchive, "series">;
  readonly surplus: Pick<SlotArchive, "series">;
  readonly settings: () => Settings;
  readonly zone: () => Zone;
}): EnergyReports {
  const { archive, files } = parts;

  async function bills(device: string, { from, to }: ReportWish, now: number): Promise<ReportBills | undefined> {
    const { tariff: setting, electricity } = parts.settings();
    if (!isPriced(setting)) return undefined;
    const zone = parts.zone();
    const { days } = await billsOf({
      from,
      to,
      zone,
      now,
      tariff: tariffOf(setting),
      electricity: electricityFacts(electricity),
      days: columnsOf(device, from, to, zone),
      prices: parts.prices,
      surplus: parts.surplus,
    });
    return { days, options: costOptionsOf(setting) };
  }

  function columnsOf(device: string, from: string, to: string, zone: Zone) {
    return readDays({
      files: files.minuteFiles(device, previousDate(from), nextDate(to)).files,
      load: files.load,
      zone,
      scanners: Array.from({ length: scannersNeeded }, () => openScanner(energyColumns)),
      found: () => undefined,
    });
  }

  async function happenedAndHouse(device: string, wish: ReportWish, now: number, days: readonly DayEnergy[]) {
    const { from, to } = wish;
    const { electricity, house } = parts.settings();
    const zone = parts.zone();
    const facts: ElectricityFacts = electricityFacts(electricity);
    const basis = { zone, electricity: facts, limits: unitLimits(house) };
    const first = days[0]?.date ?? from;
    const happened = await parts.happened(device, { from: first, to, now }, basis);
    const inRange = happened.filter(({ date }) => date >= from);
    const energy = days.filter(({ date }) => date >= from);
    const byDate = new Map(happened.map((day) => [day.date, day]));
    return {
      happened: happenedReport(inRange, energy, lowestFrequency(happened)),
      house:
        wish.house === false
          ? null
          : houseReport({ from, to, zone, now, days, happened: byDate, facts: houseFacts(house) }),
    };
  }

  return {
    async report(device, wish, now) {
      const { from, to } = wish;
      const zone = parts.zone();
      const learnedFrom = dateAfter(to, -learnedDays);
      const isLearned = wish.house !== false && learnedFrom < from;
      const days = await archive.days(device, isLearned ? learnedFrom : from, to, now);
      const told = await happenedAndHouse(device, wish, now, days);
      return report({ device, ...wish, zone, now, days, bills: await bills(device, wish, now), ...told });
    },
  };
}
