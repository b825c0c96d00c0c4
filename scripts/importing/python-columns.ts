import type { PointId } from "@heatloop/core/catalogue/points";

/** The point of each column of the Python logger; `null`: known, but of no use here. */
export const pythonColumns: Readonly<Record<string, PointId | null>> = {
  outside_temp: "outdoor_temperature",
  feed_temp: "flow_temperature",
  return_temp: "return_temperature",
  dhw_temp: "dhw_temperature",
  compressor_hz: "compressor_frequency",
  output_power_kw: "output_power",
  estimated_power_kw: "estimated_output_power",
  estimated_cop: "estimated_cop",
  flow_rate_lmin: "flow_rate",
  pump_speed: "pump_speed",
  pump_watts: "pump_power",
  fan_rpm: "fan_speed",
  heating_consumed_kwh: "heating_electricity_yesterday",
  heating_delivered_kwh: "heating_heat_yesterday",
  dhw_consumed_kwh: "dhw_electricity_yesterday",
  dhw_delivered_kwh: "dhw_heat_yesterday",
  daily_consumed_kwh: "daily_electricity",
  daily_produced_kwh: "daily_estimated_heat",
  compressor_starts: "compressor_starts",
  operating_hours: "operating_runtime",
  discharge_temp: "discharge_temperature",
  refrigerant_temp: "refrigerant_liquid_temperature",
  condensing_temp: "refrigerant_condensing_temperature",
  flow_target_temp: "zone_1_flow_setpoint",
  compressor_on: "compressor",
  defrost: "defrost",
  "3way_valve_dhw": "three_way_valve",
  booster_heater: "booster_heater",
  water_pump: "water_pump",
  sc_lockout: "short_cycle_lockout",
  sc_predictive_boost: "predictive_boost_active",
  room_temp: "room_feedback_zone_1",
  // Yesterday's ratios and what follows from other columns.
  heating_cop: null,
  dhw_cop: null,
  delta_t: null,
  cop_per_hz: null,
  // Not in the minute log.
  water_pump_2: null,
  dhw_eco: null,
};

/** Columns of the firmware's own control, which come from sensors that only the logger's author has. */
export function isSkipped(column: string): boolean {
  return pythonColumns[column] === null || column.startsWith("aa_");
}
