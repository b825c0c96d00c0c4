import { type CardConfig, parseConfig } from "@heatloop/lovelace-card/home-assistant/config";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { situationOf } from "@heatloop/lovelace-card/home-assistant/situation";
import type { ValueSource } from "@heatloop/lovelace-card/home-assistant/value";
import { noticesOf } from "@heatloop/lovelace-card/look/notices";
import { readingsOf, reasonsOf } from "@heatloop/lovelace-card/readings/readings";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { describe, expect, it } from "vitest";
import {
  type FakeDevice,
  fakeHome,
  firmwareDevice,
  type HomeOptions,
  heatloopDevice,
} from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";

type States = NonNullable<HomeOptions["states"]>;
const celsius = { unit_of_measurement: "°C" };
const zone1 = heatloopDevice("home", ["flow_temperature", "room_feedback_zone_1"]);
const everything = heatloopDevice("home");

function sourceOf(states: States, device: FakeDevice = everything): ValueSource {
  const { hass } = fakeHome([device], { states });
  return { states: hass.states, entities: heatPumpFrom(device.device, device.entities).entities };
}

function readings(states: States, config: CardConfig = parseConfig({}, ["now"]), device: FakeDevice = everything) {
  const formats = formatsOf(fakeHome([]).hass);
  const shown = readingsOf({ source: sourceOf(states, device), config, formats, texts: english });
  return Object.fromEntries(
    shown.map(({ label, figure, unit, reason, target }) => {
      const aim = target === undefined ? "" : ` → ${target.figure}`;
      return [label, reason ?? `${figure} ${unit}`.trim() + aim];
    }),
  );
}

describe("what the heat pump does", () => {
  it.each<[string, States, string]>([
    ["Heatloop's operation", { operation: "hot_water" }, "hot_water"],
    ["the signs where Heatloop's operation is not there", { compressor: "on", operation_mode: "heating" }, "heating"],
    ["a defrost before all else", { defrost: "on", compressor: "on", operation_mode: "heating" }, "defrost"],
    ["nothing running", { compressor: "off" }, "standby"],
    ["the electric heater alone", { compressor: "off", booster_heater: "on", operation_mode: "heating" }, "heating"],
    ["no sign at all", {}, "unknown"],
    ["an unknown operation", { operation: "unknown" }, "unknown"],
    ["all unavailable", { operation: "unavailable", flow_temperature: "unavailable" }, "offline"],
    ["Heatloop knowing nothing of it", { operation: "unknown", flow_temperature: "unavailable" }, "offline"],
    ["some unavailable", { operation: "standby", flow_temperature: "unavailable" }, "standby"],
  ])("follows from %s", (_, states, expected) => {
    expect(situationOf(sourceOf(states))).toBe(expected);
  });

  it("follows from the firmware's own entities in another language", () => {
    const states = { compressor: "on", operation_mode: "Warmwasser", three_way_valve: "on" };
    expect(situationOf(sourceOf(states, firmwareDevice("de", "api")))).toBe("hot_water");
  });
});

