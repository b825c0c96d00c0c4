import { type PointId, silenceS } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { meteredCoefficient } from "@heatloop/core/heat/heat-formula";
import { operations } from "@heatloop/core/live/operation";
import { blankRow } from "@heatloop/core/minute/csv-reader";
import {
  type MeterFigures,
  type MeterLog,
  meterValue,
  noMeterFigures,
  startMeterLog,
} from "@heatloop/core/minute/external-meter";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { addReadingTo, closeTrack, newTrack, passSilence, type Track } from "@heatloop/core/minute/track";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { DialectReading } from "./dialect-message.ts";
import { type MappedPoint, type PowerTarget, pointValue, targetOf } from "./dialect-points.ts";

/** For how long a reading holds without another one, as the readings of a heat pump at home do. */
export const readingHoldsMs = silenceS * secondMs;

/** A mapped number through a minute: the mean, last value or seconds on of a point, or the energy of a power. */
type Running =
  | { readonly mapped: MappedPoint; readonly point: PointId; readonly track: Track }
  | { readonly mapped: MappedPoint; readonly power: PowerTarget; readonly log: MeterLog };

/**
 * The row of the minute that begins at `at` (ms since the epoch), of its readings and those that still held when it began, in
 * their order: means are of the time in which a value held, as in the log at home, and energy is power times that time. null
 * where no reading is of the minute itself, or nothing of them is mapped.
 */
export function minuteOfReadings(
  at: number,
  readings: readonly DialectReading[],
  points: readonly MappedPoint[],
): Minute | null {
  const end = at + minuteMs;
  const seen = readings.filter((reading) => reading.at > at - readingHoldsMs && reading.at < end);
  const last = seen.at(-1);
  if (last === undefined || last.at < at) return null;
  const running = points.flatMap((mapped) => begin(mapped, at));
  let before: number | undefined;
  for (const { at: readAt, values } of seen) {
    const silentFrom = before === undefined ? undefined : before + readingHoldsMs;
    before = readAt;
    for (const each of running) {
      if (silentFrom !== undefined && readAt > silentFrom) fallSilent(each, silentFrom, readAt);
      const number = values[each.mapped.path];
      if (number !== undefined) take(each, number, readAt);
    }
  }
  return closed(at, running);
}

function begin(mapped: MappedPoint, at: number): Running[] {
  const target = targetOf(mapped.point);
  if (target === undefined) return [];
  if ("power" in target) return [{ mapped, power: target.power, log: startMeterLog({ kind: "power", at }) }];
  return [{ mapped, point: target.point, track: newTrack(target.point, at) }];
}

function take(running: Running, number: number, at: number): void {
  const { mapped } = running;
  if ("track" in running) addReadingTo(running.track, pointValue(running.point, mapped, number), at);
  else running.log.take(meterValue(number * (mapped.factor ?? 1) + (mapped.offset ?? 0), "W"), at);
}

function fallSilent(running: Running, silentFrom: number, at: number): void {
  if ("track" in running) passSilence(running.track, silentFrom, at);
  else running.log.take(null, silentFrom);
}

/** Its last reading is of the minute, and holds until its end. */
function closed(at: number, running: readonly Running[]): Minute | null {
  const end = at + minuteMs;
  const known: Partial<Record<PointId, Value>> = {};
  const energy: Record<PowerTarget, MeterFigures> = { electricity_w: noMeterFigures, heating_w: noMeterFigures };
  for (const each of running) {
    if ("track" in each) known[each.point] = closeTrack(each.track, end, end);
    else energy[each.power] = each.log.close(end);
  }
  const { electricity_w: electricity, heating_w: heating } = energy;
  if (
    electricity.meter_s === null &&
    heating.meter_s === null &&
    Object.values(known).every((value) => value === null)
  ) {
    return null;
  }
  return {
    at,
    figures: { ...blankRow(figures), ...electricity, ...heatFiguresOf(heating) },
    points: { ...blankRow(loggedPoints), ...known },
  };
}

/** All of the heat of a power is heating's, and so is the time in which it was known. */
function heatFiguresOf({ meter_wh: wh, meter_s: seconds }: MeterFigures): Partial<Record<Figure, number>> {
  if (wh === null || seconds === null) return { covered_s: 0 };
  const none = Object.fromEntries(
    operations.flatMap((operation) => [`${operation}_wh`, `${operation}_s`].map((name) => [name, 0])),
  );
  const heat = { heat_wh: wh, heating_wh: wh, heat_coefficient_kwh_m3_k: meteredCoefficient };
  return { ...none, ...heat, covered_s: seconds, heating_s: seconds };
}
