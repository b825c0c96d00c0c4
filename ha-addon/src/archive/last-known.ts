import type { CounterState, RunningTotal } from "@heatloop/core/live/running-total";
import { minuteReader, type RowReader } from "@heatloop/core/minute/csv-reader";
import { counterAfter } from "@heatloop/core/minute/daily-counter";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { type CsvReading, rowsOf } from "./csv/csv-reading.ts";

/**
 * When the newest minute began, ms since the epoch, and what electricity counter and external meter showed last.
 * `counterAhead`: what the counter showed in rows of dates that have not begun yet, undefined where there are none: a clock
 * that was set, then or now.
 */
export type LastKnown = {
  readonly minuteAt: number;
  readonly counter: RunningTotal | undefined;
  readonly counterAhead?: RunningTotal;
  readonly meter: CounterState | undefined;
};

/** So many of the last files are searched for the electricity counter; chosen: a week, and the day that has begun. */
const datesBack = 8;

type Files = Pick<CsvReading, "dates" | "readFiles">;

/** The last known states of a device at `now`; undefined where no minute is in the files of its last dates. */
export async function lastKnown(files: Files, zone: Zone, device: string, now: number): Promise<LastKnown | undefined> {
  const dates = (await files.dates(device)).reverse();
  const today = Number.isFinite(now) ? zone.dateOf(now) : undefined;
  const hasBegun = (date: string) => today === undefined || date <= today;
  const begun = await lastOfDates(files, zone, device, dates.filter(hasBegun));
  const ahead = await lastOfDates(
    files,
    zone,
    device,
    dates.filter((date) => !hasBegun(date)),
  );
  if (begun === undefined || ahead === undefined) return begun ?? ahead;
  return {
    minuteAt: ahead.minuteAt,
    counter: begun.counter,
    ...(ahead.counter && { counterAhead: ahead.counter }),
    meter: higher(begun.meter, ahead.meter),
  };
}

/** Of two states of a meter that only grows, the later one. */
function higher(a: CounterState | undefined, b: CounterState | undefined): CounterState | undefined {
  return a === undefined || (b !== undefined && b.kwh > a.kwh) ? b : a;
}

/** The last known states in the files of some dates, the newest first. */
async function lastOfDates(
  files: Files,
  zone: Zone,
  device: string,
  dates: readonly string[],
): Promise<LastKnown | undefined> {
  let newestAt = Number.NEGATIVE_INFINITY;
  let minuteAt: number | undefined;
  let meter: CounterState | undefined;
  for (const date of dates.slice(0, datesBack)) {
    // In the order in which they were written: the clock may have been set back meanwhile.
    const minutes: Minute[] = [];
    for await (const minute of rowsOf(files, { device, date, kind: "minutes" }, counterReader)) minutes.push(minute);
    for (const { at } of minutes) newestAt = Math.max(newestAt, at);
    if (minutes.length > 0) minuteAt ??= newestAt;
    const metered = minutes.findLast(({ figures }) => figures.meter_kwh !== null);
    meter ??= metered && { kwh: metered.figures.meter_kwh as number, at: metered.at + minuteMs };
    const counter = counterAfter(counterStates(minutes), (at) => zone.dateOf(at));
    if (minuteAt !== undefined && counter !== undefined) return { minuteAt, counter, meter };
  }
  return minuteAt === undefined ? undefined : { minuteAt, counter: undefined, meter };
}

function counterReader(header: string): RowReader<Minute> {
  return minuteReader(header, ["daily_electricity"]);
}

function* counterStates(minutes: readonly Minute[]): Generator<CounterState> {
  for (const { at, points } of minutes) {
    if (typeof points.daily_electricity === "number") yield { kwh: points.daily_electricity, at: at + minuteMs };
  }
}