describe("the figures of now", () => {
  it("are those of a running heat pump", () => {
    expect(readings(running)).toEqual({
      Outdoor: "3 °C",
      Flow: "35.0 °C → 36.0",
      Return: "30.5 °C",
      ΔT: "4.5 K",
      Room: "21.4 °C → 21.0",
      Tank: "48.5 °C → 50.0",
      Compressor: "44 Hz",
      Heat: "5.3 kW",
      COP: "4.1",
      "Flow rate": "17 L/min",
    });
  });

  it.each<[string, States[string], string]>([
    ["unknown", "unknown", "Not known"],
    ["unavailable", "unavailable", "unavailable"],
    ["text where a number was", "hot", "not a number: hot"],
    ["empty", "", "not a number: "],
    ["infinite", "Infinity", "not a number: Infinity"],
    ["in Fahrenheit", ["95.0", { unit_of_measurement: "°F" }], "95.0 °F"],
  ])("are drawn where a value is %s", (_, state, expected) => {
    expect(readings({ flow_temperature: state }).Flow).toBe(expected);
  });

  it("show where an entity is not there or disabled", () => {
    expect(readings({}, parseConfig({}, ["now"]), heatloopDevice("home", ["return_temperature"])).Flow).toBe(
      "not there or disabled",
    );
  });

  it.each<[string, States, string | undefined]>([
    [
      "the fed temperature while the feed is ok",
      { room_feed_zone_1: "ok", room_feed_zone_1_sent: ["21.4", celsius], zone_1_room_temperature: ["20", celsius] },
      "21.4 °C",
    ],
    [
      "the zone's thermostat in the fallback",
      {
        room_feed_zone_1: "fallback",
        room_feed_zone_1_sent: ["21.4", celsius],
        zone_1_room_temperature: ["20", celsius],
      },
      "20.0 °C",
    ],
    ["nothing for the 0.0 of a zone without thermostat", { zone_1_room_temperature: ["0.0", celsius] }, "Not known"],
    [
      "nothing for the 32 °F of a zone without thermostat",
      { zone_1_room_temperature: ["32.0", { unit_of_measurement: "°F" }] },
      "Not known",
    ],
  ])("show as the room %s", (_, states, expected) => {
    expect(readings(states).Room).toBe(expected);
  });

  it("have the set-point of the thermostat where the firmware is there without Heatloop", () => {
    const states: States = {
      zone_1_room_temperature: ["20", celsius],
      "climate.renamed_zone_1_room_climate_target": ["auto", { temperature: 21.5 }],
    };
    const device = firmwareDevice("en", "api");
    expect(readings(states, parseConfig({}, ["now"]), device).Room).toBe("20.0 °C → 21.5");
  });

  it.each<[string, States, string | undefined]>([
    ["in K", { flow_temperature: ["35", celsius], return_temperature: ["36.5", celsius] }, "-1.5 K"],
    [
      "in °F",
      {
        flow_temperature: ["95", { unit_of_measurement: "°F" }],
        return_temperature: ["86", { unit_of_measurement: "°F" }],
      },
      "9.0 °F",
    ],
    ["not where one is unknown", { flow_temperature: ["35", celsius], return_temperature: "unknown" }, undefined],
  ])("have the difference of flow and return, %s", (_, states, expected) => {
    expect(readings(states).ΔT).toBe(expected);
  });

  it.each(["0", "unknown", "unavailable"])("have no set-point where it is %s", (state) => {
    const states: States = { flow_temperature: ["35", celsius], zone_1_flow_setpoint: [state, celsius] };
    expect(readings(states).Flow).toBe("35.0 °C");
  });

  it("name two zones", () => {
    const states = { zone_1_room_temperature: ["20", celsius], zone_2_room_temperature: ["19", celsius] } as const;
    expect(readings(states)).toMatchObject({ "Zone 1": "20.0 °C", "Zone 2": "19.0 °C" });
  });

  it.each<[string, States, string]>([
    ["running", { estimated_cop: "3.456", operation: "heating" }, "3.5"],
    ["standing, where the firmware reports 0", { estimated_cop: "0", operation: "standby" }, "Standby"],
    ["defrosting", { estimated_cop: "3.4", operation: "defrost" }, "Defrosting"],
    ["starting", { "sensor.home_cop": "unknown", operation: "heating" }, english.counter_steps],
    ["nothing is known of what it does", { "sensor.home_cop": "unknown" }, "Not known"],
    ["measured by Heatloop", { estimated_cop: "3.4" }, "3.4"],
  ])("know the COP while %s", (_, states, expected) => {
    expect(readings(states).COP).toBe(expected);
  });

  it("have the COP of today where none of the moment is known", () => {
    const states: States = { "sensor.home_cop": "unknown", "sensor.home_today_cop": "3.456", operation: "heating" };
    expect(readings(states)).toMatchObject({ "COP today": "3.46" });
    expect(readings({ ...states, "sensor.home_cop": "4.1" })).toMatchObject({ COP: "4.1" });
  });

  it("say why they are not known, a sentence for each reason", () => {
    const { hass } = fakeHome([everything], {
      states: { flow_temperature: "unavailable", return_temperature: "unavailable", heat_power: "unknown" },
    });
    const { entities } = heatPumpFrom(everything.device, everything.entities);
    const config = parseConfig({}, ["now"]);
    const source = { states: hass.states, entities };
    const shown = readingsOf({ source, config, formats: formatsOf(hass), texts: english });
    expect(reasonsOf(shown)).toEqual([
      "Outdoor, Compressor, COP: not there or disabled",
      "Flow, Return: unavailable",
      "Heat: Not known",
    ]);
  });

  it("show the electric power of the meter that a person chose", () => {
    const config = parseConfig({ electric_power: "sensor.meter" }, ["now"]);
    const meter = (state: string, unit: string) =>
      readings({ "sensor.meter": [state, { unit_of_measurement: unit }] }, config).Electricity;
    expect(meter("850.4", "W")).toBe("850 W");
    expect(meter("1.28", "kW")).toBe("1.3 kW");
    expect(readings({}, config).Electricity).toBe("not there or disabled");
    expect(readings({}).Electricity).toBeUndefined();
  });

  it.each<[string, States, string]>([
    ["heating", { operation: "heating" }, "4.0"],
    ["standing", { operation: "standby" }, "Standby"],
    ["defrosting", { operation: "defrost" }, "Defrosting"],
  ])("know the COP by the meter that a person chose while %s", (_, states, expected) => {
    const heat_power = ["4000", { unit_of_measurement: "W" }] as const;
    const meter = ["1.0", { unit_of_measurement: "kW" }] as const;
    const config = parseConfig({ electric_power: "sensor.meter" }, ["now"]);
    expect(readings({ cop: "unknown", heat_power, "sensor.meter": meter, ...states }, config).COP).toBe(expected);
  });
});

describe("notices", () => {
  const texts = (states: States, device: FakeDevice = zone1) =>
    noticesOf(sourceOf({ ...states }, device), english).map(({ severity, text }) => `${severity}: ${text}`);

  it("are none while all is well", () => {
    expect(texts(running, everything)).toEqual([]);
  });

  it("put faults first", () => {
    const states = {
      short_cycle_lockout: "on",
      room_feed_zone_1: "holding",
      log: "on",
      fault_code: "P6 5101",
      refrigerant_error: "startup_error",
      booster_heater: "on",
    };
    expect(texts(states, everything)).toEqual([
      "error: Fault P6 5101",
      "error: Refrigerant circuit: startup error",
      "warning: Room feed (Zone 1): Holding the last temperature",
      "warning: The minute log is not being written.",
      "info: Short-cycle lock-out",
      "info: Electric heater on",
    ]);
  });

  it("give the add-on's own reason", () => {
    const source = sourceOf({ room_feed_zone_1: ["fallback", { reason: "Bedroom is stale." }] }, zone1);
    expect(noticesOf(source, english)).toEqual([
      {
        severity: "error",
        text: "Room feed: On its own room thermostat",
        detail: "Bedroom is stale.",
        entityId: "sensor.home_room_feed_zone_1",
      },
    ]);
  });

  it.each(["unknown", "unavailable", "No error", ""])("are none for a fault code %j", (fault_code) => {
    expect(texts({ fault_code }, everything)).toEqual([]);
  });
});
