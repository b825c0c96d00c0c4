import type { DayEnergy } from "../energy/day-energy.ts";
import { sum } from "../math/sums.ts";
import { adviceOn, type CycleAdvice, type CycleProblem } from "./cycle-advice.ts";
import type { StopCause } from "./cycle-cause.ts";
import { type CycleReport, countCauses, type MainCause, mainCause, runLengths } from "./cycle-report.ts";
import { joinRuns } from "./cycles.ts";
import { type DayEvents, joinEvents } from "./day-events.ts";
import { copBesideDefrosts, type DefrostShare, type DefrostSum, defrostShare } from "./defrost-share.ts";
import type { Defrost } from "./defrosts.ts";
import type { CurveChange } from "./flow-curve.ts";
import { type Use, uses } from "./performance.ts";
import {
  type CopAt,
  copsOf,
  type PerformanceFigures,
  performanceFigures,
  weightedPercentOfCarnot,
} from "./performance-figures.ts";
import type { Finding } from "./rules/rules.ts";
import type { SettingChange } from "./setting-changes.ts";
import { addedStops, type Stops } from "./stops.ts";

/** Defrosts of a range, and their share in its heat and electricity. */
export type DefrostReport = {
  readonly sum: DefrostSum;
  /** Of all heat and electricity of the range. */
  readonly share: DefrostShare;
  /** COPs of heating with its defrosts. */
  readonly cops: ReturnType<typeof copBesideDefrosts>;
  readonly list: readonly Defrost[];
};

/** The compressor's runs of a range. */
export type RunReport = {
  readonly starts: number;
  /** Days that are over and were seen whole: means of a day are of these. */
  readonly wholeDays: number;
  /** Mean of the whole days; null of none. */
  readonly startsPerDay: number | null;
  readonly startsByHour: readonly number[];
  /** The same of the whole days alone. */
  readonly wholeDayStartsByHour: readonly number[];
  readonly lockouts: number;
  /** Runs seen from start to stop, their mean length, and how many are of each length. */
  readonly runs: number;
  readonly meanRunMinutes: number | null;
  readonly lengths: ReturnType<typeof runLengths>;
  /** Why they ended, the commonest first. */
  readonly stops: readonly Stops[];
  readonly shortRuns: number;
  readonly causes: Readonly<Record<StopCause, number>>;
  readonly main: MainCause | null;
  readonly days: readonly DayRuns[];
  /** Of the whole days; null where they have too few runs. */
  readonly problem: CycleProblem | null;
  readonly advice: CycleAdvice | null;
};

/** The runs of a day; whole: it is over and was seen whole. */
export type DayRuns = CycleReport & { readonly isWhole: boolean };

export type UseReport = PerformanceFigures & {
  readonly byOutdoor: readonly CopAt[];
  readonly byFlow: readonly CopAt[];
};

/** The events of a range, for people. */
export type EventsReport = {
  /** Days of the range that were logged. */
  readonly days: number;
  readonly defrosts: DefrostReport;
  readonly cycles: RunReport;
  readonly performance: Readonly<Record<Use, UseReport>>;
  /** Of all uses together, as heatpumpmonitor.org lists a heat pump. */
  readonly weightedPercentOfCarnot: number | null;
  readonly settingChanges: readonly SettingChange[];
  readonly curveChanges: readonly CurveChange[];
  readonly findings: readonly Finding[];
};

/** The figures of a day that are needed beside its events. */
type Energy = Pick<DayEnergy, "date" | "complete" | "heatWh" | "electricityWh" | "copBasis">;

/**
 * The events of a range of consecutive days: `events` and `energy` of those that were logged, in order of their
 * dates. `lowestHz`: the lowest frequency that the compressor is known to run at from other days. null of no day.
 */
