import type { MeterUse } from "@heatloop/core/catalogue/operation-modes";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import type { Home } from "../home-state.ts";

/** How long after the controller's midnight the firmware adds yesterday's totals: later than they are published. */
const totalsAfterMs = 10 * minuteMs;

export const totalIds = [
  "heating_electricity_total",
  "heating_heat_total",
  "cooling_electricity_total",
  "cooling_heat_total",
  "dhw_electricity_total",
  "dhw_heat_total",
] as const;
type TotalId = (typeof totalIds)[number];

/** What the ESP32 computes itself, beside what the controller reports. */
export type Esp = {
  /** Since when it runs, ms since the epoch. */
  startedAt: number;
  /** Integral of its own output estimate since the controller's midnight, Wh; lost in a restart. */
  estimatedHeatWh: number;
  /** Heat since the last step of the counter over that step. */
  estimatedCop: number;
  /** The totals of finished days added up, kWh; restored after a restart. */
  readonly totalsKwh: Record<TotalId, number>;
};

/** The counters of the ESP32. */
export type EspCounters = {
  readonly esp: Esp;
  /** Once a poll: `outputKw` is its own estimate since the call before. */
  count(at: number, outputKw: number): void;
  /** A restart at a time: what is not stored is lost. */
  restart(at: number): void;
};

const uses: readonly (readonly [MeterUse, TotalId, TotalId])[] = [
  ["heating", "heating_electricity_total", "heating_heat_total"],
  ["hot_water", "dhw_electricity_total", "dhw_heat_total"],
  ["cooling", "cooling_electricity_total", "cooling_heat_total"],
];

/** Starts the counters as of an ESP32 that has run for some years. */
export function startEspCounters(home: Home, startAt: number): EspCounters {
  const { meters } = home;
  const esp: Esp = {
    startedAt: startAt,
    estimatedHeatWh: 0,
    estimatedCop: 0,
    totalsKwh: {
      heating_electricity_total: 1630,
      heating_heat_total: 6020,
      cooling_electricity_total: 88,
      cooling_heat_total: 371,
      dhw_electricity_total: 512,
      dhw_heat_total: 1480,
    },
  };
  let countedUntil = startAt;
  let day = meters.day(startAt);
  let totalsDay = day;
  let counterKwh = meters.dailyKwh();
  let sinceStepWh = 0;

  /** Adds yesterday's totals once, when the controller has had time to publish them. */
  function addTotals(at: number): void {
    if (meters.day(at) === totalsDay || meters.localMs(at) % dayMs < totalsAfterMs) return;
    totalsDay = meters.day(at);
    for (const [use, electricity, heat] of uses) {
      const { consumedWh, deliveredWh } = meters.yesterday()[use];
      esp.totalsKwh[electricity] = Math.fround(esp.totalsKwh[electricity] + Math.round(consumedWh / 10) / 100);
      esp.totalsKwh[heat] = Math.fround(esp.totalsKwh[heat] + Math.round(deliveredWh / 10) / 100);
    }
  }

  return {
    esp,
    count(at, outputKw) {
      if (meters.day(at) !== day) {
        day = meters.day(at);
        esp.estimatedHeatWh = 0;
      }
      const wattHours = (outputKw * (at - countedUntil)) / 3600;
      countedUntil = at;
      esp.estimatedHeatWh += wattHours;
      sinceStepWh += wattHours;
      const now = meters.dailyKwh();
      if (now > counterKwh) esp.estimatedCop = sinceStepWh / (Math.round((now - counterKwh) * 10) * 100);
      if (now !== counterKwh) sinceStepWh = 0;
      counterKwh = now;
      addTotals(at);
    },
    restart(at) {
      esp.startedAt = at;
      esp.estimatedHeatWh = 0;
      esp.estimatedCop = 0;
      countedUntil = at;
      sinceStepWh = 0;
      counterKwh = meters.dailyKwh();
    },
  };
}
