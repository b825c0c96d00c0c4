import { describe, expect, it } from "vitest";
import { guessPoints, type RegistryEntity } from "#scripts/importing/home-assistant-points.ts";
import { readMap } from "#scripts/importing/mappings.ts";

describe("the guess which entity is which point", () => {
  const entity = (entity_id: string, more: Partial<RegistryEntity> = {}): RegistryEntity => ({
    entity_id,
    unique_id: entity_id,
    device_id: "pump",
    name: null,
    original_name: null,
    ...more,
  });
  const others = [entity("sensor.x_return_temp"), entity("sensor.x_flow_rate"), entity("sensor.x_pump_speed")];

  it.each([
    ["Heatloop's unique id", entity("sensor.anything", { unique_id: "heatloop_ecodan_flow_temperature" })],
    ["the firmware's name", entity("sensor.renamed", { original_name: "Feed Temp" })],
    ["the firmware's name in another language", entity("sensor.renamed", { original_name: "Vorlauftemperatur" })],
    ["ESPHome's unique id", entity("sensor.renamed", { unique_id: "a0b1c2-sensor-feed_temp" })],
    ["ESPHome's older unique id", entity("sensor.renamed", { unique_id: "ESPsensorfeed_temp" })],
    ["the end of the entity id", entity("sensor.ecodan_heatpump_feed_temp")],
  ])("follows %s", (_, candidate) => {
    expect(guessPoints([candidate, ...others]).entities.get("flow_temperature")).toBe(candidate.entity_id);
  });

  it("takes the longer name", () => {
    const { entities } = guessPoints([entity("sensor.x_z1_feed_temp"), entity("sensor.x_feed_temp"), ...others]);
    expect(entities.get("zone_1_flow_temperature")).toBe("sensor.x_z1_feed_temp");
    expect(entities.get("flow_temperature")).toBe("sensor.x_feed_temp");
  });

  it("leaves other devices alone, and a point that two entities may be", () => {
    const { entities, unclear } = guessPoints([
      entity("sensor.boiler_feed_temp", { device_id: "boiler" }),
      entity("sensor.a_outside_temp"),
      entity("sensor.b_outside_temp"),
      ...others,
    ]);
    expect(entities.has("flow_temperature")).toBe(false);
    expect(unclear).toEqual(new Map([["outdoor_temperature", ["sensor.a_outside_temp", "sensor.b_outside_temp"]]]));
  });

  it("is none where too little fits", () => {
    expect(guessPoints([entity("sensor.kitchen_feed_temp")]).entities.size).toBe(0);
  });
});

describe("--map", () => {
  it("takes entities and external statistics", () => {
    expect(readMap("sensor.x=flow_temperature")).toEqual({ entity: "sensor.x", target: "flow_temperature" });
    expect(readMap("meter:total=electricity_meter")).toEqual({ entity: "meter:total", target: "electricity_meter" });
  });

  it.each([
    ["flow_temperature", /takes an entity and a point/],
    ["sensor.x=flow", /"flow" is not a point of the minute log/],
  ])("names what is wrong with %s", (text, problem) => {
    expect(readMap(text)).toEqual({ problem: expect.stringMatching(problem) });
  });
});
