import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { roomCandidates } from "@heatloop/ha-addon/first-run/room-candidate";
import type { RegisteredEntity } from "@heatloop/ha-addon/home-assistant/registries";
import type { StateNow } from "@heatloop/ha-addon/home-assistant/states-now";
import { roomFeedSchema } from "@heatloop/ha-addon/settings/room-feed-settings";
import { describe, expect, it } from "vitest";

const at = Date.parse("2026-11-21T12:00:00Z");
const nothing: RegisteredEntity = {
  platform: null,
  category: null,
  isHidden: false,
  device: null,
  deviceText: "",
  deviceIdentifiers: [],
  area: null,
};

type Room = Partial<StateNow> & { readonly about?: Partial<RegisteredEntity> };

function sensor(entity: string, state: string, room: Room = {}): Room & { entity: string } {
  const attributes = { unit_of_measurement: "°C", device_class: "temperature", ...room.attributes };
  return { ...room, entity: `sensor.${entity}`, state, attributes };
}

function climate(entity: string, current_temperature: unknown, room: Room = {}): Room & { entity: string } {
  return {
    ...room,
    entity: `climate.${entity}`,
    state: "heat",
    attributes: { current_temperature, ...room.attributes },
  };
}

function offer(rooms: readonly (Room & { entity: string })[], unit: "°C" | "°F" = "°C") {
  const about = new Map(rooms.map((room) => [room.entity, { ...nothing, ...room.about }]));
  const states = rooms.map((room): StateNow => {
    const { about: _, ...state } = room;
    return { state: "20", attributes: {}, lastReported: at - minuteMs, unchangedSince: at - minuteMs, ...state };
  });
  const registered = (entity: string) => about.get(entity) ?? nothing;
  const context = { at, unit, limits: roomFeedSchema.parse({}), registered, heatPumps: ["ecodan-heatpump", "Ecodan"] };
  return roomCandidates(states, context);
}

const only = (room: Room & { entity: string }, unit?: "°C" | "°F") => offer([room], unit)[0];

describe("rooms that are offered", () => {
  it("come with their value, unit, area and age", () => {
    const room = climate("living", 21.4, {
      attributes: { friendly_name: "Living room" },
      about: { area: "Living room" },
      lastReported: at - 95_000,
    });
    expect(only(room)).toEqual({
      entity: "climate.living",
      name: "Living room",
      area: "Living room",
      temperatureC: 21.4,
      rawValue: 21.4,
      unit: "°C",
      ageS: 95,
      offered: true,
      notOffered: null,
      reason: null,
      suspicions: [],
      suggestedScale: 1,
      chosen: true,
    });
  });

  it("are those with an area first, an area's thermostat before its sensor, and what is not offered last", () => {
    const found = offer([
      sensor("loose", "20"),
      sensor("outdoor", "3", { about: { area: "Balcony" } }),
      sensor("kitchen", "20", { about: { area: "Kitchen" } }),
      climate("bath", 22, { about: { area: "Bath" } }),
      climate("kitchen", 21, { about: { area: "Kitchen" } }),
    ]);
    expect(found.map(({ entity }) => entity)).toEqual([
      "climate.bath",
      "climate.kitchen",
      "sensor.kitchen",
      "sensor.loose",
      "sensor.outdoor",
    ]);
    expect(found.map(({ chosen }) => chosen)).toEqual([true, true, false, false, false]);
  });

  it("are read as the room feed reads them: °F of the home, and of a sensor its own unit", () => {
    expect(only(climate("a", 70), "°F")).toMatchObject({
      temperatureC: 21.1,
      rawValue: 70,
      unit: "°F",
      suspicions: [],
    });
    expect(only(sensor("a", "21.5"), "°F")).toMatchObject({ temperatureC: 21.5, unit: "°C" });
    const fahrenheit = { attributes: { unit_of_measurement: "°F" } };
    expect(only(sensor("a", "68", fahrenheit))).toMatchObject({ temperatureC: 20, unit: "°F" });
  });

  it("may have no value at the moment, and are no choice until they have", () => {
    const away = sensor("a", "unavailable", { about: { area: "Bath" } });
    expect(only(away)).toMatchObject({
      offered: true,
      temperatureC: null,
      ageS: null,
      reason: { code: "unavailable" },
      chosen: false,
    });
  });
});

