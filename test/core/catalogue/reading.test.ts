import { languages } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { commandPayload, parseReading, type Value } from "@heatloop/core/catalogue/reading";
import { statesOf, textOf } from "@heatloop/core/catalogue/text-states";
import { stateTopic, takesCommands } from "@heatloop/core/catalogue/topics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

function readValue(point: PointId, payload: string | Uint8Array): Value | undefined {
  return parseReading(stateTopic("p", point, "en"), payload, 0)?.value;
}

const bytes = (...numbers: number[]) => Uint8Array.from(numbers);

describe("a payload", () => {
  test.each<[PointId, string, Value]>([
    ["flow_temperature", "21.500000", 21.5],
    ["flow_temperature", "21", 21],
    ["flow_temperature", "-7.5", -7.5],
    ["flow_temperature", "0.0", 0],
    ["flow_temperature", "-0.0", 0],
    ["flow_temperature", "150", 150],
    ["flow_temperature", "150.1", null],
    ["flow_temperature", "-60.1", null],
    ["flow_temperature", "nan", null],
    ["flow_temperature", "NaN", null],
    ["flow_temperature", "None", null],
    ["flow_temperature", "", null],
    ["flow_temperature", " 5", null],
    ["flow_temperature", "5 ", null],
    ["flow_temperature", "5\n", null],
    ["flow_temperature", "1e1", null],
    ["flow_temperature", "0x10", null],
    ["flow_temperature", "Infinity", null],
    ["flow_temperature", "-inf", null],
    ["flow_temperature", "21,5", null],
    ["flow_temperature", "1_0", null],
    ["flow_temperature", "٢١", null],
    ["flow_temperature", ".5", null],
    ["flow_temperature", "5.", null],
    ["flow_temperature", "--5", null],
    ["flow_temperature", "9".repeat(400), null],
    ["flow_temperature", "true", null],
    ["flow_rate", "-1", null],
    ["flow_rate", "201", null],
    ["estimated_output_power", "-1.234", -1.234],
    ["daily_electricity", "6553.5", 6553.5],
    ["zone_1_room_temperature", "0.0", null],
    ["zone_1_room_temperature", "-0.0", null],
    ["zone_1_room_temperature", "0.5", 0.5],
    ["zone_2_room_climate_current", "0.000000", null],
    ["boiler_flow_temperature", "25.0", 25],
    ["room_feedback_zone_1", "21.299999", 21.3],
    ["meter_feedback", "9998.999023", 9998.999],
    ["setpoint_bias", "-0.100000", -0.1],
    ["compressor", "ON", true],
    ["compressor", "OFF", false],
    ["compressor", "on", null],
    ["compressor", "1", null],
    ["compressor", "nan", null],
    ["heat_pump_power", "OFF", false],
    ["operation_mode", "Space Heating", "heating"],
    ["operation_mode", "Raumheizung", "heating"],
    ["operation_mode", "Ohrev vody", "hot_water"],
    ["operation_mode", "Prévention Légionelle", "legionella_prevention"],
    ["operation_mode", "Unknown", null],
    ["operation_mode", "space heating", null],
    ["operation_mode", "heating", null],
    ["lockout_duration", "0", "off"],
    ["room_source_zone_1", "Home Assistant or REST API", "home_assistant"],
    ["ds18x20_flow_sensor", "None", "none"],
    ["dhw_climate_target", "48.5", 48.5],
    ["dhw_climate_target", "61.0", null],
    ["dhw_climate_mode", "heat", "heat"],
    ["dhw_climate_mode", "heat_cool", null],
    ["zone_1_room_climate_action", "idle", "idle"],
    ["fault_code", "No error", "No error"],
    ["fault_code", "None", null],
    ["fault_code", "", null],
    ["fault_code", "U1\u00005000", null],
    ["fault_code", "E9\n1", null],
    ["esp_ssid", "Söderström, “2.4 GHz”", "Söderström, “2.4 GHz”"],
    ["esp_ssid", "x".repeat(1025), null],
    ["esp_restart", "PRESS", null],
  ])("of %s, %j, is %j", (point, payload, value) => {
    expect(readValue(point, payload)).toBe(value);
    if (!/[\ud800-\udfff]/.test(payload)) expect(readValue(point, new TextEncoder().encode(payload))).toBe(value);
  });

  test.each<[string, Uint8Array]>([
    ["a mebibyte of digits", new Uint8Array(2 ** 20).fill(0x31)],
    ["a mebibyte of zero bytes", new Uint8Array(2 ** 20)],
    ["invalid UTF-8", bytes(0xff, 0xfe, 0x32, 0x31)],
    ["a cut UTF-8 sequence", bytes(0x32, 0x31, 0xc3)],
    ["a byte order mark before a number", bytes(0xef, 0xbb, 0xbf, 0x32, 0x31)],
    ["nothing", bytes()],
  ])("of %s is unknown", (_what, payload) => {
    for (const point of pointIds) expect(readValue(point, payload)).toBeNull();
  });

  test("with a text in any of the languages is one language-free value", () => {
    for (const point of pointIds) {
      const { states } = pointOf(point);
      if (states === undefined) continue;
      for (const language of languages) {
        for (const state of statesOf(states)) {
          const payload = textOf(states, state, language) ?? "";
          const reading = parseReading(stateTopic("p", point, language), payload, 7);
          expect(reading).toEqual({ device: "p", point, value: state === "unknown" ? null : state, at: 7 });
        }
      }
    }
  });
});

