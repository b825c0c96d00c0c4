import { totalUse } from "../energy/electricity-by-part.ts";
import {
  addKnown,
  addSeen,
  numberIn,
  ranSteadily,
  rowsBetween,
  rowsOfDay,
  type SeenMinute,
  type Timeline,
} from "../energy/timeline.ts";
import { type Cause, causeOf } from "./cycle-cause.ts";
import { type CompressorSpan, compressorSpans } from "./runs.ts";
import { stopEvidence } from "./stop-evidence.ts";

/** A run of the compressor, or the part of one that lies in a day. */
export type Run = CompressorSpan & {
  /** Local date of its start. */
  readonly date: string;
  /** Net heat into the water, or cold in cooling, while it ran, Wh; null where it was not seen throughout. */
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
  /** Mean outdoors, °C. */
  readonly outdoorC: number | null;
  /** Heat or cold of its strongest minute for each Hz of the compressor, W/Hz; null where not known. */
  readonly wattsPerHz: number | null;
  readonly hotWaterS: number;
  readonly defrostS: number;
  /** Why it ended, as seen around its stop; null where the stop was not seen. */
  readonly stop: Cause | null;
};

/** The runs of a local day. One that goes on over midnight is in two parts, which `joinRuns` puts together. */
export type DayCycles = {
  readonly date: string;
  readonly runs: readonly Run[];
  /** Starts by local hour, 24 numbers; on the day of 25 hours the repeated hour counts twice into its own. */
  readonly startsByHour: readonly number[];
  /** Lowest compressor frequency of a minute that ran through, Hz. */
  readonly lowestHz: number | null;
  /** How often the short-cycle lock-out of the firmware began. */
  readonly lockouts: number;
};

/** Runs, starts and lock-outs of a day. */
export function cyclesOf(timeline: Timeline): DayCycles {
  const { minutes, date, zone, endAt } = timeline;
  const today = rowsOfDay(timeline);
  const startsByHour = new Array<number>(24).fill(0);
  let lowestHz: number | null = null;
  let lockouts = 0;
  let locked: boolean | null = null;
  let ranThrough = false;
  for (const minute of today) {
    const starts = minute.figures.starts ?? 0;
    if (starts > 0) {
      const hour = Number(zone.isoOf(minute.at).slice(11, 13));
      startsByHour[hour] = (startsByHour[hour] ?? 0) + starts;
    }
    const hz = steadyHz(minute);
    // The frequency is reported some seconds after the start.
    if (ranThrough && hz !== null && (lowestHz === null || hz < lowestHz)) lowestHz = hz;
    ranThrough = hz !== null;
    const lockedS = numberIn(minute, "short_cycle_lockout");
    if (lockedS !== null && lockedS > 0 && locked === false) lockouts += 1;
    locked = lockedS === null ? null : lockedS > 0;
  }
  const runs = compressorSpans(minutes.slice(timeline.first), endAt).map((span) => runOf(minutes, span, date));
  return { date, runs, startsByHour, lowestHz, lockouts };
}

/** Frequency of a minute that ran through without a defrost, Hz. */
function steadyHz(minute: SeenMinute): number | null {
  const hz = ranSteadily(minute) ? numberIn(minute, "compressor_frequency") : null;
  return hz !== null && hz > 0 ? hz : null;
}

/** Heat of the compressor into the water or, in cooling, out of it; Wh, null where it was not seen. */
function outputWh({ figures }: SeenMinute): number | null {
  if (figures.heat_wh === null) return null;
  const heat = (figures.heating_wh ?? 0) + (figures.hot_water_wh ?? 0) + (figures.defrost_wh ?? 0);
  return heat + (figures.cooling_wh ?? 0);
}

function runOf(minutes: readonly SeenMinute[], span: CompressorSpan, date: string): Run {
  let heatWh: number | null = 0;
  let electricityWh: number | null = null;
  let outdoorSum = 0;
  let outdoorCount = 0;
  let strongestWh = 0;
  let wattsPerHz: number | null = null;
  let hotWaterS = 0;
  let defrostS = 0;
  for (const minute of rowsBetween(minutes, span.from, span.to)) {
    const { figures, use } = minute;
    const minuteWh = outputWh(minute);
    heatWh = addSeen(heatWh, minuteWh);
    const hz = steadyHz(minute);
    if (hz !== null && minuteWh !== null && minuteWh > strongestWh) {
      strongestWh = minuteWh;
      wattsPerHz = (minuteWh * 60) / hz;
    }
    electricityWh = addKnown(electricityWh, use === null ? null : totalUse(use) - use.standby - use.unknown);
    hotWaterS += figures.hot_water_s ?? 0;
    defrostS += figures.defrost_s ?? 0;
    const outdoorC = numberIn(minute, "outdoor_temperature");
    if (outdoorC === null) continue;
    outdoorSum += outdoorC;
    outdoorCount += 1;
  }
  return {
    ...span,
    date,
    heatWh,
    electricityWh,
    outdoorC: outdoorCount === 0 ? null : outdoorSum / outdoorCount,
    wattsPerHz,
    hotWaterS,
    defrostS,
    stop: span.endSeen ? causeOf(stopEvidence(minutes, span)) : null,
  };
}

/** The runs of consecutive days in order of time; a run that midnight cut in two is one again. */
export function joinRuns(days: readonly DayCycles[]): Run[] {
  const joined: Run[] = [];
  for (const run of days.flatMap((day) => day.runs)) {
    const before = joined.at(-1);
    const continues = before !== undefined && !before.endSeen && !run.startSeen && before.to === run.from;
    if (continues) joined[joined.length - 1] = joinParts(before, run);
    else joined.push(run);
  }
  return joined;
}

function joinParts(a: Run, b: Run): Run {
  const [aMs, bMs] = [a.to - a.from, b.to - b.from];
  return {
    date: a.date,
    from: a.from,
    to: b.to,
    startSeen: a.startSeen,
    endSeen: b.endSeen,
    heatWh: addSeen(a.heatWh, b.heatWh),
    electricityWh: addKnown(a.electricityWh, b.electricityWh),
    outdoorC:
      a.outdoorC === null || b.outdoorC === null
        ? (a.outdoorC ?? b.outdoorC)
        : (a.outdoorC * aMs + b.outdoorC * bMs) / (aMs + bMs),
    wattsPerHz: b.wattsPerHz ?? a.wattsPerHz,
    hotWaterS: a.hotWaterS + b.hotWaterS,
    defrostS: a.defrostS + b.defrostS,
    stop: b.stop,
  };
}
