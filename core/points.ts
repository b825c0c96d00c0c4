import type { Point } from "./point.ts";
import { type QuantityRow, quantities } from "./quantities.ts";

/**
 * The catalogue: every entity of the gekkekoe firmware, one row a value. Sources: the firmware's
 * confs/*.yaml as ESPHome resolves them (165 entities), and its optional packages at the end.
 */
export const points = {
  // confs/base.yaml
  operating_runtime: { name: "Operating Runtime", component: "sensor", quantity: "hours", every: 10.5, log: "last" },
  compressor_frequency: { name: "Compressor Frequency", component: "sensor", quantity: "frequency", decimals: 2, max: 200, log: "mean" },
  output_power: { name: "Output Power", component: "sensor", quantity: "kilowatts", max: 60, log: "mean" },
  estimated_output_power: { name: "Estimated Output Power", component: "sensor", quantity: "kilowatts", min: -60, max: 60, log: "mean" },
  outdoor_temperature: { name: "Outside Temp", component: "sensor", quantity: "temperature", decimals: 0, min: -50, max: 60, log: "mean" },
  flow_temperature: { name: "Feed Temp", component: "sensor", quantity: "temperature", log: "mean" },
  return_temperature: { name: "Return Temp", component: "sensor", quantity: "temperature", log: "mean" },
  refrigerant_liquid_temperature: { name: "Refrigerant Liquid Temp", component: "sensor", quantity: "temperature", log: "mean" },
  refrigerant_condensing_temperature: { name: "Refrigerant Condensing Temp", component: "sensor", quantity: "temperature", log: "mean" },
  boiler_flow_temperature: { name: "Boiler Flow Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  boiler_return_temperature: { name: "Boiler Return Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  mixing_tank_temperature: { name: "Mixing Tank Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  dhw_temperature: { name: "DHW Current Temp", component: "sensor", quantity: "temperature", log: "mean" },
  dhw_secondary_temperature: { name: "DHW Secondary Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  dhw_setpoint: { name: "DHW Setpoint Value", component: "sensor", quantity: "temperature", log: "last" },
  dhw_max_temperature_drop: { name: "DHW Max Temp Drop", component: "sensor", quantity: "temperature_difference", log: "last" },
  legionella_prevention_temperature: { name: "Legionella Prevention Temp", component: "sensor", quantity: "temperature", log: "last" },
  flow_rate: { name: "Flow Rate", component: "sensor", quantity: "flow_rate", max: 200, log: "mean" },
  pump_speed: { name: "Pump Speed", component: "sensor", quantity: "count", max: 100, log: "last" },
  pump_power: { name: "Pump Consumption", component: "sensor", quantity: "power", max: 2000, log: "mean" },
  daily_electricity: { name: "Reported Total Daily Energy Consumption", component: "sensor", quantity: "energy", decimals: 1, stateClass: "total_increasing", max: 6553.6, log: "last" },
  estimated_cop: { name: "Estimated COP", component: "sensor", quantity: "ratio", max: 100, log: "last" },
  temperature_difference: { name: "Delta T", component: "sensor", quantity: "temperature_difference", min: -60, every: "change" },
  esp_uptime: { name: "ESP Uptime", component: "sensor", quantity: "seconds", every: 60, stateClass: "total_increasing", category: "diagnostic" },
  daily_estimated_heat: { name: "Estimated Total Daily Energy Produced", component: "sensor", quantity: "energy", decimals: 3, min: -1000, stateClass: "total", log: "last" },
  holiday_mode_active: { name: "Holiday Mode", component: "binary_sensor", quantity: "on_off" },
  dhw_forced: { name: "DHW Forced", component: "binary_sensor", quantity: "on_off", log: "on" },
  dhw_eco: { name: "DHW Eco", component: "binary_sensor", quantity: "on_off" },
  compressor: { name: "Compressor", component: "binary_sensor", quantity: "on_off", deviceClass: "running", log: "on" },
  defrost: { name: "Defrost", component: "binary_sensor", quantity: "on_off", deviceClass: "running" },
  booster_heater: { name: "Booster Heater", component: "binary_sensor", quantity: "on_off", deviceClass: "running", log: "on" },
  booster_heater_2: { name: "Booster Heater 2", component: "binary_sensor", quantity: "on_off", deviceClass: "running", log: "on" },
  immersion_heater: { name: "Immersion Heater", component: "binary_sensor", quantity: "on_off", deviceClass: "running", log: "on" },
  dhw_prohibited: { name: "DHW Prohibit", component: "binary_sensor", quantity: "on_off" },
  water_pump: { name: "Water Pump Status", component: "binary_sensor", quantity: "on_off", deviceClass: "running", log: "on" },
  three_way_valve: { name: "3-way Valve", component: "binary_sensor", quantity: "on_off", deviceClass: "running", log: "on" },
  in1_thermostat: { name: "In1 Thermostat", component: "binary_sensor", quantity: "on_off", log: "on" },
  in6_thermostat_2: { name: "In6 Thermostat 2", component: "binary_sensor", quantity: "on_off" },
  in5_outdoor_thermostat: { name: "In5 Outdoor Thermostat", component: "binary_sensor", quantity: "on_off" },
  esp_version: { name: "ESP Version", component: "sensor", quantity: "text", category: "diagnostic" },
  controller_date: { name: "Controller Date", component: "sensor", quantity: "text", every: 60, category: "diagnostic", log: "last" },
  controller_version: { name: "Controller Version", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  heat_source: { name: "Heat Source", component: "sensor", quantity: "choice", states: "heat_source", every: 60, log: "last" },
  operation_mode: { name: "Operation Mode", component: "sensor", quantity: "choice", states: "operation_mode", log: "last" },
  pump_feedback: { name: "Pump Feedback Status", component: "sensor", quantity: "choice", states: "pump_feedback" },
  refrigerant_error: { name: "Refrigerant error code", component: "sensor", quantity: "choice", states: "refrigerant_error", every: 60, category: "diagnostic" },
  fault_code: { name: "Fault code", component: "sensor", quantity: "text", category: "diagnostic", log: "last" },
  controller_firmware: { name: "Controller Firmware", component: "sensor", quantity: "text", category: "diagnostic" },
  dip_switch_1: { name: "Dip Switch 1 (8-1)", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  dip_switch_2: { name: "Dip Switch 2 (8-1)", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  dip_switch_3: { name: "Dip Switch 3 (8-1)", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  dip_switch_4: { name: "Dip Switch 4 (8-1)", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  dip_switch_5: { name: "Dip Switch 5 (8-1)", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  dip_switch_6: { name: "Dip Switch 6 (8-1)", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  dip_switch_7: { name: "Dip Switch 7 (8-1)", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  multi_zone_status: { name: "Multi Zone Status", component: "sensor", quantity: "choice", states: "multi_zone_status", log: "last" },
  dhw_mode: { name: "DHW Mode", component: "select", quantity: "choice", states: "dhw_mode", log: "last" },
  uart_logging: { name: "UART Logging", component: "switch", quantity: "on_off", category: "config" },
  regular_dhw: { name: "Regular DHW", component: "switch", quantity: "on_off" },
  force_dhw: { name: "Force DHW", component: "switch", quantity: "on_off" },
  holiday_mode: { name: "Holiday Mode", component: "switch", quantity: "on_off" },
  heat_pump_power: { name: "Heatpump", component: "switch", quantity: "on_off", log: "on" },
  dhw_climate_target: { name: "DHW Climate", component: "climate", quantity: "temperature", part: "target_temperature", min: 40, max: 60, step: 0.5 },
  dhw_climate_current: { name: "DHW Climate", component: "climate", quantity: "temperature", part: "current_temperature" },
  dhw_climate_mode: { name: "DHW Climate", component: "climate", quantity: "choice", part: "mode", states: "climate_mode" },
  dhw_climate_action: { name: "DHW Climate", component: "climate", quantity: "choice", part: "action", states: "climate_action" },
  // confs/energy.yaml
  cooling_cop_yesterday: { name: "Cool COP", component: "sensor", quantity: "ratio", max: 100 },
  heating_cop_yesterday: { name: "Heating COP", component: "sensor", quantity: "ratio", max: 100 },
  dhw_cop_yesterday: { name: "DHW COP", component: "sensor", quantity: "ratio", max: 100 },
  cooling_electricity_yesterday: { name: "Cool Consumed", component: "sensor", quantity: "energy", stateClass: "total", log: "last" },
  cooling_heat_yesterday: { name: "Cool Delivered", component: "sensor", quantity: "energy", stateClass: "total", log: "last" },
  heating_electricity_yesterday: { name: "Heating Consumed", component: "sensor", quantity: "energy", stateClass: "total", log: "last" },
  heating_heat_yesterday: { name: "Heating Delivered", component: "sensor", quantity: "energy", stateClass: "total", log: "last" },
  dhw_electricity_yesterday: { name: "DHW Consumed", component: "sensor", quantity: "energy", stateClass: "total", log: "last" },
  dhw_heat_yesterday: { name: "DHW Delivered", component: "sensor", quantity: "energy", stateClass: "total", log: "last" },
  heating_electricity_total: { name: "Total Heating Consumed", component: "sensor", quantity: "energy", every: "change", stateClass: "total_increasing" },
  heating_heat_total: { name: "Total Heating Delivered", component: "sensor", quantity: "energy", every: "change", stateClass: "total_increasing" },
  cooling_electricity_total: { name: "Total Cool Consumed", component: "sensor", quantity: "energy", every: "change", stateClass: "total_increasing" },
  cooling_heat_total: { name: "Total Cool Delivered", component: "sensor", quantity: "energy", every: "change", stateClass: "total_increasing" },
  dhw_electricity_total: { name: "Total DHW Consumed", component: "sensor", quantity: "energy", every: "change", stateClass: "total_increasing" },
  dhw_heat_total: { name: "Total DHW Delivered", component: "sensor", quantity: "energy", every: "change", stateClass: "total_increasing" },
  // confs/cpu-monitoring.yaml
  cpu_0_load: { name: "CPU 0", component: "sensor", quantity: "percent", decimals: 1, category: "diagnostic" },
  cpu_1_load: { name: "CPU 1", component: "sensor", quantity: "percent", decimals: 1, category: "diagnostic" },
  // confs/request-codes.yaml
  compressor_starts: { name: "Accumulated Compressor Starts", component: "sensor", quantity: "count", every: 3600, max: 1e7, stateClass: "total_increasing", log: "last" },
  discharge_temperature: { name: "Discharge Temp", component: "sensor", quantity: "temperature", every: 120, log: "mean" },
  outdoor_unit_liquid_pipe_temperature: { name: "Outside Unit Liquid Pipe 1 Temp", component: "sensor", quantity: "temperature", every: 120 },
  outdoor_unit_two_phase_pipe_temperature: { name: "Outside Unit Two Phase Pipe Temp", component: "sensor", quantity: "temperature", every: 120 },
  outdoor_unit_suction_pipe_temperature: { name: "Outside Unit Suction Pipe Temp", component: "sensor", quantity: "temperature", every: 120 },
  outdoor_unit_heatsink_temperature: { name: "Outside Unit Heatsink Temp", component: "sensor", quantity: "temperature", every: 120 },
  outdoor_unit_compressor_surface_temperature: { name: "Outside Unit Compressor Surface Temp", component: "sensor", quantity: "temperature", every: 120 },
  discharge_superheat: { name: "Discharge Superheat Temp", component: "sensor", quantity: "temperature_difference", every: 120, min: -100 },
  subcooling: { name: "Subcooling Temp", component: "sensor", quantity: "temperature_difference", every: 120, min: -100 },
  fan_speed: { name: "Fan Speed", component: "sensor", quantity: "rotation", every: 120, max: 5000, log: "mean" },
  service_codes_enabled: { name: "service codes enabled", component: "switch", quantity: "on_off", category: "config" },
  // confs/auto-adaptive.yaml
  predictive_boost_active: { name: "Short-Cycle: Predictive Boost Active", component: "binary_sensor", quantity: "on_off", log: "on" },
  short_cycle_lockout: { name: "Short-Cycle: Lockout", component: "binary_sensor", quantity: "on_off", deviceClass: "problem", category: "diagnostic", log: "on" },
  solver_online: { name: "Solver Online Status", component: "binary_sensor", quantity: "on_off" },
  heating_flow_temperature_max_zone_1: { name: "Auto-Adaptive: Max. Heating Flow Temperature", component: "number", quantity: "temperature", min: 25, max: 55, step: 0.5, category: "config" },
  heating_flow_temperature_min_zone_1: { name: "Auto-Adaptive: Min. Heating Flow Temperature", component: "number", quantity: "temperature", min: 24, max: 40, step: 0.5, category: "config" },
  heating_flow_temperature_max_zone_2: { name: "Auto-Adaptive: Max. Heating Flow Temperature z2", component: "number", quantity: "temperature", min: 25, max: 55, step: 0.5, category: "config" },
  heating_flow_temperature_min_zone_2: { name: "Auto-Adaptive: Min. Heating Flow Temperature z2", component: "number", quantity: "temperature", min: 24, max: 40, step: 0.5, category: "config" },
  cooling_smart_start_temperature: { name: "Auto-Adaptive: Cooling Smart Start Temp", component: "number", quantity: "temperature", min: 16, max: 25, step: 0.5, category: "config" },
  cooling_flow_temperature_min_zone_1: { name: "Auto-Adaptive: Min. Cooling Flow Temperature z1", component: "number", quantity: "temperature", min: 5, max: 25, step: 0.1, category: "config" },
  cooling_flow_temperature_min_zone_2: { name: "Auto-Adaptive: Min. Cooling Flow Temperature z2", component: "number", quantity: "temperature", min: 5, max: 25, step: 0.1, category: "config" },
  setpoint_bias: { name: "Auto-Adaptive: Setpoint Bias", component: "number", quantity: "temperature_difference", min: -2.5, max: 2.5, step: 0.1, category: "config" },
  room_feedback_zone_1: { name: "Auto-Adaptive: Current Room Temperature Feedback z1", component: "number", quantity: "temperature", min: -50, max: 100, step: 0.1, log: "last" },
  room_feedback_zone_2: { name: "Auto-Adaptive: Current Room Temperature Feedback z2", component: "number", quantity: "temperature", min: -50, max: 100, step: 0.1, log: "last" },
  minimum_on_time: { name: "Short-Cycle: Minimum On-Time", component: "number", quantity: "minutes", min: 1, max: 20, step: 1, category: "config" },
  meter_feedback: { name: "kWh meter feedback", component: "number", quantity: "energy", min: 0, max: 9999, step: 0.001 },
  room_source_zone_1: { name: "Auto-Adaptive: Room Temperature source z1", component: "select", quantity: "choice", states: "room_source", category: "config", log: "last" },
  room_source_zone_2: { name: "Auto-Adaptive: Room Temperature source z2", component: "select", quantity: "choice", states: "room_source", category: "config", log: "last" },
  heating_system_type: { name: "Auto-Adaptive: Heating System Type", component: "select", quantity: "choice", states: "heating_system_type", category: "config" },
  lockout_duration: { name: "Short-Cycle: Lockout Duration (min)", component: "select", quantity: "choice", states: "lockout_duration", category: "config" },
  lockout_strategy: { name: "Short-Cycle: Lockout Strategy", component: "select", quantity: "choice", states: "lockout_strategy", category: "config" },
  energy_meter_source: { name: "Energy Meter Source", component: "select", quantity: "choice", states: "energy_meter_source", category: "config" },
  auto_adaptive: { name: "Auto-Adaptive: Control", component: "switch", quantity: "on_off", log: "on" },
  predictive_prevention: { name: "Short-Cycle: Predictive Prevention", component: "switch", quantity: "on_off", category: "config" },
  defrost_mitigation: { name: "Auto-Adaptive: Defrost Mitigation", component: "switch", quantity: "on_off", category: "config" },
  smart_boost: { name: "Auto-Adaptive: Smart Boost", component: "switch", quantity: "on_off", category: "config" },
  dynamic_cost_solver: { name: "Enable Dynamic Cost Solver", component: "switch", quantity: "on_off", category: "config" },
  show_solver_tab: { name: "Show Solver Tab", component: "switch", quantity: "on_off", category: "config" },
  legionella_automation: { name: "Legionella: DHW Setpoint Automation", component: "switch", quantity: "on_off", category: "config" },
  cancel_lockout: { name: "Short-Cycle: Cancel Lockout", component: "button", quantity: "press" },
  solver_ip_address: { name: "Solver IP Address", component: "text", quantity: "text", category: "config" },
  // confs/esp32s3.yaml
  esp_temperature: { name: "ESP Internal Temperature", component: "sensor", quantity: "temperature", every: 60, category: "diagnostic" },
  esp_restart: { name: "ESP Restart", component: "button", quantity: "press", deviceClass: "restart", category: "config" },
  // confs/zone1.yaml
  zone_1_flow_setpoint: { name: "Zone 1 Setpoint Value", component: "sensor", quantity: "temperature", log: "last" },
  zone_1_room_temperature: { name: "Zone 1 Room Temp", component: "sensor", quantity: "temperature", absent: 0, log: "mean" },
  zone_1_room_setpoint: { name: "Zone 1 Room Setpoint Value", component: "sensor", quantity: "temperature", log: "last" },
  zone_1_flow_temperature: { name: "Z1 Feed Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  zone_1_return_temperature: { name: "Z1 Return Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  zone_1_mixing_valve_step: { name: "Mixing Valve Step z1", component: "sensor", quantity: "count", max: 1e6 },
  zone_1_heating_prohibited: { name: "Zone 1 Prohibit Heating", component: "binary_sensor", quantity: "on_off" },
  zone_1_cooling_prohibited: { name: "Zone 1 Prohibit Cooling Status", component: "binary_sensor", quantity: "on_off" },
  water_pump_2: { name: "Water Pump 2 Status", component: "binary_sensor", quantity: "on_off", deviceClass: "running" },
  water_pump_4: { name: "Water Pump 4 Status", component: "binary_sensor", quantity: "on_off", deviceClass: "running" },
  zone_1_master_room_sensor: { name: "Master Room Sensor z1", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  zone_1_operating_mode: { name: "Selected operating mode", component: "select", quantity: "choice", states: "operating_mode", log: "last" },
  zone_1_flow_climate_target: { name: "Zone 1 Flow Temp", component: "climate", quantity: "temperature", part: "target_temperature", min: 5, max: 60, step: 0.1 },
  zone_1_flow_climate_current: { name: "Zone 1 Flow Temp", component: "climate", quantity: "temperature", part: "current_temperature" },
  zone_1_flow_climate_mode: { name: "Zone 1 Flow Temp", component: "climate", quantity: "choice", part: "mode", states: "climate_mode" },
  zone_1_flow_climate_action: { name: "Zone 1 Flow Temp", component: "climate", quantity: "choice", part: "action", states: "climate_action" },
  zone_1_room_climate_target: { name: "Zone 1 Room Temp", component: "climate", quantity: "temperature", part: "target_temperature", min: 8, max: 28, step: 0.1 },
  zone_1_room_climate_current: { name: "Zone 1 Room Temp", component: "climate", quantity: "temperature", part: "current_temperature", absent: 0 },
  zone_1_room_climate_mode: { name: "Zone 1 Room Temp", component: "climate", quantity: "choice", part: "mode", states: "climate_mode" },
  zone_1_room_climate_action: { name: "Zone 1 Room Temp", component: "climate", quantity: "choice", part: "action", states: "climate_action" },
  // confs/server-control-z1.yaml
  server_control: { name: "server control", component: "switch", quantity: "on_off", category: "config" },
  prohibit_dhw: { name: "server control - prohibit DHW", component: "switch", quantity: "on_off", category: "config" },
  zone_1_prohibit_heating: { name: "server control - zone 1 prohibit heating", component: "switch", quantity: "on_off", category: "config" },
  zone_1_prohibit_cooling: { name: "server control - zone 1 prohibit cooling", component: "switch", quantity: "on_off", category: "config" },
  // confs/zone2.yaml
  zone_2_flow_setpoint: { name: "Zone 2 Setpoint Value", component: "sensor", quantity: "temperature", log: "last" },
  zone_2_room_temperature: { name: "Zone 2 Room Temp", component: "sensor", quantity: "temperature", absent: 0, log: "mean" },
  zone_2_room_setpoint: { name: "Zone 2 Room Setpoint Value", component: "sensor", quantity: "temperature", log: "last" },
  zone_2_flow_temperature: { name: "Z2 Feed Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  zone_2_return_temperature: { name: "Z2 Return Temp", component: "sensor", quantity: "temperature", absent: 25, log: "mean" },
  zone_2_mixing_valve_step: { name: "Mixing Valve Step", component: "sensor", quantity: "count", max: 1e6 },
  mixing_valve_status: { name: "Mixing Valve Status", component: "sensor", quantity: "count", max: 1e6 },
  zone_2_heating_prohibited: { name: "Zone 2 Prohibit Heating", component: "binary_sensor", quantity: "on_off" },
  zone_2_cooling_prohibited: { name: "Zone 2 Prohibit Cooling", component: "binary_sensor", quantity: "on_off" },
  three_way_valve_2: { name: "3-way Valve 2", component: "binary_sensor", quantity: "on_off", deviceClass: "running" },
  water_pump_3: { name: "Water Pump 3 Status", component: "binary_sensor", quantity: "on_off", deviceClass: "running" },
  zone_2_master_room_sensor: { name: "Master Room Sensor z2", component: "sensor", quantity: "text", every: 60, category: "diagnostic" },
  zone_2_operating_mode: { name: "z2 Selected operating mode", component: "select", quantity: "choice", states: "operating_mode", log: "last" },
  zone_2_flow_climate_target: { name: "Zone 2 Flow Temp", component: "climate", quantity: "temperature", part: "target_temperature", min: 5, max: 60, step: 0.1 },
  zone_2_flow_climate_current: { name: "Zone 2 Flow Temp", component: "climate", quantity: "temperature", part: "current_temperature" },
  zone_2_flow_climate_mode: { name: "Zone 2 Flow Temp", component: "climate", quantity: "choice", part: "mode", states: "climate_mode" },
  zone_2_flow_climate_action: { name: "Zone 2 Flow Temp", component: "climate", quantity: "choice", part: "action", states: "climate_action" },
  zone_2_room_climate_target: { name: "Zone 2 Room Temp", component: "climate", quantity: "temperature", part: "target_temperature", min: 8, max: 28, step: 0.1 },
  zone_2_room_climate_current: { name: "Zone 2 Room Temp", component: "climate", quantity: "temperature", part: "current_temperature", absent: 0 },
  zone_2_room_climate_mode: { name: "Zone 2 Room Temp", component: "climate", quantity: "choice", part: "mode", states: "climate_mode" },
  zone_2_room_climate_action: { name: "Zone 2 Room Temp", component: "climate", quantity: "choice", part: "action", states: "climate_action" },
  // confs/server-control-z2.yaml
  zone_2_prohibit_heating: { name: "server control - zone 2 prohibit heating", component: "switch", quantity: "on_off", category: "config" },
  zone_2_prohibit_cooling: { name: "server control - zone 2 prohibit cooling", component: "switch", quantity: "on_off", category: "config" },
  // confs/debug.yaml
  loop_time: { name: "Loop Time", component: "sensor", quantity: "milliseconds", every: 60, category: "diagnostic" },
  heap_free: { name: "Heap Free", component: "sensor", quantity: "bytes", every: 60, category: "diagnostic" },
  reset_reason: { name: "Reset Reason", component: "sensor", quantity: "text", category: "diagnostic" },
  // confs/wifi-base.yaml
  wifi_signal: { name: "WiFi Signal dB", component: "sensor", quantity: "signal", every: 5, category: "diagnostic", log: "mean" },
  wifi_signal_percent: { name: "WiFi Signal %", component: "sensor", quantity: "percent", every: 5, category: "diagnostic" },
  esp_ip_address: { name: "ESP IP", component: "sensor", quantity: "text", category: "diagnostic" },
  esp_ssid: { name: "ESP SSID", component: "sensor", quantity: "text", category: "diagnostic" },
  // confs/asgard-thermostat.yaml (optional)
  virtual_thermostat_input_zone_1: { name: "Virtual Thermostat Input z1", component: "number", quantity: "temperature", min: -10, max: 40, step: 0.1 },
  thermostat_hysteresis_zone_1: { name: "Asgard Hysteresis z1", component: "number", quantity: "temperature_difference", min: 0.1, max: 2, step: 0.1, category: "config" },
  virtual_thermostat_source_zone_1: { name: "Virtual Thermostat Source z1", component: "select", quantity: "choice", states: "virtual_thermostat_source", category: "config" },
  manual_relay_zone_1: { name: "Manual Relay z1", component: "switch", quantity: "on_off" },
  virtual_thermostat_climate_target: { name: "Virtual Thermostat z1", component: "climate", quantity: "temperature", part: "target_temperature", min: 10, max: 30, step: 0.1 },
  virtual_thermostat_climate_current: { name: "Virtual Thermostat z1", component: "climate", quantity: "temperature", part: "current_temperature" },
  virtual_thermostat_climate_mode: { name: "Virtual Thermostat z1", component: "climate", quantity: "choice", part: "mode", states: "climate_mode" },
  virtual_thermostat_climate_action: { name: "Virtual Thermostat z1", component: "climate", quantity: "choice", part: "action", states: "climate_action" },
  // confs/asgard-sensors.yaml (optional)
  ds18x20_0_temperature: { name: "DS18x20 Sensor 0", component: "sensor", quantity: "temperature", every: 5 },
  ds18x20_1_temperature: { name: "DS18x20 Sensor 1", component: "sensor", quantity: "temperature", every: 5 },
  ds18x20_2_temperature: { name: "DS18x20 Sensor 2", component: "sensor", quantity: "temperature", every: 5 },
  ds18x20_3_temperature: { name: "DS18x20 Sensor 3", component: "sensor", quantity: "temperature", every: 5 },
  ds18x20_flow_temperature: { name: "DS18x20 Feed temp", component: "sensor", quantity: "temperature", every: 3, log: "mean" },
  ds18x20_return_temperature: { name: "DS18x20 Return Temp", component: "sensor", quantity: "temperature", every: 3, log: "mean" },
  ds18x20_zone_1_temperature: { name: "DS18x20 Virtual Thermostat input z1", component: "sensor", quantity: "temperature", every: 3 },
  ds18x20_zone_2_temperature: { name: "DS18x20 Virtual Thermostat input z2", component: "sensor", quantity: "temperature", every: 3 },
  ds18x20_temperature_difference: { name: "DS18x20 Delta T", component: "sensor", quantity: "temperature_difference", every: 3, min: -60 },
  ds18x20_flow_sensor: { name: "DS18x20 Select Feed Sensor", component: "select", quantity: "choice", states: "ds18x20_sensor", category: "config" },
  ds18x20_return_sensor: { name: "DS18x20 Select Return Sensor", component: "select", quantity: "choice", states: "ds18x20_sensor", category: "config" },
  ds18x20_zone_1_sensor: { name: "DS18x20 Select z1 Sensor", component: "select", quantity: "choice", states: "ds18x20_sensor", category: "config" },
  ds18x20_zone_2_sensor: { name: "DS18x20 Select z2 Sensor", component: "select", quantity: "choice", states: "ds18x20_sensor", category: "config" },
  solver_dhw_mode: { name: "Solver DHW Mode", component: "select", quantity: "choice", states: "solver_dhw_mode", category: "config" },
  // confs/slave.yaml (optional)
  ignore_slave_commands: { name: "Ignore Slave SET cmds", component: "switch", quantity: "on_off", category: "config" },
  // confs/ota.yaml (optional)
  firmware_version: { name: "Firmware Version", component: "sensor", quantity: "text", category: "diagnostic" },
  firmware_update: { name: "Firmware Update", component: "update", quantity: "json", category: "diagnostic" },
} as const satisfies Record<string, Point>;

export type PointId = keyof typeof points;

export const pointIds = Object.keys(points) as PointId[];

/** The row of a point, typed as the general `Point`. */
export function pointOf(id: PointId): Point {
  return points[id];
}

export function isPointId(text: string): text is PointId {
  return Object.hasOwn(points, text);
}

/** The firmware's full poll of the heat pump: 21 requests, one each 500 ms. */
const pollS = 10.5;

/** Seconds between two publications of a point, or undefined where it is published on change only. */
export function everyS(id: PointId): number | undefined {
  const point = pointOf(id);
  if (point.every !== undefined) return point.every === "change" ? undefined : point.every;
  return point.component === "sensor" && quantities[point.quantity].kind === "number" ? pollS : undefined;
}

/**
 * How long a value stands for the present, in seconds: three publications, so that a lost QoS 0 message
 * leaves no hole. A value published on change only stands as long as the device is online.
 */
export function holdS(id: PointId): number {
  const every = everyS(id);
  return every === undefined ? Number.POSITIVE_INFINITY : 3 * every;
}

/** How long an online device may say nothing at all, in seconds, until nothing is known of it any more. */
export const silenceS = 60;

/** The smallest and largest believable value of a numeric point. */
export function rangeOf(id: PointId): { readonly min: number; readonly max: number } {
  const point = pointOf(id);
  const quantity: QuantityRow = quantities[point.quantity];
  return {
    min: point.min ?? quantity.min ?? Number.NEGATIVE_INFINITY,
    max: point.max ?? quantity.max ?? Number.POSITIVE_INFINITY,
  };
}

/** The name of a point's column in people's CSV: the id with its unit (`flow_temperature_c`). */
export function columnOf(id: PointId): string {
  const point = pointOf(id);
  return point.log === "on" ? `${id}_s` : id + quantities[point.quantity].suffix;
}
