import type { PointId } from "../catalogue/points.ts";
import { textOf } from "../catalogue/text-states.ts";
import {
  type F1pReader,
  type F1pReport,
  type F1pReportName,
  number,
  numberIn,
  onOff,
  text,
  word,
} from "./f1p-report.ts";

type Readers = Partial<Record<PointId, F1pReader>>;
type Zone = 1 | 2;

/** How the F1p firmware names the operating modes of a zone in its reports, and in commands. */
export const f1pOperatingModes = {
  heat_target_temperature: { reported: "Temp", commanded: "Heating Temperature" },
  heat_flow_temperature: { reported: "Flow", commanded: "Heating Flow" },
  heat_compensation_curve: { reported: "Compensation", commanded: "Heating Compensation" },
  cool_target_temperature: { reported: "Cool", commanded: "Cooling Temperature" },
  cool_flow_temperature: { reported: "Cool Flow", commanded: "Cooling Flow" },
  floor_dry_up: { reported: "Dry Up", commanded: "Dry Up" },
  cool_compensation_curve: { reported: "Cool Compensation", commanded: "Cool Compensation" },
} as const;

const operatingModes = Object.fromEntries(
  Object.entries(f1pOperatingModes).map(([state, { reported }]) => [reported, textOf("operating_mode", state, "en")]),
);

const operationMode = (state: string) => textOf("operation_mode", state, "en");
/** `Defrosting` stands in place of the operation that goes on after it, so it says nothing of that one. */
const operationModes = {
  Off: operationMode("off"),
  "Hot Water": operationMode("hot_water"),
  Heating: operationMode("heating"),
  "Heating Eco": operationMode("heating"),
  Cooling: operationMode("cooling"),
  "Frost Protect": operationMode("frost_protection"),
  Legionella: operationMode("legionella_prevention"),
};

/** A stopped compressor has a frequency of 0. */
const compressor: F1pReader = ({ Compressor: hz }) => (typeof hz === "number" ? (hz > 0 ? "ON" : "OFF") : undefined);

const defrost = word("Defrost", { Off: "OFF", Standby: "OFF", Defrosting: "ON", "Waiting Restart": "OFF" });

/** The gekkekoe firmware's `P6 1234`; `Normal` of both is none. */
const faultCode: F1pReader = ({ FltCode: letters, ErrCode: digits }) => {
  if (typeof letters !== "string" || (typeof digits !== "number" && digits !== "Normal")) return undefined;
  if (letters === "Normal" && digits === "Normal") return "No error";
  return [letters, String(digits)].filter((part) => part !== "Normal").join(" ");
};

function zone(of: Zone): Readers {
  const readers: Readers = {
    [`zone_${of}_room_temperature`]: number("Temperature"),
    [`zone_${of}_room_setpoint`]: number("Setpoint"),
    [`zone_${of}_room_climate_target`]: number("Setpoint"),
    [`zone_${of}_room_climate_current`]: number("Temperature"),
    [`zone_${of}_flow_setpoint`]: number("FSP"),
    [`zone_${of}_flow_climate_target`]: number("FSP"),
    [`zone_${of}_operating_mode`]: word("HeatingControlMode", operatingModes),
    [`zone_${of}_flow_temperature`]: number("FlowTemp"),
    [`zone_${of}_return_temperature`]: number("ReturnTemp"),
    [`zone_${of}_prohibit_heating`]: onOff("ProhibitHeating"),
    [`zone_${of}_prohibit_cooling`]: onOff("ProhibitCooling"),
    [`zone_${of}_heating_prohibited`]: onOff("ProhibitHeating"),
    [`zone_${of}_cooling_prohibited`]: onOff("ProhibitCooling"),
  };
  return of === 1 ? readers : mapReaders(readers, ifHeated);
}

/** The report of zone 2 comes from every heat pump; without a second circuit its set-point is 0. */
function ifHeated(read: F1pReader): F1pReader {
  return (report) => (report.Setpoint === 0 ? undefined : read(report));
}

