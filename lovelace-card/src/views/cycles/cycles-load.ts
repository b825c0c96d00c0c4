import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { dateAfter, type Zone } from "@heatloop/core/time/local-day";
import type { HeatPumpEntities } from "../../home-assistant/find-entities.ts";
import type { Hass } from "../../home-assistant/hass.ts";
import { loadHistory } from "../../home-assistant/history.ts";
import { loadReport, type ReportCycles } from "../../range/addon-report.ts";
import { cycleEntities, type DayStrip, dayStrips, type RecordedRun, runsOf, segmentsOf } from "./cycles.ts";

/** A run of less than 10 minutes; the cause is known to Heatloop's app alone. */
export type ShownShortRun = {
  readonly at: number;
  readonly seconds: number;
  readonly cause: string | undefined;
  readonly reason: string | null;
};

export type CyclesShown = {
  /** The latest first. */
  readonly days: readonly DayStrip[];
  /** By date; absent where nobody knows. */
  readonly starts: ReadonlyMap<string, number>;
  /** Mean of the days that are over and were seen whole; null of none. */
  readonly startsPerDay: number | null;
  /** How many runs are of each class of length. */
  readonly lengths: readonly LengthClass[];
  /** Why runs ended, the commonest first; empty where nobody knows: the cause is known to Heatloop's app alone. */
  readonly stops: readonly ShownStops[];
  /** The latest first. */
  readonly shortRuns: readonly ShownShortRun[];
};

/** The runs that ended for one reason. */
export type ShownStops = {
  readonly cause: string;
  readonly reason: string | null;
  readonly runs: number;
  readonly meanMinutes: number;
};

export type LengthClass = { readonly fromMinutes: number; readonly toMinutes: number | null; readonly runs: number };

/** The recorder keeps ten days where nobody changed that. */
const cycleDays = 7;
const shortMinutes = 10;
/** As core's `DayEnergy.complete`. */
const wholeShare = 0.99;
/** Every edge is one of core's `runLengthMinutes`. */
const edges = [0, shortMinutes, 30, 60, 120, 240] as const;

/** The last days: what it did from Home Assistant's history, starts and causes from Heatloop's app where it is there. */
export async function loadCycles(
  { hass, heatPump, clock }: { readonly hass: Hass; readonly heatPump: HeatPumpEntities; readonly clock: Clock },
  zone: Zone,
): Promise<CyclesShown> {
  const now = clock.now();
  const to = zone.dateOf(now);
  const from = dateAfter(to, 1 - cycleDays);
  const entities = cycleEntities(heatPump.entities);
  const [history, report] = await Promise.allSettled([
    loadHistory(hass, [...entities.values()], { from: zone.startOf(from), to: now }),
    loadReport("cycles", { hass, heatPump, clock }, { from, to }, "day"),
  ]);
  const answer = report.status === "fulfilled" ? report.value : undefined;
  const reported = answer?.kind === "answer" ? answer.value.happened?.cycles : undefined;
  if (history.status === "rejected" && reported === undefined) throw history.reason;
  const segments = history.status === "fulfilled" ? segmentsOf(history.value, entities, zone.startOf(from), now) : [];
  const days = dayStrips(segments, from, to, zone);
  return { days, ...(reported === undefined ? countedFrom(runsOf(segments), days, zone, now) : countedBy(reported)) };
}

/** Starts, lengths and short runs of a report. */
export function countedBy({
  days,
  lengths,
  starts_per_day: startsPerDay,
  stops,
}: ReportCycles): Omit<CyclesShown, "days"> {
  return {
    starts: new Map(days.map(({ date, starts }) => [date, starts])),
    startsPerDay,
    lengths: classes((from, to) =>
      lengths
        .filter(({ from_minutes: minutes }) => minutes >= from && minutes < (to ?? Number.POSITIVE_INFINITY))
        .reduce((sum, { runs }) => sum + runs, 0),
    ),
    stops: stops.map(({ cause, reason, runs, mean_run_minutes: meanMinutes }) => ({
      cause,
      reason,
      runs,
      meanMinutes,
    })),
    shortRuns: days
      .flatMap(({ short_runs: runs }) => runs)
      .map(({ start, seconds, cause, reason }) => ({ at: Date.parse(start), seconds, cause, reason }))
      .sort((one, other) => other.at - one.at),
  };
}

/** The same from what Home Assistant's history shows; a day less than half seen has no number of starts. */
export function countedFrom(
  runs: readonly RecordedRun[],
  days: readonly DayStrip[],
  zone: Zone,
  now: number,
): Omit<CyclesShown, "days"> {
  const starts = new Map<string, number>();
  for (const day of days) if (seenShare(day) >= 0.5) starts.set(day.date, 0);
  for (const { from, startSeen } of runs) {
    const date = zone.dateOf(from);
    const known = starts.get(date);
    if (startSeen && known !== undefined) starts.set(date, known + 1);
  }
  const whole = days.filter((day) => day.to <= now && seenShare(day) >= wholeShare);
  const seen = runs.filter((run) => run.seen);
  const minutesOf = ({ from, to }: RecordedRun) => (to - from) / minuteMs;
  return {
    starts,
    startsPerDay:
      whole.length === 0 ? null : whole.reduce((sum, { date }) => sum + (starts.get(date) ?? 0), 0) / whole.length,
    lengths: classes(
      (from, to) =>
        seen.filter((run) => minutesOf(run) >= from && minutesOf(run) < (to ?? Number.POSITIVE_INFINITY)).length,
    ),
    stops: [],
    shortRuns: seen
      .filter((run) => minutesOf(run) < shortMinutes)
      .map(({ from, to }) => ({ at: from, seconds: (to - from) / 1000, cause: undefined, reason: null }))
      .reverse(),
  };
}

/** How much of its segments was seen, 0 to 1. */
function seenShare({ segments }: DayStrip): number {
  const msOf = (of: typeof segments) => of.reduce((sum, { from, to }) => sum + to - from, 0);
  const seen = segments.filter(({ situation }) => situation !== "unknown" && situation !== "offline");
  return seen.length === 0 ? 0 : msOf(seen) / msOf(segments);
}

function classes(runsBetween: (from: number, to: number | null) => number): LengthClass[] {
  return edges.map((fromMinutes, index) => {
    const toMinutes = edges[index + 1] ?? null;
    return { fromMinutes, toMinutes, runs: runsBetween(fromMinutes, toMinutes) };
  });
}
