import type { Home } from "../home-state.ts";

/** The words that the firmware takes for the mode of a zone; in its reports it uses others. */
const heatingModes: Readonly<Record<string, string>> = {
  "Heating Temperature": "heat_target_temperature",
  "Heating Flow": "heat_flow_temperature",
  "Heating Compensation": "heat_compensation_curve",
  "Cooling Temperature": "cool_target_temperature",
  "Cooling Flow": "cool_flow_temperature",
  "Dry Up": "floor_dry_up",
  "Cool Compensation": "cool_compensation_curve",
};

type Obey = (home: Home, payload: string) => void;

const isOne = (payload: string) => Number.parseInt(payload, 10) === 1;

function zone(of: 1 | 2): Record<string, Obey> {
  return {
    [`Zone${of}/ThermostatSetpoint`]: ({ settings }, text) =>
      settings.set(`zone_${of}_room_climate_target`, Number.parseFloat(text)),
    [`Zone${of}/FlowSetpoint`]: ({ settings }, text) =>
      settings.set(`zone_${of}_flow_climate_target`, Number.parseFloat(text)),
    [`Zone${of}/ProhibitHeating`]: ({ settings }, text) => settings.set(`zone_${of}_prohibit_heating`, isOne(text)),
    [`Zone${of}/ProhibitCooling`]: ({ settings }, text) => settings.set(`zone_${of}_prohibit_cooling`, isOne(text)),
    [`Zone${of}/HeatingMode`]: ({ settings }, text) => {
      const mode = heatingModes[text];
      if (mode !== undefined) settings.set(`zone_${of}_operating_mode`, mode);
    },
  };
}

/** What the firmware does with a command, by its topic below `Command/`. It takes any number as it is. */
export const f1pObeyed: Readonly<Record<string, Obey>> = {
  ...zone(1),
  ...zone(2),
  "HotWater/Setpoint": ({ settings }, text) => settings.set("dhw_climate_target", Number.parseFloat(text)),
  "HotWater/Boost": ({ settings }, text) => settings.set("force_dhw", isOne(text)),
  "HotWater/Prohibit": ({ settings }, text) => settings.set("prohibit_dhw", isOne(text)),
  "HotWater/Mode": ({ settings }, text) => settings.set("dhw_mode", text === "Eco" ? "eco" : "normal"),
  "System/HolidayMode": ({ settings }, text) => settings.set("holiday_mode", isOne(text)),
  "System/SvrControlMode": ({ settings }, text) => settings.set("server_control", isOne(text)),
  "System/Power": ({ settings }, text) => {
    if (text === "On" || text === "Standby") settings.set("heat_pump_power", text === "On");
  },
  "System/CompCurve": setRoomTemperatures,
};

function setRoomTemperatures({ settings }: Home, text: string): void {
  let curve: Readonly<Record<string, { readonly room_temperature?: unknown } | undefined>>;
  try {
    curve = JSON.parse(text);
  } catch {
    return;
  }
  for (const number of [1, 2] as const) {
    const roomC = curve[`zone${number}`]?.room_temperature;
    if (typeof roomC === "number") settings.set(`room_feedback_zone_${number}`, roomC);
  }
}
