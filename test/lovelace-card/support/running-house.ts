import type { HomeOptions } from "./fake-home.ts";

const celsius = { unit_of_measurement: "°C" };
const modes = [
  "Heat target temperature",
  "Heat flow temperature",
  "Heat compensation curve",
  "Cool target temperature",
  "Cool flow temperature",
  "Floor dry up",
  "Cool compensation curve",
];

/** A house that is being heated on a cold day. */
export const running = {
  operation: "heating",
  outdoor_temperature: ["3", celsius],
  flow_temperature: ["35.0", celsius],
  return_temperature: ["30.5", celsius],
  dhw_temperature: ["48.5", celsius],
  zone_1_room_temperature: ["20.8", celsius],
  zone_1_flow_setpoint: ["36.0", celsius],
  zone_1_room_setpoint: ["21.0", celsius],
  dhw_setpoint: ["50.0", celsius],
  room_feed_zone_1: ["ok", {}],
  room_feed_zone_1_sent: ["21.4", celsius],
  compressor_frequency: ["44.00", { unit_of_measurement: "Hz" }],
  compressor: "on",
  estimated_output_power: ["5.281", { unit_of_measurement: "kW" }],
  estimated_cop: ["4.12", {}],
  flow_rate: ["17", { unit_of_measurement: "L/min" }],
  water_pump: "on",
  fault_code: "No error",
  refrigerant_error: "normal",
  log: ["off", { reason: null }],
  zone_1_room_climate: ["auto", { temperature: 21, min_temp: 8, max_temp: 28, target_temp_step: 0.1 }],
  zone_1_flow_climate: ["auto", { temperature: 35, min_temp: 5, max_temp: 60, target_temp_step: 0.1 }],
  dhw_climate: ["auto", { temperature: 50, min_temp: 40, max_temp: 60, target_temp_step: 0.5 }],
  zone_1_operating_mode: ["Heat flow temperature", { options: modes }],
  auto_adaptive: "on",
  dhw_mode: ["Eco", { options: ["Normal", "Eco"] }],
  force_dhw: "off",
  holiday_mode: "off",
  heat_pump_power: "on",
} as const satisfies HomeOptions["states"];
