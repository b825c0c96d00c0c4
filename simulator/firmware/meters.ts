import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { hashOf } from "../physics/random.ts";
import type { Mode } from "./mode.ts";

const tellsAfterMs = 3 * minuteMs;
/** The controller's own heat figure lies a little above flow x temperature difference. */
const deliveredFactor = 1.04;

/** What the controller meters apart. */
export const meterUses = ["heating", "hot_water", "cooling"] as const;
export type MeterUse = (typeof meterUses)[number];

/** Consumed and delivered in Wh, by use. */
export type MeterTotals = Readonly<Record<MeterUse, { consumedWh: number; deliveredWh: number }>>;

/**
 * The controller's energy meters. Its clock keeps standard time all year; the live counter of the day starts again at
 * its midnight, on some days a minute before; the day's totals by use are told a few minutes after midnight.
 */
export type Meters = {
  /** Books a step that ends at `at`. */
  add(mode: Mode, heatW: number, electricityW: number, seconds: number, at: number): void;
  /** The live counter of the day: kWh in steps of 0.1. */
  dailyKwh(): number;
  /** Everything that was taken since the begin, Wh: what a meter in the supply would count. */
  suppliedWh(): number;
  /** What is told of the day before. */
  yesterday(): MeterTotals;
  /** Days since 1970 on the controller's clock. */
  day(at: number): number;
  /** The controller's clock, as if it were UTC. */
  localMs(at: number): number;
};

export function startMeters(seed: number, standardOffsetMs: number, startAt: number): Meters {
  const localMs = (at: number) => at + standardOffsetMs;
  const day = (at: number) => Math.floor(localMs(at) / dayMs);
  let counterWh = 0;
  let suppliedWh = 0;
  let counterDay = day(startAt);
  let today = noTotals();
  let meteredDay = counterDay;
  let finished: { totals: MeterTotals; tellAt: number } | undefined;
  let yesterday: MeterTotals = noTotals();
  let lastUse: MeterUse = "heating";

  function resetsAt(of: number): number {
    return of * dayMs - (hashOf(seed + 40, of) < 0.5 ? minuteMs : 0);
  }

  return {
    add(mode, heatW, electricityW, seconds, at) {
      const local = localMs(at);
      if (local >= resetsAt(counterDay + 1)) {
        counterDay += 1;
        counterWh = 0;
      }
      if (day(at) !== meteredDay) {
        finished = { totals: today, tellAt: local + tellsAfterMs };
        today = noTotals();
        meteredDay = day(at);
      }
      if (finished !== undefined && local >= finished.tellAt) {
        yesterday = finished.totals;
        finished = undefined;
      }
      lastUse = useOf(mode) ?? lastUse;
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

function useOf(mode: Mode): MeterUse | undefined {
  switch (mode) {
    case "heating":
    case "frost_protection":
      return "heating";
    case "hot_water":
    case "legionella_prevention":
      return "hot_water";
    case "cooling":
      return "cooling";
    case "off":
      return undefined;
  }
}

function noTotals(): MeterTotals {
  return {
    heating: { consumedWh: 0, deliveredWh: 0 },
    hot_water: { consumedWh: 0, deliveredWh: 0 },
    cooling: { consumedWh: 0, deliveredWh: 0 },
  };
}
