import type { PointId } from "@heatloop/core/catalogue/points";
import type { Esp } from "../firmware/esp.ts";
import { numericSignals } from "../firmware/signals.ts";
import { stateSignals } from "../firmware/states.ts";
import type { Home } from "../home-state.ts";

/** The JSON of each report of the F1p firmware at a time, by its name. */
export type F1pReports = Readonly<Record<string, (at: number) => Readonly<Record<string, unknown>>>>;

const round2 = (value: number) => Math.round(value * 100) / 100;

/** The words of SystemOperationModeString, by our state. */
const operationModes: Readonly<Record<string, string>> = {
  off: "Off",
  hot_water: "Hot Water",
  heating: "Heating",
  cooling: "Cooling",
  frost_protection: "Frost Protect",
  legionella_prevention: "Legionella",
};

/** The words of HeatingControlModeString, by our state. */
const heatingControlModes: Readonly<Record<string, string>> = {
  heat_target_temperature: "Temp",
  heat_flow_temperature: "Flow",
  heat_compensation_curve: "Compensation",
  cool_target_temperature: "Cool",
  cool_flow_temperature: "Cool Flow",
  floor_dry_up: "Dry Up",
  cool_compensation_curve: "Cool Compensation",
};

/** What the F1p firmware reports of a home (F1p/Mitsubishi-CN105-Protocol-Decode, the reports of ECODAN_Bridge.ino). */
export function f1pReportsOf(home: Home, esp: Esp): F1pReports {
  const numbers = numericSignals(home, esp);
  const states = stateSignals(home);
  const number = (id: PointId, at: number) => numbers[id]?.(at) ?? 0;
  const digit = (id: PointId, at: number) => (states[id]?.(at) === true ? 1 : 0);
  const onOff = (id: PointId, at: number) => (digit(id, at) === 1 ? "On" : "Off");
  return {
    ...mainReports(home, number, digit),
    Advanced: (at) => ({
      FlowTMax: 60,
      BoilerFlow: 25,
      BoilerReturn: 25,
      MixingTemp: 25,
      Immersion: onOff("immersion_heater", at),
      Booster: onOff("booster_heater", at),
      Booster2: onOff("booster_heater_2", at),
      ThreeWayValve: digit("three_way_valve", at),
      PrimaryWaterPump: onOff("water_pump", at),
      RefrigeTemp: number("refrigerant_liquid_temperature", at),
      CondensingTemp: number("refrigerant_condensing_temperature", at),
    }),
    AdvancedTwo: () => ({ ...faultCodes(home), SvrControlMode: Number(home.settings.on("server_control")) }),
    Energy: (at) => ({
      CHEAT: round2(number("heating_electricity_yesterday", at)),
      CCOOL: round2(number("cooling_electricity_yesterday", at)),
      CDHW: round2(number("dhw_electricity_yesterday", at)),
      DHEAT: round2(number("heating_heat_yesterday", at)),
      DCOOL: round2(number("cooling_heat_yesterday", at)),
      DDHW: round2(number("dhw_heat_yesterday", at)),
      HEAT_CoP: round2(number("heating_cop_yesterday", at)),
      ConsumedTotalInc: number("daily_electricity", at),
    }),
    WiFiStatus: (at) => ({
      SSID: "Home",
      RSSI: number("wifi_signal", at),
      Uptime: Math.floor(number("esp_uptime", at) / 60),
      IP: "192.168.1.88",
      Firmware: "6.6.0en",
    }),
    CompCurve: () => ({
      zone1: { active: false, room_temperature: home.settings.number("room_feedback_zone_1") },
      zone2: { active: false, room_temperature: home.settings.number("room_feedback_zone_2") },
    }),
  };
}

function mainReports(
  home: Home,
  number: (id: PointId, at: number) => number,
  digit: (id: PointId, at: number) => number,
): F1pReports {
  const { settings, controller, pump } = home;
  const zone = (of: 1 | 2) => (at: number) => ({
    Temperature: number(`zone_${of}_room_temperature`, at),
    Setpoint: of > home.zones ? 0 : number(`zone_${of}_room_setpoint`, at),
    HeatingControlMode: heatingControlModes[settings.choice(`zone_${of}_operating_mode`)] ?? "",
    FSP: number(`zone_${of}_flow_setpoint`, at),
    ProhibitHeating: Number(settings.on(`zone_${of}_prohibit_heating`)),
    ProhibitCooling: Number(settings.on(`zone_${of}_prohibit_cooling`)),
    FlowTemp: number(`zone_${of}_flow_temperature`, at),
    ReturnTemp: number(`zone_${of}_return_temperature`, at),
    InputType: "IN1",
  });
  return {
    Zone1: zone(1),
    Zone2: zone(2),
    HotWater: (at) => ({
      Temperature: number("dhw_temperature", at),
      Setpoint: number("dhw_setpoint", at),
      HotWaterBoostActive: Number(settings.on("force_dhw")),
      ProhibitDHW: Number(settings.on("prohibit_dhw")),
      HotWaterControlMode: settings.choice("dhw_mode") === "eco" ? "Eco" : "Normal",
      LegionellaSetpoint: number("legionella_prevention_temperature", at),
      HotWaterMaxTDrop: number("dhw_max_temperature_drop", at),
    }),
    System: (at) => {
      const isDefrosting = pump.compressor.kind === "defrosting";
      return {
        HeaterFlow: number("flow_temperature", at),
        HeaterReturn: number("return_temperature", at),
        FlowReturnDeltaT: number("temperature_difference", at),
        OutsideTemp: number("outdoor_temperature", at),
        Defrost: isDefrosting ? "Defrosting" : "Off",
        HeaterPower: number("output_power", at),
        Compressor: number("compressor_frequency", at),
        SystemPower: settings.on("heat_pump_power") ? "On" : "Standby",
        SystemOperationMode: isDefrosting ? "Defrosting" : (operationModes[controller.mode.mode] ?? "Off"),
        HolidayMode: digit("holiday_mode_active", at),
        FlowRate: number("flow_rate", at),
        PumpPwr: number("pump_power", at),
        RunHours: number("operating_runtime", at),
      };
    },
  };
}

function faultCodes({ controller }: Home) {
  const [letters = "Normal", digits] = controller.fault?.split(" ") ?? [];
  return { FltCode: letters, ErrCode: digits === undefined ? "Normal" : Number(digits) };
}