describe("availability", () => {
  test.each([
    ["online", true],
    ["offline", false],
  ])("%s", (payload, value) => {
    const reading = { device: "a_b", point: "online", value, at: 3 };
    expect(parseReading("a/b/status", payload, 3)).toEqual(reading);
    expect(parseReading("a/b/status", new TextEncoder().encode(payload), 3)).toEqual(reading);
  });

  test.each(["", "Online", "1", "online ", '{"state":"online"}'])("%j is not the firmware's", (payload) => {
    expect(parseReading("a/b/status", payload, 3)).toBeUndefined();
  });
});

describe("whatever comes in", () => {
  const topic = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.tuple(fc.constantFrom(...pointIds), fc.constantFrom(...languages)).map(([id, l]) => stateTopic("a/b", id, l)),
    fc.constant("a/b/status"),
  );
  const payload = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: "binary" }), fc.double().map(String));

  test("never throws, and a number is within its point's range", () => {
    fc.assert(
      fc.property(topic, payload, (t, p) => {
        const reading = parseReading(t, p, 1);
        if (reading === undefined || reading.point === "online" || typeof reading.value !== "number") return;
        const { min, max } = rangeOf(reading.point);
        expect(reading.value).toBeGreaterThanOrEqual(min);
        expect(reading.value).toBeLessThanOrEqual(max);
      }),
      { numRuns: 1000 },
    );
  });

  test("a command comes back as its value, in every language", () => {
    for (const point of pointIds.filter(takesCommands)) {
      const { quantity, states, step, component } = pointOf(point);
      const { min, max } = rangeOf(point);
      if (component === "button" || component === "update" || component === "text") continue;
      const numbers = step === undefined ? [] : [0, 0.25, 0.5, 0.81, 1].map((s) => toStep(min + s * (max - min), step));
      const kind = quantities[quantity].kind;
      const values = kind === "boolean" ? [true, false] : states === undefined ? numbers : statesOf(states);
      expect(values).not.toEqual([]);
      for (const language of languages) {
        for (const value of values) {
          const sent = commandPayload(point, value, language);
          expect([point, value, sent]).not.toContain(undefined);
          const reported = typeof value === "number" ? Math.fround(Number(sent)).toFixed(6) : (sent ?? "");
          expect([point, parseReading(stateTopic("p", point, language), reported, 0)?.value]).toEqual([point, value]);
        }
      }
    }
  });
});

function toStep(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(3)) + 0;
}

describe("a command", () => {
  test.each<[PointId, number | boolean | string, string | undefined]>([
    ["room_feedback_zone_1", 21.5, "21.5"],
    ["room_feedback_zone_1", 21.449, "21.4"],
    ["room_feedback_zone_1", 100.1, undefined],
    ["room_feedback_zone_1", Number.NaN, undefined],
    ["room_feedback_zone_1", "21.5", undefined],
    ["meter_feedback", 12.345, "12.345"],
    ["minimum_on_time", 5, "5.0"],
    ["dhw_climate_target", 39.9, undefined],
    ["auto_adaptive", true, "ON"],
    ["auto_adaptive", "ON", undefined],
    ["dhw_mode", "eco", "Eco"],
    ["dhw_mode", "turbo", undefined],
    ["dhw_mode", true, undefined],
    ["cancel_lockout", true, "PRESS"],
    ["solver_ip_address", "192.0.2.7", "192.0.2.7"],
  ])("of %s to %j is %j", (point, value, payload) => {
    expect(commandPayload(point, value, "en")).toBe(payload);
  });
});
