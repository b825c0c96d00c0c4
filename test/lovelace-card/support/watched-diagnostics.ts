import { exampleNow } from "#test/support/examples/device.ts";
import { watchedStates } from "./watched-page.ts";

const named = (state: string, name: string, attributes: Readonly<Record<string, unknown>> = {}) =>
  [state, { friendly_name: `Ecodan heatpump ${name}`, ...attributes }] as const;
const problem = { device_class: "problem" };

/** What a heat pump says of itself, which has a doubtful ESP32 and one alert. */
export const diagnosticStates = {
  ...watchedStates,
  wifi_signal: named("-58", "Wi-Fi signal", { unit_of_measurement: "dBm" }),
  esp_uptime: named("2693520", "ESP uptime", { unit_of_measurement: "s" }),
  reset_reason: named("Brownout", "Reset reason"),
  heap_free: named("123456", "Free heap", { unit_of_measurement: "B" }),
  mqtt_reconnects: named("unavailable", "MQTT reconnects"),
  fault_code: named("No error", "Fault code"),
  refrigerant_error: named("startup_error", "Refrigerant error"),
  short_cycle_lockout: named("off", "Short-cycle lockout", problem),
  heat_source: named("immersion_and_booster_heater", "Heat source"),
  multi_zone_status: named("zone_1", "Multi-zone status"),
  dip_switch_1: named("00100010", "DIP switches 1"),
  compressor: named("on", "Compressor", { device_class: "running" }),
  compressor_frequency: named("62", "Compressor frequency", { unit_of_measurement: "Hz" }),
  compressor_starts: named("12345", "Compressor starts", { state_class: "total_increasing" }),
  operating_runtime: named("23456", "Operating hours", { unit_of_measurement: "h" }),
  water_pump: named("off", "Water pump", { device_class: "running" }),
  pump_feedback: named("active", "Pump feedback"),
  flow_rate: named("14.5", "Flow rate", { unit_of_measurement: "L/min" }),
  log: named("on", "Minute log", { ...problem, reason: "the disk is full" }),
  room_feed_zone_1: named("degraded", "Zone 1 room feed", { reason: "2 of 3 rooms used." }),
  alerts: named("on", "Alerts", {
    ...problem,
    alerts: [{ id: "a", severity: "warning", message: "The room Bedroom is not used.", since: new Date(exampleNow) }],
  }),
} as const;
