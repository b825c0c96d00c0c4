import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { startHousehold } from "./physics/household.ts";
import { smoothNoise } from "./physics/random.ts";
import { type Weather, weatherAt } from "./physics/weather.ts";

/** What changes slowly around the heat pump; asked for once a minute. */
export type Surroundings = {
  weather: Weather;
  /** Heat of people, lamps and appliances, W. */
  internalGainsW: number;
  /** Hot water drawn, L/min at 40 °C. */
  drawLMin: number;
  /** How far the water flow strays from what was ordered, around 1: valves, air and dirt. */
  flowFactor: number;
};

/** Chosen: the flow strays by at most 3 %, over some hours. */
const flowVariation = 0.03;
const flowVariationMs = 3 * hourMs;

/**
 * Starts the surroundings at a time (ms since the epoch); `update` brings them up to a time and hands back whether the
 * hour has changed. `offsetMs`: standard time of the place, east of UTC.
 */
export function startSurroundings(seed: number, zone: Zone, offsetMs: number, startAt: number) {
  const household = startHousehold(seed, zone);
  const current: Surroundings = {
    weather: weatherAt(seed, startAt, offsetMs),
    internalGainsW: 0,
    drawLMin: 0,
    flowFactor: 1,
  };
  let minute = Number.NaN;
  let hour = Number.NaN;
  function update(at: number): boolean {
    if (Math.floor(at / minuteMs) === minute) return false;
    minute = Math.floor(at / minuteMs);
    current.weather = weatherAt(seed, at, offsetMs);
    current.internalGainsW = household.internalGainsW(at);
    current.drawLMin = household.drawLMin(at);
    current.flowFactor = 1 + flowVariation * smoothNoise(seed + 30, at / flowVariationMs);
    if (Math.floor(at / hourMs) === hour) return false;
    hour = Math.floor(at / hourMs);
    return true;
  }
  return { current, update };
}
