import { billedFrom } from "@heatloop/core/cost/period-costs";
import type { HourEnergy } from "@heatloop/core/energy/hour-energy";
import { eventsReport, lowestFrequency } from "@heatloop/core/events/events-report";
import { type Comparison, comparePeriods } from "@heatloop/core/house/compare-periods";
import type { EmitterKind } from "@heatloop/core/house/emitters";
import { type HeatingCurve, heatingCurve } from "@heatloop/core/house/heating-curve";
import { houseReport } from "@heatloop/core/house/house-report";
import { type Report, report } from "@heatloop/core/report";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { ReportUnit } from "@heatloop/core/time/report-unit";
import { type DateSpan, isInSpan } from "../archive/dates.ts";
import { isAbout } from "../archive/day-problems.ts";
import { archiveDaysOf } from "../archive/days.ts";
import type { ReportDaysReader } from "../archive/report-days.ts";
import type { ReportDays } from "../archive/requested-kinds.ts";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { houseSetup } from "../settings/house-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { billsOf, type ReportBilling, reportBilling } from "./bills.ts";
import { comparedDays } from "./compared-days.ts";
import { learnedBefore, learnedFrom, loggedDays } from "./learned-days.ts";

/**
 * A range of local dates, both included; `unit` divides it, by its length where it is left out. `events` false: the
 * report has neither events nor the house. `house` false: nothing is learned from the year before it. Both take a while the
 * first time: once `timesUp` resolves, the report is without what is not made yet. `hours`: that of a day has its hours.
 */
export type ReportRequest = {
  readonly from: string;
  readonly to: string;
  readonly unit?: ReportUnit | undefined;
  readonly events?: boolean;
  readonly house?: boolean;
  readonly hours?: boolean;
  readonly timesUp?: Promise<unknown>;
};

export type EnergyReports = {
  report(device: string, request: ReportRequest, now: number): Promise<Report>;
  /** Several reports from one reading of the archive; none is without what takes a while. */
  reports(device: string, requests: readonly ReportRequest[], now: number): Promise<readonly Report[]>;
  /** Two periods with the weather taken out. */
  compare(device: string, before: DateSpan, after: DateSpan, now: number): Promise<Comparison>;
  /** The heating curve of a range as it was, and as the house needs it; learned from the year before its end. */
  heatingCurve(device: string, range: DateSpan, heating: HeatingKind, now: number): Promise<HeatingCurve>;
  /** Makes what reports need of the days of a span and is not kept yet; resolves with how many days that were. */
  prepare(device: string, span: DateSpan, now: number): Promise<number>;
};

/** What is known of a heat pump's heating: how heat gets into the rooms (null: not known), and how many zones it has. */
export type HeatingKind = { readonly emitterKind: EmitterKind | null; readonly zones: number };

/** The hours of a device between two local dates, both included; `now` bounds a running day. */
export type HoursReader = (device: string, span: DateSpan, now: number) => Promise<readonly HourEnergy[]>;

type Parts = {
  readonly readDays: ReportDaysReader;
  readonly prices: Pick<SlotArchive, "series">;
  readonly surplus: Pick<SlotArchive, "series">;
  readonly hours: HoursReader;
  readonly settings: () => Settings;
  readonly zone: () => Zone;
  /** The dates of which the archive has files of a device, in order. */
  readonly archiveDates: (device: string) => Promise<readonly string[]>;
};

/** The device and the time of a report. */
type Occasion = { readonly device: string; readonly now: number };

/** Whole reports from the archive and the settings: energy, cost, events, and the house. */
export function energyReports(parts: Parts): EnergyReports {
  return {
    report: (device, request, now) => reportInTime(parts, { device, now }, request),
    async reports(device, requests, now) {
      const billing = reportBilling(parts, requests.map(billedSpan), now);
      const spans = requests.flatMap((request) => [billedSpan(request), ...learnedSpans(request)]);
      const events = requests.some(hasEvents);
      const days = await parts.readDays({ device, now, billing, events, stages: [spans.map(datesOf)] }).whole;
      const occasion = { device, now };
      return Promise.all(requests.map((request) => reportOf(parts, occasion, request, { days, billing, lacks: [] })));
    },
    async compare(device, before, after, now) {
      const stages = [[before, after].map(datesOf)];
      const days = await parts.readDays({ device, now, events: true, stages }).whole;
      return comparePeriods(comparedDays(days, before), comparedDays(days, after));
    },
    async heatingCurve(device, range, heating, now) {
      const learned = { from: learnedFrom(range), to: range.to };
      const days = await parts.readDays({ device, now, events: true, stages: [[learned]] }).whole;
      const setup = { ...houseSetup(parts.settings().house), ...heating };
      return heatingCurve({ from: range.from, days: loggedDays(days, learned), events: days.events, setup });
    },
    async prepare(device, span, now) {
      const billing = reportBilling(parts, [span], now);
      const reading = parts.readDays({ device, now, billing, events: true, stages: [[datesOf(span)]] });
      await reading.whole;
      return reading.progress().made;
    },
  };
}