describe("suspicions", () => {
  it.each([
    ["double, as some Tuya thermostats", 42, 0.5, 21, ["reads_double"]],
    ["double at its upper end", 60, 0.5, 30, ["reads_double"]],
    ["tenfold", 215, 0.1, 21.5, ["reads_tenfold"]],
    ["a hundredfold, which no scale mends", 2150, 1, 2150, ["outside_limits"]],
    ["too cold", 2, 1, 2, ["outside_limits"]],
    ["plainly", 23, 1, 23, []],
    ["warmly, but as a room may be", 34, 1, 34, []],
  ])("of one that reads %s", (_, reported, suggestedScale, temperatureC, codes) => {
    const found = only(climate("a", reported, { about: { area: "Bath" } }));
    expect(found).toMatchObject({ suggestedScale, temperatureC, rawValue: reported });
    expect(found?.suspicions.map(({ code }) => code)).toEqual(codes);
    expect(found?.chosen).toBe(!codes.includes("outside_limits"));
  });

  it("go by the others too: double of a cool house is no impossible temperature", () => {
    const found = offer([climate("a", 16), climate("b", 15.5), climate("c", 32), sensor("outdoor", "31")]);
    const odd = found.find(({ entity }) => entity === "climate.c");
    expect(odd).toMatchObject({ suggestedScale: 0.5, temperatureC: 16, suspicions: [{ code: "reads_double" }] });
    expect(found.filter(({ suspicions }) => suspicions.length > 0)).toHaveLength(1);
  });

  it("go by the others after those are scaled: two that read double do not make the third one odd", () => {
    const found = offer([climate("a", 42), climate("b", 43), climate("c", 21)]);
    expect(found.map(({ suggestedScale }) => suggestedScale)).toEqual([0.5, 0.5, 1]);
    expect(found[2]?.suspicions).toEqual([]);
  });

  it("do not go by one other room, as either may be wrong", () => {
    expect(offer([climate("a", 16), climate("b", 32)]).flatMap(({ suspicions }) => suspicions)).toEqual([]);
  });

  it("are of one that is silent, or the same for a day though it reports", () => {
    const silent = only(sensor("a", "20", { lastReported: at - 3 * hourMs, unchangedSince: at - 40 * hourMs }));
    expect(silent?.suspicions).toEqual([{ code: "silent", minutes: 180 }]);
    const constant = only(sensor("a", "20", { unchangedSince: at - 30 * hourMs, about: { area: "Bath" } }));
    expect(constant).toMatchObject({ suspicions: [{ code: "constant", hours: 30 }], chosen: false });
    expect(only(sensor("a", "20", { unchangedSince: at - 23 * hourMs }))?.suspicions).toEqual([]);
  });
});

describe("what is not offered", () => {
  it.each([
    ["heat_pump", sensor("feed", "35", { about: { deviceIdentifiers: ["heatloop_ecodan-heatpump"] } })],
    ["heat_pump", sensor("ecodan_heatpump_z1_room_temp", "20")],
    ["heat_pump", climate("zone_1", 20, { about: { deviceText: "Ecodan heatpump ESP32" } })],
    ["heat_pump", climate("zone_1", 20, { about: { deviceText: "Zone Mitsubishi Ecodan" } })],
    ["outdoor", sensor("t1", "8", { about: { area: "Garten" } })],
    ["water", sensor("t1", "48", { attributes: { friendly_name: "Hot water tank" } })],
    ["machine", sensor("processor_temperature", "51")],
    ["hidden", sensor("t1", "20", { about: { isHidden: true } })],
    ["diagnostic", sensor("t1", "20", { about: { category: "diagnostic" } })],
    ["no_temperature", climate("fan", null)],
    ["no_temperature", sensor("t1", "20", { attributes: { unit_of_measurement: "%" } })],
  ])("says why: %s", (notOffered, room) => {
    expect(only(room)).toMatchObject({ offered: false, notOffered, chosen: false });
  });
});
