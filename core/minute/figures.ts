/**
 * The figures of a minute that the reports need, in the order of their CSV columns; null is unknown.
 * `heat_wh` is the net heat into the water (heating_wh + hot_water_wh + defrost_wh + standby_wh; defrost takes heat
 * back and is negative), `cooling_wh` the heat taken out of the house in cooling, kept apart. `covered_s`: seconds
 * in which operation and heat were known. `meter_*` is the external electricity meter (external-meter.ts).
 * `heat_coefficient_kwh_m3_k`: the formula of the heat, as its coefficient at the minute's mean temperatures; null where
 * there was no heat, 0 where a heat meter reported it. Rows of older versions, which used the firmware's, have none.
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
  "meter_wh",
  "meter_s",
  "meter_kwh",
  "heat_coefficient_kwh_m3_k",
] as const;

/** Seconds on from which a minute counts as a whole one, and up to which as none: publications are seconds apart. */
export const wholeMinuteS = 59.5;
export const noMinuteS = 0.5;

export type Figure = (typeof figures)[number];

/** The figures of heat: the whole, the cold, and the parts by use. */
export const heatFigures = [
  "heat_wh",
  "cooling_wh",
  "heating_wh",
  "hot_water_wh",
  "defrost_wh",
  "standby_wh",
] as const satisfies readonly Figure[];
