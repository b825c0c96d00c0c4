import type { PointId } from "./points.ts";
import type { Value } from "./reading.ts";

/**
 * The figures of a minute that the reports need, in the order of their CSV columns; null is unknown.
 * `heat_wh` is the net heat into the water (heating_wh + hot_water_wh + defrost_wh + standby_wh; defrost takes heat
 * back and is negative), `cooling_wh` the heat taken out of the house in cooling, kept apart.
 */
export const figures = [
  "covered_s",
  "heat_wh",
  "electricity_wh",
  "cooling_wh",
  "heating_wh",
  "hot_water_wh",
  "defrost_wh",
  "standby_wh",
  "heating_s",
  "hot_water_s",
  "cooling_s",
  "defrost_s",
  "standby_s",
  "starts",
  "defrosts",
] as const;
export type Figure = (typeof figures)[number];

/** What a minute of readings amounts to: one CSV row. */
export type Minute = {
  /** Start of the minute, ms since the epoch. */
  readonly at: number;
  readonly figures: Readonly<Record<Figure, number | null>>;
  /** The logged points: mean, last value or seconds on, as the catalogue says. */
  readonly points: Readonly<Partial<Record<PointId, Value>>>;
};