function mapReaders(readers: Readers, map: (read: F1pReader) => F1pReader): Readers {
  return Object.fromEntries(Object.entries(readers).map(([point, read]) => [point, map(read as F1pReader)]));
}

/** The points of each report, by the keys of its JSON. Energies are those of the day before, as the controller has them. */
const f1pPoints: Readonly<Record<F1pReportName, Readers>> = {
  System: {
    flow_temperature: number("HeaterFlow"),
    return_temperature: number("HeaterReturn"),
    temperature_difference: number("FlowReturnDeltaT"),
    outdoor_temperature: number("OutsideTemp"),
    compressor_frequency: number("Compressor"),
    compressor,
    defrost,
    output_power: number("HeaterPower"),
    flow_rate: number("FlowRate"),
    pump_power: number("PumpPwr"),
    operating_runtime: number("RunHours"),
    heat_pump_power: word("SystemPower", { On: "ON", Standby: "OFF" }),
    operation_mode: word("SystemOperationMode", operationModes),
    holiday_mode: onOff("HolidayMode"),
    holiday_mode_active: onOff("HolidayMode"),
  },
  HotWater: {
    dhw_temperature: number("Temperature"),
    dhw_setpoint: number("Setpoint"),
    dhw_climate_target: number("Setpoint"),
    dhw_climate_current: number("Temperature"),
    dhw_max_temperature_drop: number("HotWaterMaxTDrop"),
    legionella_prevention_temperature: number("LegionellaSetpoint"),
    dhw_mode: word("HotWaterControlMode", { Normal: "Normal", Eco: "Eco" }),
    force_dhw: onOff("HotWaterBoostActive"),
    dhw_forced: onOff("HotWaterBoostActive"),
    prohibit_dhw: onOff("ProhibitDHW"),
    dhw_prohibited: onOff("ProhibitDHW"),
  },
  Zone1: zone(1),
  Zone2: zone(2),
  Advanced: {
    boiler_flow_temperature: number("BoilerFlow"),
    boiler_return_temperature: number("BoilerReturn"),
    mixing_tank_temperature: number("MixingTemp"),
    immersion_heater: onOff("Immersion"),
    booster_heater: onOff("Booster"),
    booster_heater_2: onOff("Booster2"),
    three_way_valve: onOff("ThreeWayValve"),
    water_pump: onOff("PrimaryWaterPump"),
    refrigerant_liquid_temperature: number("RefrigeTemp"),
    refrigerant_condensing_temperature: number("CondensingTemp"),
  },
  AdvancedTwo: {
    fault_code: faultCode,
    server_control: onOff("SvrControlMode"),
    water_pump_2: onOff("WaterPump2"),
  },
  Energy: {
    daily_electricity: number("ConsumedTotalInc"),
    heating_electricity_yesterday: number("CHEAT"),
    heating_heat_yesterday: number("DHEAT"),
    heating_cop_yesterday: number("HEAT_CoP"),
    cooling_electricity_yesterday: number("CCOOL"),
    cooling_heat_yesterday: number("DCOOL"),
    cooling_cop_yesterday: number("COOL_CoP"),
    dhw_electricity_yesterday: number("CDHW"),
    dhw_heat_yesterday: number("DDHW"),
    dhw_cop_yesterday: number("DHW_CoP"),
  },
  WiFiStatus: {
    wifi_signal: number("RSSI"),
    esp_uptime: number("Uptime", 60),
    esp_ip_address: text("IP"),
    esp_ssid: text("SSID"),
  },
  CompCurve: {
    room_feedback_zone_1: numberIn("zone1", "room_temperature"),
    room_feedback_zone_2: numberIn("zone2", "room_temperature"),
  },
};

/** The values of a report by point, as the gekkekoe firmware would publish them; what it does not have is left out. */
export function f1pValues(name: F1pReportName, report: F1pReport): readonly (readonly [PointId, string])[] {
  return (Object.entries(f1pPoints[name]) as [PointId, F1pReader][]).flatMap(([point, read]) => {
    const payload = read(report);
    return payload === undefined ? [] : [[point, payload] as const];
  });
}
