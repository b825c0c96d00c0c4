import { readFile } from "node:fs/promises";
import { languages } from "@heatloop/core/catalogue/languages";
import { isPointId, type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { deviceId } from "@heatloop/core/catalogue/prefix";
import { readTopic, takesCommands } from "@heatloop/core/catalogue/topics";
import { type AnnouncedDevice, discoveryPayload, discoveryTopic, entitiesOf } from "@heatloop/mqtt-discovery/discovery";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleDevices, exampleText } from "#scripts/making/examples.ts";
import {
  componentKeys,
  deviceKeys,
  originKeys,
  stateClassesOfDeviceClass,
  topLevelKeys,
  unitsOfDeviceClass,
} from "./home-assistant-schema.ts";

const everything: AnnouncedDevice = {
  device: "ecodan-heatpump",
  prefix: "ecodan-heatpump",
  language: "en",
  points: new Set(pointIds),
  installation: "3f9a1c07",
  availabilityTopics: ["ecodan-heatpump/status"],
  own: true,
  version: "1.2.3",
};

const inEveryLanguage = languages.map((language) => ({ ...everything, language }));
const devices = [...inEveryLanguage, ...Object.values(exampleDevices)];
const anyPoints = fc.subarray([...pointIds]);

describe("the discovery payload", () => {
  test.each(Object.entries(exampleDevices))("the example %s is fresh", async (file, device) => {
    expect(
      await readFile(new URL(`../../mqtt-discovery/examples/${file}`, import.meta.url), "utf8"),
      "run: node scripts/making/examples.ts",
    ).toBe(exampleText(device));
  });

  test("its topic is one that Home Assistant reads", () => {
    expect(discoveryTopic(deviceId("home/wärmepumpe"))).toMatch(/^homeassistant\/device\/[a-zA-Z0-9_-]+\/config$/);
  });

  test("it has only keys that Home Assistant takes", () => {
    for (const device of devices) {
      const payload = discoveryPayload(device);
      expect(topLevelKeys).toEqual(expect.arrayContaining(Object.keys(payload)));
      expect(deviceKeys).toEqual(expect.arrayContaining(Object.keys(payload.device)));
      expect(originKeys).toEqual(expect.arrayContaining(Object.keys(payload.origin)));
      for (const component of Object.values(payload.components)) {
        expect(componentKeys(component.platform)).toEqual(expect.arrayContaining(Object.keys(component)));
      }
    }
  });

  test("every entity of every device has an id and a name that no other has", () => {
    const all = [everything, { ...everything, device: "other", prefix: "other" }].flatMap((device) =>
      Object.values(entitiesOf(discoveryPayload(device))).map((component) => ({ ...component, device: device.device })),
    );
    expect(new Set(all.map(({ unique_id }) => unique_id)).size).toBe(all.length);
    expect(new Set(all.map(({ default_entity_id }) => default_entity_id)).size).toBe(all.length);
    expect(new Set(all.map(({ device, platform, name }) => `${device} ${platform} ${name}`)).size).toBe(all.length);
    for (const { platform, default_entity_id, name } of all) {
      expect(default_entity_id).toMatch(new RegExp(`^${platform}\\.[a-z0-9]+(_[a-z0-9]+)*$`));
      expect(name).not.toBe("");
    }
  });

  test("names are in one vocabulary, that of the card", () => {
    const names = Object.values(entitiesOf(discoveryPayload(everything))).map(({ name }) => name);
    expect(names.filter((name) => /DHW|setpoint|set point|delivered|WiFi|Temp\b|\bfeed temp/i.test(name))).toEqual([]);
    expect(names.filter((name) => !/^[A-Z]/.test(name))).toEqual([]);
  });

  test("every topic is one of the firmware's or of Heatloop's own, and commands go where commands are taken", () => {
    for (const device of devices) {
      for (const component of Object.values(entitiesOf(discoveryPayload(device)))) {
        for (const [key, value] of Object.entries(component)) {
          if (!key.endsWith("_topic")) continue;
          const topic = String(value);
          if (topic.startsWith(`heatloop/${device.device}/`)) {
            expect(topic.endsWith("/set"), topic).toBe(key.includes("command"));
            continue;
          }
          const isCommand = key.includes("command");
          expect(topic.endsWith(isCommand ? "/command" : "/state"), topic).toBe(true);
          const read = readTopic(topic.replace(/\/command$/, "/state"));
          expect(read).toMatchObject({ kind: "point", prefix: device.prefix });
          if (isCommand && read?.kind === "point") expect(takesCommands(read.point)).toBe(true);
        }
      }
    }
  });

  test("units and classes are such as Home Assistant takes together", () => {
    for (const [id, component] of Object.entries(entitiesOf(discoveryPayload(everything)))) {
      const { platform, device_class: kind, unit_of_measurement: unit, state_class: state, options } = component;
      if (platform === "sensor" && kind !== undefined) {
        if (unitsOfDeviceClass[kind] !== undefined) expect(unitsOfDeviceClass[kind], id).toContain(unit);
        if (state !== undefined) expect(stateClassesOfDeviceClass[kind], id).toContain(state);
      }
      if (options !== undefined && platform === "sensor") {
        expect(component, id).toMatchObject({ device_class: "enum" });
        expect([state, unit], id).toEqual([undefined, undefined]);
      }
      if (component.last_reset_value_template !== undefined) expect(state, id).toBe("total");
      if (component.entity_category === "config") expect(["sensor", "binary_sensor"], id).not.toContain(platform);
      if (component.min !== undefined && component.max !== undefined)
        expect(component.max).toBeGreaterThan(component.min);
    }
  });

  test("has the entities that were seen, and no other", () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const seen = new Set<string>(points);
        const { components } = discoveryPayload({ ...everything, points: new Set(points), own: false });
        for (const id of Object.keys(components)) {
          const point = id.endsWith("_climate") ? `${id}_target` : id;
          if (isPointId(point) && pointOf(point).component === "button") continue;
          expect(seen).toContain(point);
        }
        const entities = points.filter((point) => !/_climate_(current|mode|action)$/.test(point));
        for (const point of entities) expect(components).toHaveProperty(point.replace(/_climate_target$/, "_climate"));
      }),
    );
  });

  test("a button, which has no state, is there with the part of the firmware that it belongs to", () => {
    const componentsOf = (points: readonly PointId[]) =>
      Object.keys(discoveryPayload({ ...everything, points: new Set(points), own: false }).components);
    expect(componentsOf(["esp_temperature"])).toContain("esp_restart");
    expect(componentsOf(["lockout_duration"])).toContain("cancel_lockout");
    expect(componentsOf(["flow_temperature"])).toEqual(["flow_temperature"]);
  });

  test("a thermostat offers no mode that the heat pump would ignore", () => {
    const components = entitiesOf(discoveryPayload(everything));
    const climates = Object.values(components).filter(({ platform }) => platform === "climate");
    expect(climates.length).toBeGreaterThan(3);
    for (const climate of climates) {
      expect(climate).toMatchObject({ modes: ["auto"], temperature_unit: "C" });
      expect(climate).not.toHaveProperty("mode_command_topic");
    }
  });

  test("yesterday's totals are no meters, and today's begin anew with the day", () => {
    for (const [id, component] of Object.entries(entitiesOf(discoveryPayload(everything)))) {
      if (component.device_class !== "energy" || component.platform !== "sensor") continue;
      if (/yesterday|month/.test(id)) expect(component, id).not.toHaveProperty("state_class");
      else expect(component.state_class, id).toMatch(/^total/);
      if (id.startsWith("today_")) expect(component.last_reset_value_template).toBe("{{ value_json.start }}");
    }
  });

  test("its own entities can be left out, or be some", () => {
    const idsWith = (own: AnnouncedDevice["own"]) =>
      Object.keys(discoveryPayload({ ...everything, points: new Set(), own }).components);
    expect(idsWith(false)).toEqual([]);
    expect(idsWith(["log", "today_cop"]).sort()).toEqual(["log", "today_cop"]);
    expect(idsWith(true)).toContain("operation");
  });

  test("nothing is retained, nothing renamed in the old way, and it stays well below what a broker takes", () => {
    for (const device of devices) {
      const text = JSON.stringify(discoveryPayload(device));
      expect(text).not.toMatch(/"(retain|object_id)"/);
      expect(text.length).toBeLessThan(128 * 1024);
    }
  });

  test("has a link to Heatloop's page where that is known", () => {
    const linkOf = (pageUrl?: string) => discoveryPayload({ ...everything, pageUrl }).device.configuration_url;
    expect(linkOf("homeassistant://app/a0d7b954_heatloop")).toBe("homeassistant://app/a0d7b954_heatloop");
    expect(discoveryPayload(everything).device).not.toHaveProperty("configuration_url");
  });

  test("is available while both the heat pump and Heatloop are", () => {
    expect(discoveryPayload(everything)).toMatchObject({
      availability: [{ topic: "ecodan-heatpump/status" }, { topic: "heatloop/3f9a1c07/status" }],
      availability_mode: "all",
    });
  });
});
