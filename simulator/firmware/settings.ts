import { type PointId, pointOf } from "@heatloop/core/catalogue/points";

export type Setting = number | boolean | string;

/** What the controller and the firmware remember over a restart: set-points, numbers, selects, switches. */
export type SimulatedSettings = {
  number(id: PointId): number;
  on(id: PointId): boolean;
  choice(id: PointId): string;
  value(id: PointId): Setting | undefined;
  set(id: PointId, value: Setting): void;
};

/** The firmware's initial values, except for those that a household with Heatloop has set. */
const initial: Partial<Record<PointId, Setting>> = {
  dhw_mode: "normal",
  uart_logging: false,
  regular_dhw: false,
  force_dhw: false,
  holiday_mode: false,
  heat_pump_power: true,
  dhw_climate_target: 48,
  service_codes_enabled: true,
  heating_flow_temperature_max_zone_1: 45,
  heating_flow_temperature_min_zone_1: 25,
  heating_flow_temperature_max_zone_2: 45,
  heating_flow_temperature_min_zone_2: 25,
  cooling_smart_start_temperature: 19,
  cooling_flow_temperature_min_zone_1: 18,
  cooling_flow_temperature_min_zone_2: 18,
  setpoint_bias: 0,
  room_feedback_zone_1: 20,
  room_feedback_zone_2: 20,
  minimum_on_time: 5,
  meter_feedback: 0,
  room_source_zone_1: "room_thermostat",
  room_source_zone_2: "room_thermostat",
  heating_system_type: "underfloor_and_radiators",
  lockout_duration: "off",
  lockout_strategy: "server_control",
  energy_meter_source: "internal",
  auto_adaptive: true,
  predictive_prevention: false,
  defrost_mitigation: false,
  smart_boost: false,
  dynamic_cost_solver: false,
  show_solver_tab: false,
  legionella_automation: false,
  solver_ip_address: "",
  zone_1_operating_mode: "heat_flow_temperature",
  zone_2_operating_mode: "heat_flow_temperature",
  zone_1_flow_climate_target: 32,
  zone_2_flow_climate_target: 32,
  zone_1_room_climate_target: 20.5,
  zone_2_room_climate_target: 20,
  server_control: false,
  prohibit_dhw: false,
  zone_1_prohibit_heating: false,
  zone_1_prohibit_cooling: false,
  zone_2_prohibit_heating: false,
  zone_2_prohibit_cooling: false,
};

/** `changes` replace initial values; values are language-free (`home_assistant`, not its text). */
export function startSettings(changes: Partial<Record<PointId, Setting>>): SimulatedSettings {
  const values = new Map<PointId, Setting>(Object.entries({ ...initial, ...changes }) as [PointId, Setting][]);

  function stored<T extends Setting>(id: PointId, isKind: (value: Setting | undefined) => value is T): T {
    const value = values.get(id);
    if (isKind(value)) return value;
    throw new Error(`${pointOf(id).name} is not a setting of that kind.`);
  }

  return {
    number: (id) => stored(id, isNumber),
    on: (id) => stored(id, isBoolean),
    choice: (id) => stored(id, isText),
    value: (id) => values.get(id),
    set(id, value) {
      values.set(id, value);
    },
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
