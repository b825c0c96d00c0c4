import { pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { parseReading } from "@heatloop/core/catalogue/reading";
import { readF1p } from "@heatloop/core/dialects/f1p";
import { f1pCommand, f1pCommandPoints, f1pCommandTopics } from "@heatloop/core/dialects/f1p-commands";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const prefix = "Ecodan/ASHP";

/** The values of a report by point, as everything behind the door reads them. */
function valuesOf(name: string, report: unknown): Record<string, unknown> {
  const publication = readF1p(`${prefix}/Status/${name}`, JSON.stringify(report));
  const readings = (publication?.messages ?? []).map(({ topic, payload }) => parseReading(topic, payload, 0));
  return Object.fromEntries(readings.map((reading) => [reading?.point, reading?.value]));
}

describe("a report of the F1p firmware", () => {
  test.each<readonly [string, unknown, Record<string, unknown>]>([
    [
      "System",
      {
        HeaterFlow: 34.5,
        HeaterReturn: 30,
        FlowReturnDeltaT: 4.5,
        OutsideTemp: 3.5,
        Defrost: "Off",
        InputPower: 1,
        HeaterPower: 5,
        Compressor: 42,
        SystemPower: "On",
        SystemOperationMode: "Heating",
        HolidayMode: 0,
        FlowRate: 17,
        PumpPWM: 60,
        PumpPwr: 45,
        RunHours: 4100,
        HB_ID: 7,
      },
      {
        flow_temperature: 34.5,
        return_temperature: 30,
        temperature_difference: 4.5,
        outdoor_temperature: 3.5,
        defrost: false,
        output_power: 5,
        compressor_frequency: 42,
        compressor: true,
        heat_pump_power: true,
        operation_mode: "heating",
        holiday_mode: false,
        holiday_mode_active: false,
        flow_rate: 17,
        pump_power: 45,
        operating_runtime: 4100,
      },
    ],
    [
      "System",
      { Compressor: 0, Defrost: "Waiting Restart", SystemPower: "Standby", SystemOperationMode: "Legionella" },
      {
        compressor_frequency: 0,
        compressor: false,
        defrost: false,
        heat_pump_power: false,
        operation_mode: "legionella_prevention",
      },
    ],
    // What goes on after the defrost is not in it.
    [
      "System",
      { Defrost: "Defrosting", SystemOperationMode: "Defrosting", Compressor: 70 },
      { defrost: true, compressor: true, compressor_frequency: 70 },
    ],
    [
      "HotWater",
      { Temperature: 48.5, Setpoint: 50, HotWaterBoostActive: 1, ProhibitDHW: 0, HotWaterControlMode: "Eco" },
      {
        dhw_temperature: 48.5,
        dhw_setpoint: 50,
        dhw_climate_target: 50,
        dhw_climate_current: 48.5,
        force_dhw: true,
        dhw_forced: true,
        prohibit_dhw: false,
        dhw_prohibited: false,
        dhw_mode: "eco",
      },
    ],
    [
      "Zone1",
      { Temperature: 20.5, Setpoint: 21, HeatingControlMode: "Compensation", FSP: 33, ProhibitHeating: 1 },
      {
        zone_1_room_temperature: 20.5,
        zone_1_room_setpoint: 21,
        zone_1_room_climate_target: 21,
        zone_1_room_climate_current: 20.5,
        zone_1_flow_setpoint: 33,
        zone_1_flow_climate_target: 33,
        zone_1_operating_mode: "heat_compensation_curve",
        zone_1_prohibit_heating: true,
        zone_1_heating_prohibited: true,
      },
    ],
    ["Zone2", { Temperature: 0, Setpoint: 0, HeatingControlMode: "Temp", FSP: 0 }, {}],
    ["AdvancedTwo", { ErrCode: "Normal", FltCode: "Normal" }, { fault_code: "No error" }],
    ["AdvancedTwo", { ErrCode: 5201, FltCode: "P6" }, { fault_code: "P6 5201" }],
    ["AdvancedTwo", { ErrCode: 5201, FltCode: "Normal" }, { fault_code: "5201" }],
    [
      "Energy",
      { CHEAT: 6.05, DHEAT: 21.3, HEAT_CoP: 3.52, CDHW: 2, DDHW: 5, ConsumedTotalInc: 4.2 },
      {
        heating_electricity_yesterday: 6.05,
        heating_heat_yesterday: 21.3,
        heating_cop_yesterday: 3.52,
        dhw_electricity_yesterday: 2,
        dhw_heat_yesterday: 5,
        daily_electricity: 4.2,
      },
    ],
    [
      "Advanced",
      { Immersion: "On", Booster: "Off", ThreeWayValve: 1 },
      {
        immersion_heater: true,
        booster_heater: false,
        three_way_valve: true,
      },
    ],
    ["WiFiStatus", { RSSI: -61, Uptime: 90 }, { wifi_signal: -61, esp_uptime: 5400 }],
    ["CompCurve", { zone1: { room_temperature: 20.4 } }, { room_feedback_zone_1: 20.4 }],
    ["System", { HeaterFlow: "hot", FlowRate: null, Defrost: "?", Compressor: true }, {}],
  ])("%s %j has its values", (name, report, values) => {
    expect(valuesOf(name, report)).toEqual(values);
  });

  test.each([
    ["Ecodan/ASHP/LWT", "online", [{ topic: "Ecodan/ASHP/status", payload: "online" }]],
    ["ASHP/LWT", "offline", [{ topic: "ASHP/status", payload: "offline" }]],
  ])("the last will %s %s is its status", (topic, payload, messages) => {
    expect(readF1p(topic, payload)?.messages).toEqual(messages);
  });

  test.each([
    ["tele/lamp/LWT", "Online"],
    ["/LWT", "online"],
    ["ASHP/Status/System", "{"],
    ["ASHP/Status/System", "[1]"],
    ["ASHP/Status/System", "null"],
    ["ASHP/Status/Nonsense", "{}"],
    ["ASHP/Command/HotWater/Setpoint", "50"],
    ["ASHP/Status/System", `{"HeaterFlow":34,"a":"${"x".repeat(5000)}"}`],
  ])("%s %s is none", (topic, payload) => {
    expect(readF1p(topic, payload)).toBeUndefined();
  });

  test("never throws, whatever comes", () => {
    const name = fc.constantFrom("System", "Zone1", "AdvancedTwo", "CompCurve", "Energy");
    fc.assert(
      fc.property(name, fc.oneof(fc.json(), fc.string()), (report, payload) => {
        for (const { topic, payload: text } of readF1p(`a/Status/${report}`, payload)?.messages ?? []) {
          expect(parseReading(topic, text, 0)).toBeDefined();
        }
      }),
    );
  });
});

describe("a command", () => {
  test.each([
    ["climate/dhw_climate/target_temperature", "47", "HotWater/Setpoint", "47"],
    ["select/dhw_mode", "Eco", "HotWater/Mode", "Eco"],
    ["switch/force_dhw", "ON", "HotWater/Boost", "1"],
    ["switch/holiday_mode", "OFF", "System/HolidayMode", "0"],
    [
      "number/auto-adaptive__current_room_temperature_feedback_z1",
      "20.6",
      "System/CompCurve",
      '{"zone1":{"room_temperature":20.6}}',
    ],
  ])("to %s of %s goes to %s as %s", (path, payload, to, text) => {
    const topic = f1pCommandTopics(prefix).find((each) => each === `${prefix}/${path}/command`);
    expect(topic, path).toBeDefined();
    expect(f1pCommand(prefix, topic ?? "", payload)).toEqual({ topic: `${prefix}/Command/${to}`, payload: text });
  });

  test.each([
    ["climate/dhw_climate/target_temperature", "95"],
    ["climate/dhw_climate/target_temperature", "hot"],
    ["select/dhw_mode", "Turbo"],
    ["switch/force_dhw", ""],
    ["number/kwh_meter_feedback", "3"],
  ])("to %s of %j is none", (path, payload) => {
    expect(f1pCommand(prefix, `${prefix}/${path}/command`, payload)).toBeUndefined();
  });

  test("of a number never leaves the point's range", () => {
    const numbers = f1pCommandPoints.filter((point) => pointOf(point).quantity === "temperature");
    fc.assert(
      fc.property(fc.constantFrom(...numbers), fc.double(), (point, value) => {
        const topic = f1pCommandTopics(prefix)[f1pCommandPoints.indexOf(point)] ?? "";
        const { min, max } = rangeOf(point);
        const isInside = value >= min && value <= max;
        if (!isInside) expect(f1pCommand(prefix, topic, String(value))).toBeUndefined();
      }),
    );
  });
});