export function eventsReport(
  events: readonly DayEvents[],
  energy: readonly Energy[],
  lowestHz: number | null,
): EventsReport | null {
  if (events.length === 0) return null;
  const all = joinEvents(events, lowestHz);
  const figures = (use: Use): UseReport => {
    const of = all.performance[use];
    return { ...performanceFigures(of), byOutdoor: copsOf(of.byOutdoor), byFlow: copsOf(of.byFlow) };
  };
  const performance = Object.fromEntries(uses.map((use) => [use, figures(use)])) as Record<Use, UseReport>;
  return {
    days: events.length,
    defrosts: {
      sum: all.defrostSum,
      share: defrostShare(
        all.defrostSum,
        sidesOf(energy, (day) => [day.heatWh, day.electricityWh]),
      ),
      cops: copBesideDefrosts(all.defrostSum, sidesOf(energy, heatingOf)),
      list: all.defrosts,
    },
    cycles: runReport(events, all.cycles, energy, performance),
    performance,
    weightedPercentOfCarnot: weightedPercentOfCarnot(uses.map((use) => all.performance[use])),
    settingChanges: all.settingChanges,
    curveChanges: all.curveChanges,
    findings: all.findings,
  };
}

/** The lowest frequency that the compressor was seen to run at, Hz. */
export function lowestFrequency(days: readonly DayEvents[]): number | null {
  return days.reduce<number | null>((lowest, { cycles: { lowestHz } }) => {
    return lowestHz === null || (lowest !== null && lowest <= lowestHz) ? lowest : lowestHz;
  }, null);
}

function runReport(
  events: readonly DayEvents[],
  reports: readonly CycleReport[],
  energy: readonly Energy[],
  { heating, cooling }: EventsReport["performance"],
): RunReport {
  const completeDates = new Set(energy.flatMap(({ date, complete }) => (complete ? [date] : [])));
  const days = reports.map((day): DayRuns => ({ ...day, isWhole: completeDates.has(day.date) }));
  const whole = days.filter(({ isWhole }) => isWhole);
  const lengths = runLengths(joinRuns(events.map(({ cycles }) => cycles)));
  const runs = sum(lengths, (each) => each.runs);
  const short = days.flatMap(({ shortRuns }) => shortRuns);
  return {
    starts: sum(days, (day) => day.starts),
    wholeDays: whole.length,
    startsPerDay: whole.length === 0 ? null : sum(whole, (day) => day.starts) / whole.length,
    startsByHour: startsByHourOf(days),
    wholeDayStartsByHour: startsByHourOf(whole),
    lockouts: sum(days, (day) => day.lockouts),
    runs,
    meanRunMinutes: runs === 0 ? null : sum(lengths, (each) => each.seconds) / 60 / runs,
    lengths,
    stops: addedStops(days.flatMap(({ stops }) => stops)),
    shortRuns: short.length,
    causes: countCauses(short),
    main: mainCause(short),
    days,
    ...adviceOn({
      days: whole.length,
      starts: sum(whole, (day) => day.starts),
      stops: addedStops(whole.flatMap(({ stops }) => stops)),
      heatingFlowC: heating.flowC,
      hasCooled: cooling.flowC !== null,
    }),
  };
}

function startsByHourOf(days: readonly CycleReport[]): number[] {
  return Array.from({ length: 24 }, (_, hour) => sum(days, ({ startsByHour }) => startsByHour[hour] ?? 0));
}

/** Heating with its defrosts, of the time in which both sides were seen. */
function heatingOf({ copBasis }: Energy): [heatWh: number | null, electricityWh: number | null] {
  if (copBasis === null) return [null, null];
  const { heating, defrost } = copBasis;
  return [heating.heatWh + defrost.heatWh, heating.electricityWh + defrost.electricityWh];
}

/** Heat and electricity of the days on which both are known. */
function sidesOf(
  energy: readonly Energy[],
  of: (day: Energy) => readonly [heatWh: number | null, electricityWh: number | null],
): { readonly heatWh: number | null; readonly electricityWh: number | null } {
  const known = energy.map(of).filter((sides): sides is [number, number] => sides[0] !== null && sides[1] !== null);
  if (known.length === 0) return { heatWh: null, electricityWh: null };
  return { heatWh: sum(known, ([heatWh]) => heatWh), electricityWh: sum(known, ([, electricityWh]) => electricityWh) };
}
