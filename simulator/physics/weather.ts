import { dayMs, hourMs } from "@heatloop/core/time/durations";
import { smoothNoise } from "./random.ts";

const yearMs = 365.2425 * dayMs;
const latitude = (47 * Math.PI) / 180;

/** The weather around the house at one moment. */
export type Weather = {
  readonly outdoorC: number;
  /** Relative humidity, 0 to 1. */
  readonly humidity: number;
  /** Sun that comes in through the windows, W. */
  readonly solarW: number;
};

/** A place in the middle of Europe: mean of the year, half the swing of season and day, in K. */
const place = { meanC: 10, seasonK: 9.5, dayK: 3.6, windowsM2: 4.5 };

/**
 * Weather by season and hour, with weather fronts of some days; the same for the same seed and time.
 * `offsetMs`: standard time of the place, east of UTC; the sun stands highest at 12:30.
 */
export function weatherAt(seed: number, at: number, offsetMs: number): Weather {
  const local = at + offsetMs;
  const yearAngle = (2 * Math.PI * (local - Date.UTC(2026, 0, 22))) / yearMs;
  const hour = (local % dayMs) / hourMs;
  const clear = 0.5 + 0.5 * smoothNoise(seed + 1, local / (1.6 * dayMs));
  const front = 4.2 * smoothNoise(seed + 2, local / (4.3 * dayMs)) + 1.4 * smoothNoise(seed + 3, local / (9 * hourMs));
  const season = -Math.cos(yearAngle);
  const dayK = place.dayK * (0.4 + 0.8 * clear) * (0.8 + 0.2 * season);
  const outdoorC = place.meanC + place.seasonK * season + front - dayK * Math.cos((2 * Math.PI * (hour - 3.5)) / 24);
  const dampness = 0.8 - 0.09 * season - 0.2 * clear + 0.1 * smoothNoise(seed + 4, local / (7 * hourMs));
  const afternoon = 0.08 * Math.cos((2 * Math.PI * (hour - 3.5)) / 24);
  return {
    outdoorC,
    humidity: Math.min(0.99, Math.max(0.3, dampness + afternoon)),
    solarW: sunHeight(local, hour) * (0.12 + 0.88 * clear) * 330 * place.windowsM2,
  };
}

/** Sine of the sun's elevation, 0 at night. */
function sunHeight(local: number, hour: number): number {
  const declination = -0.409 * Math.cos((2 * Math.PI * (local - Date.UTC(2025, 11, 21))) / yearMs);
  const hourAngle = ((hour - 12.5) / 12) * Math.PI;
  const sine =
    Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * Math.cos(declination) * Math.cos(hourAngle);
  return Math.max(0, sine);
}
