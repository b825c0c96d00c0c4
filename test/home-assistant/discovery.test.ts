import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { commandPayload } from "@heatloop/core/catalogue/reading";
import { availabilityTopic, commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { discoveryPayload, discoveryTopic, entitiesOf } from "@heatloop/mqtt-discovery/discovery";
import { loadNames } from "@heatloop/mqtt-discovery/load-names";
import type { EntityPoint } from "@heatloop/mqtt-discovery/names";
import { piecesOf } from "@heatloop/mqtt-discovery/pieces";
import { entityIdOf } from "@heatloop/mqtt-discovery/point-component";
import { migrationRequest } from "@heatloop/mqtt-discovery/publish-steps";
import { labelsOf, valuesOf } from "@heatloop/mqtt-discovery/templates";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firmwareState } from "#test/support/firmware-states.ts";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type AnnouncedHomes, announcedHomes } from "./announced-homes.ts";
import { english, expectedShown, german, homes, shown } from "./homes.ts";

describe.skipIf(!hasHomeAssistant())("Home Assistant with announced heat pumps", () => {
  let world: AnnouncedHomes;

  beforeAll(async () => {
    world = await announcedHomes();
  }, 240_000);

  afterAll(() => world?.close());

  test.each(homes)("every entity of $device.device is there as it was announced", async ({ entities }) => {
    const registry = await world.registryById();
    const states = await world.statesById();
    for (const component of Object.values(entities)) {
      const entity = registry.get(component.unique_id);
      expect(entity, component.unique_id).toMatchObject({
        entity_id: component.default_entity_id,
        original_name: component.name,
        entity_category: component.entity_category ?? null,
        disabled_by: component.enabled_by_default === false ? "integration" : null,
      });
      if (component.enabled_by_default === false) continue;
      const attributes = states.get(component.default_entity_id)?.attributes ?? {};
      const keys = ["device_class", "state_class", "unit_of_measurement", "options"] as const;
      const range = component.platform === "number" ? (["min", "max", "step"] as const) : [];
      for (const key of [...keys, ...range]) {
        expect(attributes[key], `${component.unique_id} ${key}`).toEqual(component[key]);
      }
    }
  });

  test.each(homes)("every value of $device.device is shown", async ({ device, entities }) => {
    const wrong = async () => {
      const states = await world.statesById();
      return pointIds.flatMap((point) => {
        const component = entities[entityIdOf(point as EntityPoint)];
        if (component === undefined || component.enabled_by_default === false) return [];
        const [seen, expected] = [shown(states.get(component.default_entity_id), point), expectedShown(point, device)];
        return JSON.stringify(seen) === JSON.stringify(expected) ? [] : [{ point, seen, expected }];
      });
    };
    await waitFor(async () => (await wrong()).length === 0, "every value is shown").catch(() => undefined);
    expect(await wrong()).toEqual([]);
  });

  test.each(homes)("Heatloop's own figures of $device.device are shown", async ({ device, entities }) => {
    const id = device.device;
    const states = await world.statesById();
    const own = (name: string) => states.get(`sensor.${id.replaceAll("-", "_")}_${name}`);
    const rows = [
      ["today_heat", "31.2"],
      ["today_electricity", "8.1"],
      ["today_cop", "3.85"],
      ["today_starts", "12"],
      ["today_run_time", "10.25"],
      ["today_coverage", "95.5"],
      ["yesterday_heating_cop", "4.17"],
      ["yesterday_hot_water_cop", "unknown"],
      ["operation", "hot_water"],
      ["room_feed_zone_1", "holding"],
      ["room_feed_zone_1_sent", "20.6"],
    ] as const;
    for (const [name, value] of rows) {
      const isEnabled = entities[name]?.enabled_by_default !== false;
      expect(own(name)?.state, name).toBe(isEnabled ? value : undefined);
    }
    expect(own("room_feed_zone_1")?.attributes).toMatchObject({
      ...{ reason: "Kitchen is unavailable", temperature_c: null },
      ...{ read_back_c: 20.5, source: "home_assistant" },
    });
    expect(own("today_heat")?.attributes.last_reset).toBe("2026-11-21T00:00:00+01:00");
    expect(own("yesterday_heat")?.attributes).not.toHaveProperty("last_reset");
  });

  test.each(homes)("values of $device.device follow what its firmware publishes", async (home) => {
    await world.publishStates(home, 1);
    const { device, entities } = home;
    for (const point of pointIds) {
      const component = entities[entityIdOf(point as EntityPoint)];
      if (component === undefined || component.enabled_by_default === false) continue;
      const expected = JSON.stringify(expectedShown(point, device, 1));
      const follows = async () =>
        JSON.stringify(shown(await world.homeAssistant.state(component.default_entity_id), point)) === expected;
      await waitFor(follows, `${point} becomes ${expected}`);
    }
  });

  test.each([
    ["flow_temperature", "nan"],
    ["flow_temperature", "None"],
    ["flow_temperature", "-127.0"],
    ["flow_temperature", "very warm"],
    ["zone_1_room_temperature", "0.0"],
    ["operation_mode", "Unbekannt"],
    ["operation_mode", "a state of a later firmware"],
    ["compressor", "None"],
    ["room_feedback_zone_1", "nan"],
    ["setpoint_bias", "99.000000"],
    ["dhw_mode", "a mode of a later firmware"],
    ["fault_code", ""],
  ] as const)("%s is unknown when the firmware publishes %j", async (point, payload) => {
    const { device } = german;
    const entity = german.entities[point]?.default_entity_id ?? "";
    const topic = stateTopic(device.prefix, point, device.language);
    await world.publish(topic, firmwareState(point, device.language, 2).payload);
    await waitFor(async () => (await world.homeAssistant.state(entity))?.state !== "unknown", `${entity} is known`);
    // An empty retained message would remove the one before; the firmware sends it like any other.
    await world.mqtt.publishAsync(topic, payload, { retain: payload !== "", qos: 1 });
    await world.waitForState(entity, "unknown");
  });

  test.each(homes)(
    "every command for $device.device reaches the firmware as it takes it",
    async ({ device, entities }) => {
      const { prefix, language } = device;
      const arrives = async (point: PointId, value: number | boolean | string, call: () => Promise<void>) => {
        const expected = commandPayload(point, value, language);
        world.commands.length = 0;
        await call();
        await waitFor(() => world.commands.length > 0, `a command for ${point} arrives`);
        expect(world.commands).toEqual([
          { topic: commandTopic(prefix, point, language), payload: expected, retain: false },
        ]);
      };
      for (const point of pointIds) {
        const component = entities[entityIdOf(point as EntityPoint)];
        if (component === undefined || component.enabled_by_default === false) continue;
        const entity_id = component.default_entity_id;
        const call = (service: string, data: object) => () =>
          world.homeAssistant.callService(component.platform, service, { entity_id, ...data });
        const { states, min = 0, step = 1 } = pointOf(point);
        if (component.platform === "number") {
          await arrives(point, Number((min + 3 * step).toFixed(3)), call("set_value", { value: min + 3 * step }));
        } else if (component.platform === "climate") {
          await arrives(point, min + step, call("set_temperature", { temperature: min + step }));
        } else if (component.platform === "select" && states !== undefined) {
          for (const [index, option] of labelsOf(states).entries()) {
            await arrives(point, valuesOf(states)[index] ?? "", call("select_option", { option }));
          }
        } else if (component.platform === "switch") {
          await arrives(point, true, call("turn_on", {}));
          await arrives(point, false, call("turn_off", {}));
        } else if (component.platform === "button") {
          await arrives(point, true, call("press", {}));
        } else if (component.platform === "text") {
          await arrives(point, "192.168.1.5", call("set_value", { value: "192.168.1.5" }));
        }
      }
    },
  );

  test("all is unavailable while Heatloop is away, the heat pump's while that is away, and comes back", async () => {
    const climate = `climate.${german.device.device}_dhw`;
    const heat = `sensor.${german.device.device}_today_heat`;
    for (const topic of [availabilityTopic(german.device.prefix), world.status]) {
      await world.publish(topic, "offline");
      await world.waitForState(climate, "unavailable");
      await world.waitForState(heat, topic === world.status ? "unavailable" : "31.2");
      await world.publish(topic, "online");
      await world.waitForState(climate, "auto");
      await world.waitForState(heat, "31.2");
    }
  });

  test("Home Assistant finds nothing wrong with their statistics", async () => {
    const issues = await world.homeAssistant.command<Record<string, unknown>>({ type: "recorder/validate_statistics" });
    expect(issues).toEqual({});
  });

  test("after a restart of Home Assistant all is back, from what the broker kept", async () => {
    await world.homeAssistant.restart();
    await world.waitForState(`sensor.${german.device.device}_today_heat`, "31.2");
    const states = await world.statesById();
    for (const { entities } of homes) {
      for (const { default_entity_id, enabled_by_default } of Object.values(entities)) {
        if (enabled_by_default === false) continue;
        expect(states.get(default_entity_id)?.state, default_entity_id).not.toBe("unavailable");
      }
    }
  }, 180_000);

  test("in another language entities are renamed at once, but keep their ids and the names that people gave them; the device links to the page", async () => {
    const { device, payload } = english;
    const tank = "sensor.ecodan_heatpump_dhw_temperature";
    await world.homeAssistant.command({ type: "config/entity_registry/update", entity_id: tank, name: "Tank" });
    const kept = async () =>
      [...(await world.registryById()).values()].map(({ id, entity_id, unique_id, name }) => [
        id,
        entity_id,
        unique_id,
        name,
      ]);
    const friendlyNames = async () => {
      const states = await world.statesById();
      const entities = [tank, "sensor.ecodan_heatpump_flow_temperature", "climate.ecodan_heatpump_zone_1_room"];
      return entities.map((entity) => states.get(entity)?.attributes.friendly_name);
    };
    const [before, [ofPerson]] = [await kept(), await friendlyNames()];
    const pageUrl = "homeassistant://app/a0d7b954_heatloop";
    const next = discoveryPayload({ ...device, names: await loadNames("de"), pageUrl });
    await world.move(next, "whole", { whole: payload, pieces: {} }, async () => {
      const areRenamed = async () => {
        const registry = await world.registryById();
        return Object.values(entitiesOf(next)).every(
          ({ unique_id: id, name }) => registry.get(id)?.original_name === name,
        );
      };
      await waitFor(areRenamed, "every entity has its German name");
    });
    expect(await kept()).toEqual(before);
    expect(await friendlyNames()).toEqual([
      ofPerson,
      "Ecodan heatpump Vorlauftemperatur",
      "Ecodan heatpump Raum Zone 1",
    ]);
    expect(ofPerson).toContain("Tank");
    type LinkedDevice = { readonly name: string; readonly configuration_url: string | null };
    const devices = await world.homeAssistant.command<LinkedDevice[]>({ type: "config/device_registry/list" });
    expect(devices.find(({ name }) => name === "Ecodan heatpump")?.configuration_url).toBe(pageUrl);
  });

  test("an entity that went away is removed by the two steps, and the others stay", async () => {
    const { device, payload } = english;
    const points = new Set(device.points);
    points.delete("compressor_frequency");
    points.delete("dhw_climate_target");
    const before = await world.registryById();
    await world.move({ ...device, points }, "whole", { whole: payload, pieces: {} }, async () => {
      await waitFor(async () => (await world.registryById()).size === before.size - 2, "two entities are removed");
    });
    const after = await world.registryById();
    const gone = [...before.keys()].filter((id) => !after.has(id));
    expect(gone.sort()).toEqual([
      "heatloop_ecodan-heatpump_compressor_frequency",
      "heatloop_ecodan-heatpump_dhw_climate",
    ]);
  });

  test("announced in pieces instead of one message, and back again, every entity keeps what a person made of it", async () => {
    const { device, payload, entities } = german;
    const entity_id = `sensor.${device.device}_today_heat`;
    await world.homeAssistant.command({ type: "config/entity_registry/update", entity_id, name: "Warmth" });
    const ids = Object.values(entities).map((component) => component.default_entity_id);
    /** How many of its entities Home Assistant has loaded; the others it only restored. */
    const loaded = async () => {
      const states = await world.statesById();
      return ids.filter((id) => states.has(id) && states.get(id)?.attributes.restored !== true).length;
    };
    const kept = async () => {
      const entries = [...(await world.registryById()).values()].filter((entry) => ids.includes(entry.entity_id));
      return entries.map(({ id, entity_id, unique_id, name }) => ({ id, entity_id, unique_id, name }));
    };
    const before = await kept();
    for (const [form, standing] of [
      ["pieces", { whole: payload, pieces: {} }],
      ["whole", { whole: null, pieces: piecesOf(device.device, payload) }],
    ] as const) {
      await world.move(payload, form, standing, async (step) => {
        const wanted = step.messages.every(({ payload: each }) => each === migrationRequest || each === "")
          ? 0
          : ids.length;
        const isSo = async () => (await loaded()) === wanted;
        await waitFor(isSo, `${wanted} entities are loaded`, 40_000).catch(async (error: Error) => {
          throw new Error(`${error.message}, but ${await loaded()}\n${world.complaints().join("\n")}`);
        });
      });
      await world.waitForState(entity_id, "31.2");
      expect(await kept()).toEqual(before);
    }
    await world.homeAssistant.restart();
    await world.waitForState(entity_id, "31.2");
    expect(await kept()).toEqual(before);
    expect(before.find((entry) => entry.entity_id === entity_id)).toMatchObject({ name: "Warmth" });
  }, 240_000);

  test("an installation of an earlier release keeps its entities enabled, by their ids and the names that people gave them", async () => {
    const { device, payload } = german;
    const enabled = async () => {
      const entries = [...(await world.registryById()).values()].filter((entry) => entry.platform === "mqtt");
      return entries
        .map(({ id, entity_id, unique_id, disabled_by }) => ({ id, entity_id, unique_id, disabled_by }))
        .sort((a, b) => a.unique_id.localeCompare(b.unique_id));
    };
    const before = await enabled();
    const next = discoveryPayload({ ...device, points: new Set(pointIds) });
    const discharge = entitiesOf(next).discharge_temperature;
    expect(discharge?.enabled_by_default).toBe(false);
    await world.move(next, "whole", { whole: payload, pieces: {} }, async () => {
      const isTaken = async () =>
        (await world.registryById()).get(discharge?.unique_id ?? "")?.entity_category === "diagnostic";
      await waitFor(isTaken, "the new announcement is taken");
    });
    expect(await enabled()).toEqual(before);
    await world.homeAssistant.restart();
    await world.waitForState(`sensor.${device.device}_today_heat`, "31.2");
    expect(await enabled()).toEqual(before);
  }, 180_000);

  test("a device that is removed leaves nothing behind", async () => {
    await world.publish(discoveryTopic(english.device.device), "");
    await waitFor(
      async () => ![...(await world.registryById()).keys()].some((id) => id.startsWith("heatloop_ecodan-heatpump_")),
      "its entities are removed",
    );
    type RegisteredDevice = { readonly name: string };
    const devices = await world.homeAssistant.command<RegisteredDevice[]>({ type: "config/device_registry/list" });
    expect(devices.map(({ name }) => name)).toContain("Wärmepumpe");
    expect(devices.map(({ name }) => name)).not.toContain("Ecodan heatpump");
  });

  test("in all this it had nothing to complain about", () => {
    // Of a move to pieces, whose whole is cleared when its entities are unloaded.
    expect(world.complaints().filter((line) => !line.includes("No device components to cleanup"))).toEqual([]);
  });
});
