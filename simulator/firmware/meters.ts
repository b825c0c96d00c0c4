import { type MeterUse, meterUseOf } from "@heatloop/core/catalogue/operation-modes";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { hashOf } from "../physics/random.ts";
import type { Mode } from "./mode.ts";

/** The day's totals are published some minutes after midnight; chosen: 3. */
const publishedAfterMs = 3 * minuteMs;
/** The controller's own heat figure is a little above flow x temperature difference; chosen: 4 %. */
const deliveredFactor = 1.04;
/** On how many days the live counter starts again a minute before midnight; chosen: half of them. */
const earlyResetShare = 0.5;

/** Consumed and delivered in Wh, by use. */
export type MeterTotals = Readonly<Record<MeterUse, { consumedWh: number; deliveredWh: number }>>;

/**
 * The controller's energy meters. Its clock keeps standard time all year; the live counter of the day starts again at
 * its midnight, on some days a minute before; the day's totals by use follow a few minutes after midnight.
 */
export type Meters = {
  /** Books a step that ends at `at`. */
  add(mode: Mode, heatW: number, electricityW: number, seconds: number, at: number): void;
  /** The live counter of the day: kWh in steps of 0.1. */
  dailyKwh(): number;
  /** All electricity since the start, Wh: what a meter in the supply would count. */
  suppliedWh(): number;
  /** The published totals of the day before. */
  yesterday(): MeterTotals;
  /** Days since 1970 on the controller's clock. */
  day(at: number): number;
  /** The controller's clock, as if it were UTC. */
  localMs(at: number): number;
};

/** `seed` decides on which days the counter resets early; `standardOffsetMs`: the controller's clock, ms east of UTC. */
export function startMeters(seed: number, standardOffsetMs: number, startAt: number): Meters {
  const localMs = (at: number) => at + standardOffsetMs;
  const day = (at: number) => Math.floor(localMs(at) / dayMs);
  let counterWh = 0;
  let suppliedWh = 0;
  let counterDay = day(startAt);
  let today = noTotals();
  let meteredDay = counterDay;
  let finished: { totals: MeterTotals; publishAt: number } | undefined;
  let yesterday: MeterTotals = noTotals();
  let lastUse: MeterUse = "heating";

  function resetsAt(day: number): number {
    return day * dayMs - (hashOf(seed + 40, day) < earlyResetShare ? minuteMs : 0);
  }

  return {
    add(mode, heatW, electricityW, seconds, at) {
      const local = localMs(at);
      if (local >= resetsAt(counterDay + 1)) {
        counterDay += 1;
        counterWh = 0;
      }
      if (day(at) !== meteredDay) {
        finished = { totals: today, publishAt: local + publishedAfterMs };
        today = noTotals();
        meteredDay = day(at);
      }
      if (finished !== undefined && local >= finished.publishAt) {
        yesterday = finished.totals;
        finished = undefined;
      }
      lastUse = meterUseOf(mode) ?? lastUse;
      const consumedWh = (electricityW * seconds) / 3600;
      counterWh += consumedWh;
      suppliedWh += consumedWh;
      today[lastUse].consumedWh += consumedWh;
      const deliveredW = lastUse === "cooling" ? -heatW : heatW;
      if (deliveredW > 0) today[lastUse].deliveredWh += (deliveredW * deliveredFactor * seconds) / 3600;
    },
    // A step of 1e-6 Wh so that a sum of 100 Wh does not read as 0.0 kWh.
    dailyKwh: () => Math.floor((counterWh + 1e-6) / 100) / 10,
    suppliedWh: () => suppliedWh,
    yesterday: () => yesterday,
    day,
    localMs,
  };
}

function noTotals(): MeterTotals {
  return {
    heating: { consumedWh: 0, deliveredWh: 0 },
    hot_water: { consumedWh: 0, deliveredWh: 0 },
    cooling: { consumedWh: 0, deliveredWh: 0 },
  };
}
