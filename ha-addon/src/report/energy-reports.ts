import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { cycleReports } from "@heatloop/core/events/cycle-report";
import { eventsReport, lowestFrequency } from "@heatloop/core/events/events-report";
import { heatFormula } from "@heatloop/core/heat/heat-formula";
import { type ComparedDay, type Comparison, comparePeriods } from "@heatloop/core/house/compare-periods";
import { comparedDayOf } from "@heatloop/core/house/compared-day";
import { houseReport } from "@heatloop/core/house/house-report";
import { type Report, type ReportBills, report } from "@heatloop/core/report";
import { dateAfter, nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { ReportUnit } from "@heatloop/core/time/report-unit";
import type { Archive } from "../archive/archive.ts";
import { readDays, scannersNeeded } from "../archive/columns.ts";
import type { CsvReading } from "../archive/csv-reading.ts";
import type { EventDays } from "../archive/event-days.ts";
import { openScanners, type Scanners } from "../archive/scan/open-scanners.ts";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { inTurn } from "../base/in-turn.ts";
import { electricitySetup } from "../settings/electricity-settings.ts";
import { houseSetup, unitLimits, waterSetup } from "../settings/house-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { costOptionsOf, isPriced, tariffOf } from "../settings/tariff-contracts.ts";
import { billsOf } from "./bills.ts";

/**
 * A range of local dates, both included; `unit` divides it, by its length where it is left out. `happened` false: the
 * minutes are not gone through for what happened, nor for the house. `house` false: nothing is learned from the year
 * before. Both take a while the first time: once `timesUp` resolves, the report is told without what is not made yet.
 */
export type ReportRequest = {
  readonly from: string;
  readonly to: string;
  readonly unit?: ReportUnit | undefined;
  readonly happened?: boolean;
  readonly house?: boolean;
  readonly timesUp?: Promise<unknown>;
};

export type EnergyReports = {
  report(device: string, wish: ReportRequest, now: number): Promise<Report>;
  /** Two periods with the weather taken out. */
  compare(device: string, before: ReportRequest, after: ReportRequest, now: number): Promise<Comparison>;
};

/** The house and the meters are learned from so many days before the end of a report. */
const learnedDays = 365;

/** Whole reports from the archive and the settings: energy, cost, what happened, and the house. */
export function energyReports(parts: {
  readonly archive: Pick<Archive, "days" | "daysAndFindings">;
  readonly files: Pick<CsvReading, "minuteFiles" | "load">;
  readonly happened: EventDays;
  readonly prices: Pick<SlotArchive, "series">;
  readonly surplus: Pick<SlotArchive, "series">;
  readonly settings: () => Settings;
  readonly zone: () => Zone;
}): EnergyReports {
  const { archive, files } = parts;
  let scanners: Scanners | undefined;
  /** In turn, as they share their scanners. */
  const bill = inTurn(billsOf);

  /** Where neither meter nor counter told the whole of a day's electricity, the controller's totals may have. */
  async function bills(
    device: string,
    { from, to }: ReportRequest,
    now: number,
    energy: readonly DayEnergy[],
  ): Promise<ReportBills | undefined> {
    const { tariff: setting, electricity } = parts.settings();
    if (!isPriced(setting)) return undefined;
    const zone = parts.zone();
    const uncounted = new Map(
      energy.filter(isByController).map(({ date, sources }) => [date, sources.electricity?.wh ?? null]),
    );
    const { days } = await bill({
      from,
      to,
      zone,
      now,
      tariff: tariffOf(setting),
      electricity: electricitySetup(electricity),
      days: columnsOf(device, from, to, zone),
      prices: parts.prices,
      surplus: parts.surplus,
      electricityWhOf: (date) => uncounted.get(date),
    });
    return { days, options: costOptionsOf(setting) };
  }

  function columnsOf(device: string, from: string, to: string, zone: Zone) {
    scanners ??= openScanners(scannersNeeded);
    return readDays({
      files: files.minuteFiles(device, previousDate(from), nextDate(to)).files,
      load: files.load,
      zone,
      scanners,
      formula: heatFormula(waterSetup(parts.settings().house)),
      report: () => undefined,
    });
  }

  function happenedIn(device: string, range: { readonly from: string; readonly to: string }, now: number) {
    const { electricity, house } = parts.settings();
    const facts: ElectricitySetup = electricitySetup(electricity);
    return parts.happened(
      device,
      { ...range, now },
      { zone: parts.zone(), electricity: facts, water: waterSetup(house), limits: unitLimits(house) },
    );
  }

  /** The logged days of a period as they are compared. */
  async function comparedDays(device: string, { from, to }: ReportRequest, now: number): Promise<ComparedDay[]> {
    const days = await archive.days(device, from, to, now);
    const happened = await happenedIn(device, { from, to }, now);
    const lowestHz = lowestFrequency(happened);
    const cycles = cycleReports(
      happened.map((day) => day.cycles),
      lowestHz,
    );
    return days.flatMap((day) => {
      const at = happened.findIndex(({ date }) => date === day.date);
      const outdoorC = happened[at]?.outdoor.meanC ?? null;
      return day.complete ? [comparedDayOf(day, outdoorC, cycles[at] ?? null)] : [];
    });
  }

  async function happenedAndHouse(device: string, wish: ReportRequest, now: number, days: readonly DayEnergy[]) {
    if (wish.happened === false) return {};
    const { from, to, timesUp } = wish;
    const learned = { from: days[0]?.date ?? from, to };
    // What can be told soon comes first.
    const soon = timesUp && learned.from < from ? await unless(timesUp, happenedIn(device, { from, to }, now)) : null;
    const happened = await unless(timesUp, happenedIn(device, learned, now));
    const known = happened ?? soon;
    if (known === null) return { pending: true };
    const { house } = parts.settings();
    const inRange = known.filter(({ date }) => date >= from);
    const energy = days.filter(({ date }) => date >= from);
    const told = eventsReport(inRange, energy, lowestFrequency(known));
    if (happened === null) return { events: told, pending: true };
    if (wish.house === false) return { events: told };
    const byDate = new Map(happened.map((day) => [day.date, day]));
    const zone = parts.zone();
    return {
      events: told,
      house: houseReport({ from, to, zone, now, days, events: byDate, setup: houseSetup(house) }),
    };
  }

  return {
    async report(device, wish, now) {
      const { from, to } = wish;
      const zone = parts.zone();
      const learnedFrom = dateAfter(to, -learnedDays);
      const isLearned = wish.house !== false && learnedFrom < from;
      const { days, findings } = await archive.daysAndFindings(device, isLearned ? learnedFrom : from, to, now);
      const logged = days.filter(({ loggedMinutes }) => loggedMinutes > 0);
      const told = await happenedAndHouse(device, wish, now, logged);
      const archiveFindings = findings.filter(({ file }) => isIn(file, previousDate(from), nextDate(to)));
      const billed = await bills(device, wish, now, days);
      return report({ device, from, to, unit: wish.unit, zone, now, days, bills: billed, archiveFindings, ...told });
    },
    async compare(device, before, after, now) {
      return comparePeriods(await comparedDays(device, before, now), await comparedDays(device, after, now));
    },
  };
}

/** Whether no counter told a day's electricity, and no meter the whole of it. */
function isByController({ electricityWh, sources: { electricity } }: DayEnergy): boolean {
  if (electricityWh === null) return true;
  return electricity?.source === "controller" && !electricity.others.some(({ source }) => source === "counter");
}

/** What work comes to, or null where the time is up before; the work goes on, and what it keeps is there the next time. */
function unless<T>(timesUp: Promise<unknown> | undefined, work: Promise<T>): Promise<T | null> {
  return timesUp === undefined ? work : Promise.race([work, timesUp.then(() => null)]);
}

/** Whether a finding concerns dates from one to another: it is of a file of theirs, or of no file of a date. */
function isIn(file: string | null, from: string, to: string): boolean {
  const date = /(\d{4}-\d\d-\d\d)[^/\\]*$/.exec(file ?? "")?.[1];
  return date === undefined || (date >= from && date <= to);
}
