import { readRoom } from "@heatloop/ha-addon/room-feed/observation";
import { describe, expect, it } from "vitest";

const reportedAt = Date.parse("2026-11-21T00:00:00Z");

function state(text: string, attributes: Record<string, unknown> = {}) {
  return { state: text, attributes, lastReported: reportedAt };
}

describe("a thermostat's or sensor's state is read as a room", () => {
  it.each([
    ["climate.a", "heat", { current_temperature: 20.5, temperature: 21 }, "°C", 20.5, 21],
    ["climate.a", "heat", { current_temperature: "20.5" }, "°C", 20.5, null],
    ["climate.a", "off", { current_temperature: 20.5, temperature: 7 }, "°C", 20.5, "off"],
    ["climate.a", "unknown", { current_temperature: 20.5, temperature: null }, "°C", 20.5, null],
    ["climate.a", "heat", { current_temperature: 68, temperature: 77 }, "°F", 20, 25],
    ["sensor.a", "20.53", { unit_of_measurement: "°C" }, "°F", 20.53, null],
    ["sensor.a", "68", { unit_of_measurement: "°F" }, "°C", 20, null],
    ["sensor.a", "293.15", { unit_of_measurement: "K" }, "°C", 20, null],
    ["sensor.a", "-3.5", { unit_of_measurement: "°C" }, "°C", -3.5, null],
    ["sensor.a", "68", {}, "°F", 20, null],
    ["sensor.a", "20", { unit_of_measurement: "°C" }, undefined, 20, null],
  ] as const)("%s %s %o in %s", (entity, text, attributes, unit, temperatureC, setpointC) => {
    const { observation } = readRoom(entity, state(text, attributes), unit);
    expect(observation).toEqual({
      kind: "temperature",
      temperatureC: expect.closeTo(temperatureC, 6),
      setpointC,
      reportedAt,
    });
  });

  it.each([
    ["climate.a", undefined, { code: "no_entity" }],
    ["climate.a", state("unavailable"), { code: "unavailable" }],
    ["sensor.a", state("unavailable", { unit_of_measurement: "°C" }), { code: "unavailable" }],
    ["sensor.a", state("unknown", { unit_of_measurement: "°C" }), { code: "no_value" }],
    ["climate.a", state("heat", { temperature: 21 }), { code: "no_current_temperature" }],
    ["climate.a", state("heat", { current_temperature: null }), { code: "no_current_temperature" }],
    ["climate.a", state("heat", { current_temperature: Number.NaN }), { code: "no_current_temperature" }],
    ["climate.a", state("heat", { current_temperature: "warm" }), { code: "no_current_temperature" }],
    ["climate.a", state("heat", { current_temperature: [20] }), { code: "no_current_temperature" }],
    ["sensor.a", state("warm", { unit_of_measurement: "°C" }), { code: "no_number" }],
    ["sensor.a", state("20,5", { unit_of_measurement: "°C" }), { code: "no_number" }],
    ["sensor.a", state("", { unit_of_measurement: "°C" }), { code: "no_number" }],
    ["sensor.a", state("0x14", { unit_of_measurement: "°C" }), { code: "no_number" }],
    ["sensor.a", state("Infinity", { unit_of_measurement: "°C" }), { code: "no_number" }],
    ["sensor.a", state("55", { unit_of_measurement: "%" }), { code: "other_unit", unit: "%" }],
  ] as const)("%s %o %s", (entity, read, reason) => {
    expect(readRoom(entity, read, "°C").observation).toEqual({ kind: "none", reason });
  });

  it("cannot read a thermostat before Home Assistant has sent its unit", () => {
    const { observation } = readRoom("climate.a", state("heat", { current_temperature: 68 }), undefined);
    expect(observation).toMatchObject({ kind: "none" });
  });

  it("keeps what people see: the name, and the value as Home Assistant has it", () => {
    const named = { friendly_name: "Living room", current_temperature: 68 };
    expect(readRoom("climate.a", state("heat", named), "°F")).toMatchObject({ rawValue: 68, name: "Living room" });
    expect(readRoom("sensor.a", state("warm", {}), "°C")).toMatchObject({ rawValue: "warm", name: null });
  });
});
