import { type Language, languages } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { deviceId } from "@heatloop/core/catalogue/prefix";
import {
  availabilityTopic,
  commandTopic,
  languagesOf,
  nameOf,
  objectId,
  readTopic,
  stateTopic,
  takesCommands,
} from "@heatloop/core/catalogue/topics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const prefix = fc
  .array(fc.stringMatching(/^[a-zA-Z0-9_. -]{1,12}$/), { minLength: 1, maxLength: 3 })
  .map((levels) => levels.join("/"));
const point = fc.constantFrom(...pointIds);
const language = fc.constantFrom(...languages);

describe("object ids", () => {
  test.each([
    ["Durée de fonctionnement", "dur__e_de_fonctionnement"],
    ["Käyttöaika", "k__ytt__aika"],
    ["Czas pracy", "czas_pracy"],
    ["Prevádzkový čas", "prev__dzkov_____as"],
    ["Betriebszeit", "betriebszeit"],
    ["Operating Runtime", "operating_runtime"],
    ["Temp départ", "temp_d__part"],
    ["Menolämpötila", "menol__mp__tila"],
    ["Výstupná teplota", "v__stupn___teplota"],
    ["Valve 3-voies", "valve_3-voies"],
    ["Zawór 3-drogowy", "zaw__r_3-drogowy"],
    ["Trojcestný ventil", "trojcestn___ventil"],
    ["3-Wege-Ventil", "3-wege-ventil"],
    ["3-way Valve", "3-way_valve"],
    ["Auto-Adaptive: Control", "auto-adaptive__control"],
    ["Dip Switch 1 (8-1)", "dip_switch_1__8-1_"],
    ["WiFi Signal %", "wifi_signal__"],
    ["Short-Cycle: Lockout Duration (min)", "short-cycle__lockout_duration__min_"],
    ["\u212a", "___"],
  ])("%j is %j", (name, id) => {
    expect(objectId(name)).toBe(id);
  });

  test("hold nothing but a-z, 0-9, _ and -, one character for each UTF-8 byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(objectId(name)).toMatch(/^[a-z0-9_-]*$/);
        expect(objectId(name).length).toBe(Buffer.byteLength(name));
      }),
    );
  });
});

describe("topics", () => {
  test("no topic means two things, in whichever languages", () => {
    const meanings = new Map<string, PointId>();
    for (const id of pointIds) {
      for (const each of languages) {
        const topic = stateTopic("p", id, each);
        expect([topic, meanings.get(topic) ?? id]).toEqual([topic, id]);
        meanings.set(topic, id);
      }
    }
    expect(meanings.size).toBeGreaterThan(pointIds.length);
  });

  test.each<[PointId, Language, string]>([
    ["flow_temperature", "en", "p/sensor/feed_temp/state"],
    ["operation_mode", "en", "p/sensor/operation_mode/state"],
    ["three_way_valve", "pl", "p/binary_sensor/zaw__r_3-drogowy/state"],
    ["dip_switch_1", "it", "p/sensor/dip_switch_1__8-1_/state"],
    ["dhw_climate_target", "en", "p/climate/dhw_climate/target_temperature/state"],
    ["zone_1_room_climate_action", "en", "p/climate/zone_1_room_temp/action/state"],
    ["firmware_update", "de", "p/update/firmware_update/state"],
  ])("%s in %s is published on %s", (id, each, topic) => {
    expect(stateTopic("p", id, each)).toBe(topic);
  });

  test("every point is read back from its topic, with its prefix, in every language", () => {
    for (const id of pointIds) {
      for (const each of languages) {
        const topic = stateTopic("home/ecodan/1", id, each);
        expect(readTopic(topic)).toEqual({ kind: "point", prefix: "home/ecodan/1", point: id });
        expect(languagesOf(topic)).toContain(each);
      }
    }
  });

  test("any prefix comes back whole", () => {
    fc.assert(
      fc.property(prefix, point, language, (p, id, each) => {
        expect(readTopic(stateTopic(p, id, each))).toEqual({ kind: "point", prefix: p, point: id });
        expect(readTopic(availabilityTopic(p))).toEqual({ kind: "availability", prefix: p });
      }),
    );
  });

  test.each([
    "",
    "/",
    "state",
    "/state",
    "/status",
    "sensor/feed_temp/state",
    "/sensor/feed_temp/state",
    "p/sensor/feed_temp",
    "p/sensor/feed_temp/State",
    "p/sensor/feed_temp/state/",
    "p/sensor/feed_temp/command",
    "p/number/feed_temp/state",
    "p/Sensor/feed_temp/state",
    "p/sensor/living_room/state",
    "p/climate/dhw_climate/state",
    "p/climate/dhw_climate/fan_mode/state",
    "p/climate/dhw_climate/x/mode/state",
    "climate/dhw_climate/mode/state",
    "zigbee2mqtt/Living room/state",
    "homeassistant/sensor/ecodan/feed_temp/config",
    "p/debug",
  ])("%j is none of the firmware's", (topic) => {
    expect(readTopic(topic)).toBeUndefined();
    expect(languagesOf(topic)).toEqual([]);
  });

  test("no topic at all makes it throw", () => {
    const levels = fc.constantFrom("p", "sensor", "climate", "feed_temp", "dhw_climate", "mode", "state", "status", "");
    const made = fc.array(levels, { maxLength: 8 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(fc.oneof(made, fc.string({ unit: "binary", maxLength: 60 })), (topic) => {
        const read = readTopic(topic);
        if (read === undefined) return;
        expect(topic.startsWith(`${read.prefix}/`) && read.prefix.length > 0).toBe(true);
      }),
    );
  });

  test("a topic of one language shows it; one that all share shows none", () => {
    expect(languagesOf(stateTopic("p", "flow_temperature", "sk"))).toEqual(["sk"]);
    expect(languagesOf("p/sensor/dip_switch_1__8-1_/state")).toEqual([...languages]);
  });
});

describe("commands", () => {
  test("go to the topic beside the state's", () => {
    for (const id of pointIds) {
      const command = commandTopic("p", id, "de");
      expect(command !== undefined).toBe(takesCommands(id));
      if (command !== undefined) expect(command.replace(/command$/, "state")).toBe(stateTopic("p", id, "de"));
    }
  });

  test("sensors take none, and of a climate only its target does", () => {
    const deaf = pointIds.filter((id) => !takesCommands(id)).map((id) => pointOf(id));
    expect(new Set(deaf.map(({ component }) => component))).toEqual(new Set(["sensor", "binary_sensor", "climate"]));
    expect(deaf.some(({ part }) => part === "target_temperature")).toBe(false);
  });
});

test("a device's id is fit for a folder and a URL", () => {
  expect(deviceId("home/ecodan-heatpump")).toBe("home_ecodan-heatpump");
  expect(deviceId("../ü b")).toBe("_____b");
});

test("a point of an optional package has its English name in every language", () => {
  expect(nameOf("ds18x20_0_temperature", "fi")).toBe("DS18x20 Sensor 0");
  expect(nameOf("dhw_climate_action", "de")).toBe(nameOf("dhw_climate_target", "de"));
});
