import type { PointId } from "@heatloop/core/catalogue/points";
import { commandPayload } from "@heatloop/core/catalogue/reading";
import { commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { commandOf } from "@heatloop/simulator/firmware/commands";
import { describe, expect, it } from "vitest";
import { at, hourS, startWatched } from "#test/simulator/watched.ts";

const prefix = "ecodan-heatpump";
const noon = at("2026-02-05T11:00:00Z");

const stateOf = (point: PointId) => stateTopic(prefix, point, "en");
const commandTo = (point: PointId) => commandTopic(prefix, point, "en") ?? "";

describe("the firmware's command rules", () => {
  const { simulation, last, seen, send } = startWatched({ startAt: noon });
  const { settings } = simulation.home;

  it.each([
    ["room_feedback_zone_1", "21.5", "21.500000"],
    ["room_feedback_zone_1", "-50", "-50.000000"],
    ["room_feedback_zone_1", "100", "100.000000"],
    ["room_feedback_zone_1", "2.15e1", "21.500000"],
    ["room_feedback_zone_1", " 21.5", "21.500000"],
    ["room_feedback_zone_1", "21.55", "21.549999"],
    ["room_feedback_zone_2", "19", "19.000000"],
    ["minimum_on_time", "20", "20.000000"],
    ["room_source_zone_1", "Home Assistant or REST API", "Home Assistant or REST API"],
    ["lockout_duration", "30", "30"],
    ["dhw_mode", "Eco", "Eco"],
    ["auto_adaptive", "OFF", "OFF"],
    ["auto_adaptive", "off", "OFF"],
    ["auto_adaptive", "Toggle", "OFF"],
    ["server_control", "TOGGLE", "ON"],
    ["holiday_mode", "on", "ON"],
    ["solver_ip_address", "192.168.1.9", "192.168.1.9"],
    ["dhw_climate_target", "50.5", "50.5"],
    ["dhw_climate_target", "99", "60.0"],
    ["zone_1_room_climate_target", "19.7", "19.7"],
    ["zone_1_flow_climate_target", "7", "24.0"],
  ] as const)("%s takes %j and reads back %j", (point, payload, readBack) => {
    const before = settings.value(point);
    send(commandTo(point), payload);
    expect(last.get(stateOf(point))).toBe(readBack);
    if (before !== undefined) settings.set(point, before);
  });

  it.each([
    ["room_feedback_zone_1", "100.1"],
    ["room_feedback_zone_1", "-50.1"],
    ["room_feedback_zone_1", "nan"],
    ["room_feedback_zone_1", "None"],
    ["room_feedback_zone_1", ""],
    ["room_feedback_zone_1", "unavailable"],
    ["room_feedback_zone_1", "21,5"],
    ["room_feedback_zone_1", "21.5 °C"],
    ["room_feedback_zone_1", "inf"],
    ["room_feedback_zone_1", "1e99"],
    ["minimum_on_time", "0"],
    ["minimum_on_time", "21"],
    ["heating_flow_temperature_max_zone_1", "60"],
    ["room_source_zone_1", "home_assistant"],
    ["room_source_zone_1", "home assistant or rest api"],
    ["lockout_duration", "31"],
    ["auto_adaptive", "1"],
    ["auto_adaptive", "true"],
    ["auto_adaptive", " ON"],
    ["dhw_climate_target", "warm"],
  ] as const)("%s ignores %j", (point, payload) => {
    const before = last.get(stateOf(point));
    seen.clear();
    send(commandTo(point), payload);
    expect(seen.get(stateOf(point))).toBe(undefined);
    expect(last.get(stateOf(point))).toBe(before);
  });

  it.each(["press", "PRESS ", "ON", ""])("a button ignores %j", (payload) => {
    send(commandTo("esp_restart"), payload);
    expect(simulation.esp().kind).toBe("running");
  });

  it("a select takes only the text of its own language", () => {
    const ignored = { kind: "ignored" };
    const german = commandPayload("room_source_zone_1", "room_thermostat", "de") ?? "";
    expect(commandOf("room_source_zone_1", german, "de", undefined, false)).toEqual({
      kind: "set",
      value: "room_thermostat",
    });
    expect(commandOf("room_source_zone_1", german, "en", undefined, false)).toEqual(ignored);
    expect(commandOf("room_source_zone_1", "Room Thermostat", "de", undefined, false)).toEqual(ignored);
  });

  it("a flow set-point is clamped to 5 to 25 °C in cooling", () => {
    expect(commandOf("zone_1_flow_climate_target", "45", "en", 18, true)).toEqual({ kind: "set", value: 25 });
  });

  it("a climate's mode is accepted but ignored", () => {
    send(`${prefix}/climate/zone_1_room_temp/mode/command`, "off");
    simulation.advanceTo(simulation.now() + 60_000);
    expect(last.get(stateOf("zone_1_room_climate_mode"))).toBe("heat");
  });

  it("a climate's target is published at once, and by the controller's sensor after the next poll", () => {
    simulation.advanceTo(simulation.now() + 11_000);
    send(commandTo("zone_1_room_climate_target"), "19.5");
    expect(last.get(stateOf("zone_1_room_climate_target"))).toBe("19.5");
    expect(last.get(stateOf("zone_1_room_setpoint"))).toBe("20.5");
    simulation.advanceTo(simulation.now() + 11_000);
    expect(last.get(stateOf("zone_1_room_setpoint"))).toBe("19.5");
  });
});

describe("what a command does", () => {
  const fed = { room_source_zone_1: "home_assistant", room_feedback_zone_1: 20.5 };

  it("a fed room temperature steers the heating", () => {
    const flowFor = (roomC: string) => {
      const watched = startWatched({ startAt: noon, settings: fed, keep: () => false });
      watched.send(commandTo("room_feedback_zone_1"), roomC);
      watched.run(2 * hourS);
      return Number(watched.last.get(stateOf("zone_1_flow_setpoint")));
    };
    expect(flowFor("18.0")).toBeGreaterThan(flowFor("20.5") + 4);
    expect(flowFor("22.0")).toBeLessThan(flowFor("20.5"));
  });

  it("the last fed temperature is used for ever: 0 °C heats the house without end", () => {
    const watched = startWatched({ startAt: noon, settings: fed, keep: () => false });
    watched.send(commandTo("room_feedback_zone_1"), "0");
    watched.run(48 * hourS);
    expect(watched.last.get(stateOf("zone_1_flow_setpoint"))).toBe("45.0");
    expect(watched.simulation.home.house.airC[0]).toBeGreaterThan(23.5);
  });

  it("a warm fed temperature lets the house cool", () => {
    const watched = startWatched({ startAt: noon, settings: fed, keep: () => false });
    watched.send(commandTo("room_feedback_zone_1"), "41.0");
    watched.run(24 * hourS);
    expect(watched.simulation.home.house.airC[0]).toBeLessThan(18);
    expect(watched.last.get(stateOf("in1_thermostat"))).toBe("OFF");
  });

  it("with the room thermostat as source a fed temperature does nothing", () => {
    const watched = startWatched({ startAt: noon, keep: () => false });
    watched.send(commandTo("room_feedback_zone_1"), "0");
    watched.run(6 * hourS);
    expect(watched.simulation.home.house.airC[0]).toBeLessThan(21.5);
  });

  it("without a room thermostat its 0.0 °C asks for full heat", () => {
    const watched = startWatched({ startAt: noon, roomThermostats: [false], keep: () => false });
    watched.run(6 * hourS);
    expect(watched.last.get(stateOf("zone_1_flow_setpoint"))).toBe("45.0");
  });

  it("switching the heat pump off stops everything, and on starts it again", () => {
    const watched = startWatched({ startAt: noon, keep: () => false });
    watched.send(commandTo("heat_pump_power"), "OFF");
    watched.run(900);
    expect(watched.last.get(stateOf("operation_mode"))).toBe("Off");
    expect(watched.last.get(stateOf("compressor"))).toBe("OFF");
    expect(watched.last.get(stateOf("flow_rate"))).toBe("0");
    watched.send(commandTo("heat_pump_power"), "ON");
    watched.run(1800);
    expect(watched.last.get(stateOf("operation_mode"))).toBe("Space Heating");
  });

  it("forced hot water heats the tank once and ends by itself", () => {
    const watched = startWatched({ startAt: noon });
    watched.send(commandTo("dhw_climate_target"), "50");
    watched.send(commandTo("force_dhw"), "ON");
    watched.run(300);
    expect(watched.last.get(stateOf("dhw_forced"))).toBe("ON");
    expect(watched.last.get(stateOf("operation_mode"))).toBe("Heating Water");
    expect(watched.last.get(stateOf("three_way_valve"))).toBe("ON");
    watched.run(2 * hourS);
    expect(watched.last.get(stateOf("force_dhw"))).toBe("OFF");
    expect(
      Math.max(...(watched.seen.get(stateOf("dhw_temperature")) ?? []).map(({ payload }) => Number(payload))),
    ).toBe(50);
  });

  it("server control prohibits heating and hot water", () => {
    const watched = startWatched({ startAt: noon, keep: () => false });
    for (const point of ["server_control", "zone_1_prohibit_heating", "prohibit_dhw"] as const) {
      watched.send(commandTo(point), "ON");
    }
    watched.run(10 * hourS);
    expect(watched.last.get(stateOf("zone_1_heating_prohibited"))).toBe("ON");
    expect(watched.last.get(stateOf("dhw_prohibited"))).toBe("ON");
    expect(watched.last.get(stateOf("operation_mode"))).toBe("Off");
  });

  it("a run shorter than the minimum on-time locks the compressor out, and the button ends it", () => {
    const settings = { lockout_duration: "60_min", minimum_on_time: 20 };
    const watched = startWatched({ startAt: at("2026-04-12T08:00:00Z"), settings });
    const lockouts = () =>
      (watched.seen.get(stateOf("short_cycle_lockout")) ?? []).filter(({ payload }) => payload === "ON");
    for (let hour = 0; hour < 72 && lockouts().length === 0; hour++) watched.run(hourS);
    expect(lockouts().length).toBeGreaterThan(0);
    while (watched.last.get(stateOf("short_cycle_lockout")) !== "ON") watched.run(60);
    watched.send(commandTo("cancel_lockout"), "PRESS");
    watched.run(15);
    expect(watched.last.get(stateOf("short_cycle_lockout"))).toBe("OFF");
  });

  it.each([
    ["Heat Compensation Curve", 30],
    ["Heat Flow Temperature", 33],
  ])("%s follows its own rule", (option, warmest) => {
    const watched = startWatched({ startAt: noon, settings: { auto_adaptive: false }, keep: () => false });
    watched.send(commandTo("zone_1_operating_mode"), option);
    watched.run(2 * hourS);
    const { outdoorC } = watched.simulation.home.weather;
    const expected =
      option === "Heat Flow Temperature"
        ? watched.simulation.home.settings.number("zone_1_flow_climate_target")
        : 25 + (18 - outdoorC) / 2;
    expect(Math.abs(Number(watched.last.get(stateOf("zone_1_flow_setpoint"))) - expected)).toBeLessThan(1);
    expect(expected).toBeGreaterThan(warmest - 10);
  });
});