/** A report with all that is ready when its time is up; the rest goes on being made, and is kept for the next one. */
async function reportInTime(parts: Parts, occasion: Occasion, request: ReportRequest): Promise<Report> {
  const billed = billedSpan(request);
  const billing = reportBilling(parts, [billed], occasion.now);
  const own = billing === undefined ? [datesOf(request)] : [billed];
  const learned = learnedSpans(request);
  const stages = learned.length === 0 ? [own] : [own, learned];
  const reading = parts.readDays({ ...occasion, billing, events: hasEvents(request), stages });
  const make = (days: ReportDays, lacks: readonly Slow[]) => {
    const { all, made } = reading.progress();
    const progress = lacks.length === 0 || all === 0 ? null : { made, all };
    return reportOf(parts, { ...occasion, now: reading.now }, request, { days, billing, lacks, progress });
  };

  const whole = await unless(hasEvents(request) ? request.timesUp : undefined, reading.whole);
  if (whole !== null) return make(whole, []);
  const first = await unless(Promise.resolve(), reading.first);
  if (first !== null) return make(first, ["house"]);
  return make(await parts.readDays({ ...occasion, billing, events: false, stages: [own] }).whole, ["events", "house"]);
}

/** What a report may lack as it is not made yet. */
type Slow = "events" | "house";

async function reportOf(
  parts: Parts,
  { device, now }: Occasion,
  request: ReportRequest,
  made: {
    readonly days: ReportDays;
    readonly billing: ReportBilling | undefined;
    readonly lacks: readonly Slow[];
    readonly progress?: Report["progress"];
  },
): Promise<Report> {
  const { days, billing, lacks, progress = null } = made;
  const { from, to, unit } = request;
  const zone = parts.zone();
  const inRange = [...days.summaries].filter(([date]) => isInSpan(date, request)).map(([, summary]) => summary);
  const { days: energy, problems } = archiveDaysOf(inRange, days.foreign);
  const dayOf = (date: string) => days.summaries.get(date)?.day ?? null;
  const bills = billing && (await billsOf(billedSpan(request), { logged: days.bills, dayOf, billing, zone, now }));
  const more = hasEvents(request) ? eventsAndHouse(parts, now, request, days, lacks) : {};
  const archiveProblems = problems.filter(({ file }) => isAbout(file, previousDate(from), nextDate(to)));
  const hours = request.hours === true && from === to ? await parts.hours(device, { from, to }, now) : [];
  const [archiveFrom] = await parts.archiveDates(device);
  const of = { device, from, to, unit, zone, now, days: energy, bills, hours, archiveFrom, archiveProblems, progress };
  return report({ ...of, ...more });
}

function eventsAndHouse(
  parts: Parts,
  now: number,
  request: ReportRequest,
  days: ReportDays,
  lacks: readonly Slow[],
): Pick<Parameters<typeof report>[0], "events" | "house" | "pending"> {
  const pending = lacks.length > 0;
  if (lacks.includes("events")) return { pending };
  const { from, to } = request;
  const [learned] = learnedSpans(request);
  const known = { from: learned?.from ?? from, to };
  const logged = loggedDays(days, known);
  const events = [...days.events.values()].filter(({ date }) => isInSpan(date, known));
  const inRange = events.filter(({ date }) => date >= from);
  const energy = logged.filter(({ date }) => date >= from);
  const ofRange = eventsReport(inRange, energy, lowestFrequency(events));
  if (request.house === false || lacks.includes("house")) return { events: ofRange, pending };
  const byDate = new Map(events.map((day) => [day.date, day]));
  const setup = houseSetup(parts.settings().house);
  const house = houseReport({ from, to, zone: parts.zone(), now, days: logged, events: byDate, setup });
  return { events: ofRange, house, pending };
}

function hasEvents({ events }: ReportRequest): boolean {
  return events !== false;
}

/** The dates before a report's range from which the house is learned; none where it is not. */
function learnedSpans(request: ReportRequest): DateSpan[] {
  const before = hasEvents(request) && request.house !== false ? learnedBefore(request) : null;
  return before === null ? [] : [before];
}

/** The dates that a report's costs depend on. */
function billedSpan({ from, to }: DateSpan): DateSpan {
  return { from: billedFrom(from), to };
}

function datesOf({ from, to }: DateSpan): DateSpan {
  return { from, to };
}

/** The result of work, or null where the time is up before; the work goes on, and what it keeps is there the next time. */
function unless<T>(timesUp: Promise<unknown> | undefined, work: Promise<T>): Promise<T | null> {
  return timesUp === undefined ? work : Promise.race([work, timesUp.then(() => null)]);
}
