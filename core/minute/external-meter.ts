import { type CounterState, countOn, type RunningTotal, runningTotal } from "../live/running-total.ts";
import { hourMs, minuteMs } from "../time/durations.ts";

/** What a meter may report: a total that grows (kWh, Wh, MWh), or the power of the moment (W, kW). */
export const meterUnits = ["kWh", "Wh", "MWh", "W", "kW"] as const;
export type MeterUnit = (typeof meterUnits)[number];
export type MeterKind = "energy" | "power";

/** The figures of one minute of the external meter; null is unknown. */
export type MeterFigures = {
  /** Electricity of this minute, Wh; after a gap of a total all that was used in it. */
  readonly meter_wh: number | null;
  /** Seconds that `meter_wh` covers: those of the minute, or also those of the gap before it. */
  readonly meter_s: number | null;
  /** The state of a total, kWh; null for a meter that reports power. */
  readonly meter_kwh: number | null;
};

export const noMeterFigures: MeterFigures = { meter_wh: null, meter_s: null, meter_kwh: null };

/** An external meter through the minutes; times in ms since the epoch. */
export type MeterLog = {
  /** Takes a state of the meter in kWh or W; null: it is not available. */
  take(value: number | null, at: number): void;
  /** Ends the running minute at `at`. */
  close(at: number): MeterFigures;
  /** The power that it reports for a time, W; null where it reports none, or only a total. */
  powerW(at: number): number | null;
};

const scale: Readonly<Record<MeterUnit, number>> = { kWh: 1, Wh: 0.001, MWh: 1000, W: 1, kW: 1000 };
const largestKwh = 1e9;
const largestPowerW = 60_000;
/** Noise of a power meter around nothing. */
const leastPowerW = -100;
/** A reported power is valid for this long. */
const powerHoldMs = 15 * minuteMs;
/** Whether a unit is of a total or of a power. */
export function meterKind(unit: MeterUnit): MeterKind {
  return unit === "W" || unit === "kW" ? "power" : "energy";
}

/** A reported value in kWh or W; null where it is implausible: a total below zero, a power beyond 60 kW or fed back. */
export function meterValue(reported: number, unit: MeterUnit): number | null {
  const value = reported * scale[unit];
  if (!Number.isFinite(value)) return null;
  if (meterKind(unit) === "energy") return value >= 0 && value <= largestKwh ? value : null;
  if (value < leastPowerW || value > largestPowerW) return null;
  return Math.max(0, value);
}

/** `last`: the state of the total in the archive, so that a restart loses nothing. */
export function startMeterLog(parts: {
  readonly kind: MeterKind;
  readonly at: number;
  readonly last?: CounterState | undefined;
}): MeterLog {
  return parts.kind === "energy" ? totalLog(parts.last) : powerLog(parts.at);
}

function totalLog(last: CounterState | undefined): MeterLog {
  let total: RunningTotal | undefined = last && runningTotal(last);
  let available = false;
  let wh = 0;
  let coveredMs = 0;
  return {
    take(kwh, at) {
      available = kwh !== null;
      if (kwh === null) return;
      if (total === undefined) {
        total = runningTotal({ kwh, at });
        return;
      }
      const step = countOn(total, { kwh, at: Math.max(at, total.at) });
      total = step.total;
      if (step.wh === null) return;
      wh += step.wh;
      coveredMs += step.total.at - step.from;
    },
    close() {
      const known = available || coveredMs > 0;
      const figures = known ? figuresOf(wh, coveredMs, total?.kwh ?? null) : noMeterFigures;
      wh = 0;
      coveredMs = 0;
      return figures;
    },
    powerW: () => null,
  };
}

function powerLog(startedAt: number): MeterLog {
  let power: { readonly watts: number; readonly until: number } | undefined;
  let bookedTo = startedAt;
  let wh = 0;
  let coveredMs = 0;

  function bookTo(at: number): void {
    const until = Math.min(at, power?.until ?? bookedTo);
    if (power !== undefined && until > bookedTo) {
      wh += (power.watts * (until - bookedTo)) / hourMs;
      coveredMs += until - bookedTo;
    }
    bookedTo = at;
  }

  return {
    take(watts, at) {
      // Home Assistant may send the time of a report late.
      if (at > bookedTo) bookTo(at);
      power = watts === null ? undefined : { watts, until: at + powerHoldMs };
    },
    close(at) {
      bookTo(at);
      const figures = coveredMs > 0 ? figuresOf(wh, coveredMs, null) : noMeterFigures;
      wh = 0;
      coveredMs = 0;
      return figures;
    },
    powerW: (at) => (power !== undefined && at <= power.until ? power.watts : null),
  };
}

function figuresOf(wh: number, coveredMs: number, kwh: number | null): MeterFigures {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { meter_wh: round(wh), meter_s: round(coveredMs / 1000), meter_kwh: kwh === null ? null : round(kwh) };
}
