import type { Bill } from "./cost/bill.ts";
import type { CostOptions, CostReport } from "./cost/cost-report.ts";
import { periodCosts } from "./cost/period-costs.ts";
import type { Boundary } from "./energy/boundary.ts";
import { type ControllerComparison, controllerComparison } from "./energy/controller-comparison.ts";
import type { DayEnergy } from "./energy/day-energy.ts";
import type { HourEnergy } from "./energy/hour-energy.ts";
import { type PeriodEnergy, periodEnergy } from "./energy/period-energy.ts";
import type { EventsReport } from "./events/events-report.ts";
import type { HouseReport } from "./house/house-report.ts";
import type { ReportProgress } from "./report-progress.ts";
import { datesBetween, type Zone } from "./time/local-day.ts";
import { periodsBetween, type ReportUnit, unitFor } from "./time/report-unit.ts";

/** A day that stands out. */
export type NotableDay = {
  readonly date: string;
  readonly cop: number | null;
  readonly copBoundary: Boundary | null;
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
};

/** Something in the archive that is not as it should be; `file` null: about the range. */
export type ArchiveProblem = { readonly file: string | null; readonly line: number | null; readonly problem: string };

/** The energy of a time, and since when it is recorded. */
export type RecordedEnergy = PeriodEnergy & {
  /** The first local date of the record, where it begins after the first of this time; else null. */
  readonly recordedSince: string | null;
  /** Share of the time since then that was seen, 0 to 1; null where `recordedSince` is. */
  readonly coverageSince: number | null;
};

/** A day, week ... of a report; its cost is null where the owner has set no price. */
export type ReportPeriod = RecordedEnergy & { readonly name: string; readonly cost: CostReport | null };

/** Bills by local date, of each date of the range that has begun, and how they are presented. */
export type ReportBills = { readonly days: ReadonlyMap<string, Bill>; readonly options: CostOptions };

/** The energy report of a heat pump over local dates, both included. */
export type Report = {
  readonly device: string;
  readonly from: string;
  readonly to: string;
  /** IANA name of the zone whose days these are. */
  readonly timeZone: string;
  /** When it was made, ms since the epoch: a running day is known up to then. */
  readonly madeAt: number;
  readonly total: RecordedEnergy;
  readonly unit: ReportUnit;
  /** The range divided into its days, weeks ..., in order, without a gap; their sums are those of the total. */
  readonly periods: readonly ReportPeriod[];
  /** The hours of a single day, in order; empty where the range is longer, or they were not asked for. */
  readonly hours: readonly HourEnergy[];
  /** The cost of the whole range; null where the owner has set no price. */
  readonly cost: CostReport | null;
  /** Defrosts, cycles, performance, changes and findings; null where nothing was logged. */
  readonly events: EventsReport | null;
  /** The house as it is known at the end of the range; null where it is not. */
  readonly house: HouseReport | null;
  /** Whether `house`, or it and `events`, are null because they take a while and are not ready yet. */
  readonly pending: boolean;
  /** How far it is; null where nothing is pending, or that is not known yet. */
  readonly progress: ReportProgress | null;
  /** Among days that were seen whole; null where fewer than two of them have a COP. */
  readonly bestDay: NotableDay | null;
  readonly worstDay: NotableDay | null;
  /** The whole day that used most electricity; null where fewer than two are known. */
  readonly highestUseDay: NotableDay | null;
  /** Problems in the files of the range, by file and line; the rest of the files is in the report. */
  readonly archiveProblems: readonly ArchiveProblem[];
  /** Null where the heat pump reported totals of none of the days that were seen whole. */
  readonly controller: ControllerComparison | null;
};

/**
 * Makes the report of a range of local dates, both included, from the days of which anything is known (each once, in any
 * order).
 * `now` (ms since the epoch) bounds a running day; `unit` divides the range, by its length where it is left out.
 */
export function report(of: {
  readonly device: string;
  readonly from: string;
  readonly to: string;
  readonly zone: Zone;
  readonly now: number;
  readonly days: readonly DayEnergy[];
  readonly unit?: ReportUnit | undefined;
  readonly bills?: ReportBills | undefined;
  readonly hours?: readonly HourEnergy[];
  /** The first local date that the archive has of the heat pump. */
  readonly archiveFrom?: string | undefined;
  readonly events?: EventsReport | null;
  readonly house?: HouseReport | null;
  readonly pending?: boolean;
  readonly progress?: ReportProgress | null;
  readonly archiveProblems?: readonly ArchiveProblem[];
}): Report {
  const { device, from, to, zone, now } = of;
  const days = of.days
    .filter(({ date }) => date >= from && date <= to)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const unit = of.unit ?? unitFor(datesBetween(from, to).length);
  const whole = days.filter(({ complete }) => complete);
  const periods = periodsBetween(from, to, unit);
  const costs = of.bills && periodCosts(of.bills.days, of.bills.options, { from, to }, periods);
  const recordedEnergy = (dates: { readonly from: string; readonly to: string }): RecordedEnergy => {
    const energy = periodEnergy({ ...dates, zone, now, days });
    return { ...energy, ...recordOf(energy, days, zone, of.archiveFrom) };
  };
  return {
    device,
    from,
    to,
    timeZone: zone.name,
    madeAt: now,
    total: recordedEnergy({ from, to }),
    unit,
    periods: periods.map(({ name, ...dates }, i) => ({
      name,
      ...recordedEnergy(dates),
      cost: costs?.periods[i] ?? null,
    })),
    hours: of.hours ?? [],
    cost: costs?.total ?? null,
    events: of.events ?? null,
    house: of.house ?? null,
    pending: of.pending ?? false,
    progress: of.progress ?? null,
    archiveProblems: of.archiveProblems ?? [],
    bestDay: highest(whole, ({ cop }) => cop),
    worstDay: highest(whole, ({ cop }) => (cop === null ? null : -cop)),
    highestUseDay: highest(whole, ({ electricityWh }) => electricityWh),
    controller: controllerComparison(whole),
  };
}

function recordOf(
  { from, to, seconds, coveredS }: PeriodEnergy,
  days: readonly DayEnergy[],
  zone: Zone,
  archiveFrom: string | undefined,
): Pick<RecordedEnergy, "recordedSince" | "coverageSince"> {
  const since = days.find(({ date, loggedMinutes }) => loggedMinutes > 0 && date >= from && date <= to)?.date;
  if (since === undefined || archiveFrom === undefined || since <= from || archiveFrom <= from) {
    return { recordedSince: null, coverageSince: null };
  }
  const recordedS = seconds - (zone.startOf(since) - zone.startOf(from)) / 1000;
  return { recordedSince: since, coverageSince: recordedS > 0 ? Math.min(1, coveredS / recordedS) : null };
}

/** The first of the highest; null where fewer than two have a figure. */
function highest(days: readonly DayEnergy[], figureOf: (day: DayEnergy) => number | null): NotableDay | null {
  const known = days.flatMap((day) => {
    const figure = figureOf(day);
    return figure === null ? [] : [{ day, figure }];
  });
  if (known.length < 2) return null;
  const { date, cop, copBoundary, heatWh, electricityWh } = known.reduce((best, each) =>
    each.figure > best.figure ? each : best,
  ).day;
  return { date, cop, copBoundary, heatWh, electricityWh };
}
