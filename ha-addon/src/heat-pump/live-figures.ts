import type { HeatFormula } from "@heatloop/core/heat/heat-formula";
import { type FallingTotal, startFallWatch } from "@heatloop/core/live/falling-totals";
import { type PowerNow, startPowerMeter } from "@heatloop/core/live/power-now";
import type { Stop } from "@heatloop/core/time/clock";
import type { Device } from "../device/device.ts";

/** What follows from the readings of a device at once. */
export type LiveFigures = {
  /** `meterW`: what an external meter measures, W; null or undefined where there is none. */
  powerNow(at: number, meterW: number | null | undefined): PowerNow;
  /** A total that falls again and again; null where none does. */
  fallingTotal(at: number): FallingTotal | null;
  /** Since when it has been offline, ms since the epoch; null while it is not. */
  offlineSince(): number | null;
  readonly stop: Stop;
};

/** Follows the readings of a device for its power, falling totals and since when it has been offline. */
export function liveFigures(device: Device, formula: () => HeatFormula): LiveFigures {
  const meter = startPowerMeter(formula);
  const falls = startFallWatch();
  let offlineSince: number | null = null;
  const stop = device.onReading((reading) => {
    meter.take(reading);
    falls.take(reading);
    if (reading.point === "online") offlineSince = reading.value ? null : reading.at;
  });
  return {
    powerNow: (at, meterW) => meter.now(at, meterW),
    fallingTotal: falls.falling,
    offlineSince: () => offlineSince,
    stop,
  };
}
