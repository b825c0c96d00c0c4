import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { parseReading } from "@heatloop/core/catalogue/reading";
import { statesOf } from "@heatloop/core/catalogue/text-states";
import { commandTopic, nameOf } from "@heatloop/core/catalogue/topics";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { type Device, startDevice } from "@heatloop/ha-addon/device/device";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import { describe, expect, it } from "vitest";
import { selects } from "./selects.ts";

const prefix = "ecodan-heatpump";
const startAt = Date.parse("2026-02-05T11:00:00Z");
type Tried = keyof typeof selects;

/** A simulated heat pump of a language, the app's device that it publishes to, and what that one sends. */
function startPair(language: Tried) {
  const sent: { readonly topic: string; readonly payload: string }[] = [];
  const encoder = new TextEncoder();
  const states = new Map<string, string>();
  const wires = directWires((topic, payload, at) => {
    states.set(topic, payload);
    device.take({ topic, payload: encoder.encode(payload), retained: false }, at);
  });
  const device: Device = startDevice({
    prefix,
    mqtt: {
      async publish(topic, payload) {
        sent.push({ topic, payload });
        wires.send(topic, payload);
        return true;
      },
    },
    zone: () => zoneOf("Europe/Rome") as Zone,
    at: startAt,
  });
  const simulation = startSimulation({ startAt, prefix, zones: 2, language, openWire: wires.open });
  return { device, simulation, sent, states, send: wires.send };
}

/** How each language says "Heat Compensation Curve". */
const optionOf = {
  de: "Heiz-Kompensationskurve",
  fr: "Courbe de compensation",
  pl: "Krzywa kompensacji grzania",
} as const;

/** The point of a select by its name in a language. */
function pointOfSelect(name: string, language: Tried): PointId {
  const id = pointIds.find((each) => pointOf(each).component === "select" && nameOf(each, language) === name);
  if (id === undefined) throw new Error(`the catalogue has no select ${name}`);
  return id;
}

describe.each(["de", "fr", "pl"] as const)("a heat pump whose firmware speaks %s", (language) => {
  it.each(selects[language].map(({ name, options }) => [name, options] as const))(
    "takes every option of %j, and reports it",
    async (name, options) => {
      const { device, simulation, sent, states } = startPair(language);
      const point = pointOfSelect(name, language);
      const chosen = statesOf(pointOf(point).states ?? "dhw_mode");
      for (const state of chosen) {
        expect(await device.send(point, state)).toBe(true);
        const { topic, payload } = sent.at(-1) ?? { topic: "", payload: "" };
        expect(options).toContain(payload);
        expect(simulation.home.settings.value(point)).toBe(state);
        const reported = topic.replace(/\/command$/, "/state");
        expect(states.get(reported)).toBe(payload);
        expect(parseReading(reported, payload, startAt)?.value).toBe(state);
      }
      expect(new Set(sent.map(({ payload }) => payload))).toEqual(new Set(options));
    },
  );

  it("is recognized by its topics, and takes numbers, switches, climates and buttons under its names", async () => {
    const { device, simulation, sent } = startPair(language);
    expect(device.language()).toBe(language);
    const commands = [
      ["room_feedback_zone_1", 21.5],
      ["minimum_on_time", 20],
      ["force_dhw", true],
      ["dhw_climate_target", 47],
    ] as const;
    for (const [point, value] of commands) expect(await device.send(point, value)).toBe(true);
    const { settings } = simulation.home;
    expect(settings.value("room_feedback_zone_1")).toBe(21.5);
    expect(settings.value("minimum_on_time")).toBe(20);
    expect(settings.value("force_dhw")).toBe(true);
    expect(settings.value("dhw_climate_target")).toBe(47);
    expect(sent).toHaveLength(commands.length);
    expect(await device.send("esp_restart", "press")).toBe(true);
    expect(simulation.esp().kind).toBe("down");
  });

  it("does not take an option in English", () => {
    const { simulation, send } = startPair(language);
    const topic = commandTopic(prefix, "zone_1_operating_mode", language) ?? "";
    const before = simulation.home.settings.value("zone_1_operating_mode");
    send(topic, "Heat Compensation Curve");
    expect(simulation.home.settings.value("zone_1_operating_mode")).toBe(before);
    send(topic, optionOf[language]);
    expect(simulation.home.settings.value("zone_1_operating_mode")).toBe("heat_compensation_curve");
  });
});
