import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { commandPayload } from "@heatloop/core/catalogue/reading";
import { availabilityTopic, commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import {
  type AnnouncedDevice,
  type DiscoveryPayload,
  discoveryPayload,
  discoveryTopic,
} from "@heatloop/mqtt-discovery/discovery";
import { installationStatusTopic } from "@heatloop/mqtt-discovery/installation";
import type { EntityPoint } from "@heatloop/mqtt-discovery/names";
import { piecesOf } from "@heatloop/mqtt-discovery/pieces";
import { entityIdOf } from "@heatloop/mqtt-discovery/point-component";
import { type Form, leave, nextStep, type PublishedDiscovery, type Step } from "@heatloop/mqtt-discovery/publish-steps";
import { labelsOf, valuesOf } from "@heatloop/mqtt-discovery/templates";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { firmwareState } from "#test/support/firmware-states.ts";
import {
  type HomeAssistantState,
  hasHomeAssistant,
  type RegisteredEntity,
  startHomeAssistant,
  type TestHomeAssistant,
} from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { english, expectedShown, german, type Home, homes, messagesOf, shown } from "./homes.ts";

describe.skipIf(!hasHomeAssistant())("Home Assistant, told by discovery", () => {
  let broker: TestBroker;
  let homeAssistant: TestHomeAssistant;
  let mqtt: MqttClient;
  const status = installationStatusTopic(english.device.installation);
  const commands: { topic: string; payload: string; retain: boolean }[] = [];

  const publish = (topic: string, payload: string) => mqtt.publishAsync(topic, payload, { retain: true, qos: 1 });

  async function publishStates(home: Home, turn = 0): Promise<void> {
    for (const [topic, payload] of messagesOf(home, turn)) await publish(topic, payload);
  }

  async function statesById(): Promise<ReadonlyMap<string, HomeAssistantState>> {
    return new Map((await homeAssistant.states()).map((state) => [state.entity_id, state]));
  }

  async function registryById(): Promise<ReadonlyMap<string, RegisteredEntity>> {
    return new Map((await homeAssistant.entityRegistry()).map((entity) => [entity.unique_id, entity]));
  }

  async function waitForState(entity: string, expected: string): Promise<void> {
    await waitFor(async () => (await homeAssistant.state(entity))?.state === expected, `${entity} is ${expected}`);
  }

  const complaints = () => homeAssistant.complaints(/components\.mqtt|ecodan|waermepumpe|heatloop/i);

  /** Publishes the steps from what stands to what shall stand, each after what comes of the one before. */
  async function move(
    to: AnnouncedDevice | DiscoveryPayload,
    form: Form,
    from: PublishedDiscovery,
    settled: (step: Step) => Promise<void>,
  ): Promise<void> {
    const next = "components" in to ? to : discoveryPayload(to);
    const device = next.device.identifiers[0]?.replace("heatloop_", "") ?? "";
    let step = nextStep({ device, standing: from, next, form, again: false });
    while (step !== undefined) {
      await Promise.all(step.messages.map(({ topic, payload }) => publish(topic, payload)));
      await settled(step);
      step = nextStep({ device, standing: step.after, next, form, again: step.again === true });
    }
  }

  beforeAll(async () => {
    broker = await startBroker();
    mqtt = await connectAsync(broker.url, { protocolVersion: 5 });
    mqtt.on("message", (topic, payload, { retain }) => commands.push({ topic, payload: payload.toString(), retain }));
    for (const { device } of homes) {
      await publish(availabilityTopic(device.prefix), "online");
      for (const filter of ["+/+/command", "+/+/+/command"]) {
        await mqtt.subscribeAsync(`${device.prefix}/${filter}`, { qos: 1, rap: true });
      }
    }
    await publish(status, "online");
    for (const home of homes) await publishStates(home);
    homeAssistant = await startHomeAssistant({ mqttPort: broker.port });
    for (const { device, payload } of homes) await publish(discoveryTopic(device.device), JSON.stringify(payload));
    const told = homes.flatMap(({ payload }) => Object.values(payload.components).map(({ unique_id }) => unique_id));
    const missing = async () => {
      const registry = await registryById();
      return told.filter((id) => !registry.has(id));
    };
    await waitFor(async () => (await missing()).length === 0, "all entities are registered", 60_000).catch(async () => {
      throw new Error(`not registered: ${(await missing()).join(", ")}\n${complaints().join("\n")}`);
    });
    await waitForState(`binary_sensor.${german.device.device}_log`, "on");
  }, 240_000);

  afterAll(async () => {
    await mqtt?.endAsync();
    await homeAssistant?.close();
    await broker?.close();
  });

  test.each(homes)("every entity of $device.device is there as it was told", async ({ payload }) => {
    const registry = await registryById();
    const states = await statesById();
    for (const component of Object.values(payload.components)) {
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

  test.each(homes)("every value of $device.device is shown", async ({ device, payload }) => {
    const wrong = async () => {
      const states = await statesById();
      return pointIds.flatMap((point) => {
        const component = payload.components[entityIdOf(point as EntityPoint)];
        if (component === undefined || component.enabled_by_default === false) return [];
        const [seen, expected] = [shown(states.get(component.default_entity_id), point), expectedShown(point, device)];
        return JSON.stringify(seen) === JSON.stringify(expected) ? [] : [{ point, seen, expected }];
      });
    };
    await waitFor(async () => (await wrong()).length === 0, "every value is shown").catch(() => undefined);
    expect(await wrong()).toEqual([]);
  });

  test.each(homes)("Heatloop's own figures of $device.device are shown", async ({ device }) => {
    const id = device.device;
    const states = await statesById();
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
    for (const [name, value] of rows) expect(own(name)?.state, name).toBe(value);
    expect(own("room_feed_zone_1")?.attributes.reason).toBe("Kitchen is unavailable");
    expect(own("today_heat")?.attributes.last_reset).toBe("2026-11-21T00:00:00+01:00");
    expect(own("yesterday_heat")?.attributes).not.toHaveProperty("last_reset");
  });

  test.each(homes)("values of $device.device follow what its firmware tells", async (home) => {
    await publishStates(home, 1);
    const { device, payload } = home;
    for (const point of pointIds) {
      const component = payload.components[entityIdOf(point as EntityPoint)];
      if (component === undefined || component.enabled_by_default === false) continue;
      const expected = JSON.stringify(expectedShown(point, device, 1));
      const follows = async () =>
        JSON.stringify(shown(await homeAssistant.state(component.default_entity_id), point)) === expected;
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
  ] as const)("%s is unknown when the firmware tells %j", async (point, payload) => {
    const { device } = german;
    const entity = german.payload.components[point]?.default_entity_id ?? "";
    const topic = stateTopic(device.prefix, point, device.language);
    await publish(topic, firmwareState(point, device.language, 2).payload);
    await waitFor(async () => (await homeAssistant.state(entity))?.state !== "unknown", `${entity} is known`);
    // An empty retained message would remove the one before; the firmware sends it like any other.
    await mqtt.publishAsync(topic, payload, { retain: payload !== "", qos: 1 });
    await waitForState(entity, "unknown");
  });

  test.each(homes)(
    "every command for $device.device reaches the firmware as it takes it",
    async ({ device, payload }) => {
      const { prefix, language } = device;
      const told = async (point: PointId, value: number | boolean | string, call: () => Promise<void>) => {
        const expected = commandPayload(point, value, language);
        commands.length = 0;
        await call();
        await waitFor(() => commands.length > 0, `a command for ${point} arrives`);
        expect(commands).toEqual([{ topic: commandTopic(prefix, point, language), payload: expected, retain: false }]);
      };
      for (const point of pointIds) {
        const component = payload.components[entityIdOf(point as EntityPoint)];
        if (component === undefined || component.enabled_by_default === false) continue;
        const entity_id = component.default_entity_id;
        const call = (service: string, data: object) => () =>
          homeAssistant.callService(component.platform, service, { entity_id, ...data });
        const { states, min = 0, step = 1 } = pointOf(point);
        if (component.platform === "number") {
          await told(point, Number((min + 3 * step).toFixed(3)), call("set_value", { value: min + 3 * step }));
        } else if (component.platform === "climate") {
          await told(point, min + step, call("set_temperature", { temperature: min + step }));
        } else if (component.platform === "select" && states !== undefined) {
          for (const [index, option] of labelsOf(states).entries()) {
            await told(point, valuesOf(states)[index] ?? "", call("select_option", { option }));
          }
        } else if (component.platform === "switch") {
          await told(point, true, call("turn_on", {}));
          await told(point, false, call("turn_off", {}));
        } else if (component.platform === "button") {
          await told(point, true, call("press", {}));
        } else if (component.platform === "text") {
          await told(point, "192.168.1.5", call("set_value", { value: "192.168.1.5" }));
        }
      }
    },
  );

  test("all is unavailable while Heatloop is away, the heat pump's while that is away, and comes back", async () => {
    const climate = `climate.${german.device.device}_dhw`;
    const heat = `sensor.${german.device.device}_today_heat`;
    for (const topic of [availabilityTopic(german.device.prefix), status]) {
      await publish(topic, "offline");
      await waitForState(climate, "unavailable");
      await waitForState(heat, topic === status ? "unavailable" : "31.2");
      await publish(topic, "online");
      await waitForState(climate, "auto");
      await waitForState(heat, "31.2");
    }
  });

  test("Home Assistant finds nothing wrong with their statistics", async () => {
    const issues = await homeAssistant.command<Record<string, unknown>>({ type: "recorder/validate_statistics" });
    expect(issues).toEqual({});
  });

  test("after a restart of Home Assistant all is back, from what the broker kept", async () => {
    await homeAssistant.restart();
    await waitForState(`sensor.${german.device.device}_today_heat`, "31.2");
    const states = await statesById();
    for (const { payload } of homes) {
      for (const { default_entity_id, enabled_by_default } of Object.values(payload.components)) {
        if (enabled_by_default === false) continue;
        expect(states.get(default_entity_id)?.state, default_entity_id).not.toBe("unavailable");
      }
    }
  }, 180_000);

  test("an entity that went away is removed by the two steps, and the others stay", async () => {
    const { device, payload } = english;
    const points = new Set(device.points);
    points.delete("compressor_frequency");
    points.delete("dhw_climate_target");
    const before = await registryById();
    await move({ ...device, points }, "whole", { whole: payload, pieces: {} }, async () => {
      await waitFor(async () => (await registryById()).size === before.size - 2, "two entities are removed");
    });
    const after = await registryById();
    const gone = [...before.keys()].filter((id) => !after.has(id));
    expect(gone.sort()).toEqual([
      "heatloop_ecodan-heatpump_compressor_frequency",
      "heatloop_ecodan-heatpump_dhw_climate",
    ]);
  });

  test("told in pieces instead of one message, and back again, every entity keeps what a person made of it", async () => {
    const { device, payload } = german;
    const entity_id = `sensor.${device.device}_today_heat`;
    await homeAssistant.command({ type: "config/entity_registry/update", entity_id, name: "Warmth" });
    const ids = Object.values(payload.components).map((component) => component.default_entity_id);
    /** How many of its entities Home Assistant has loaded; the others it only remembers. */
    const loaded = async () => {
      const states = await statesById();
      return ids.filter((id) => states.has(id) && states.get(id)?.attributes.restored !== true).length;
    };
    const kept = async () => {
      const entries = [...(await registryById()).values()].filter((entry) => ids.includes(entry.entity_id));
      return entries.map(({ id, entity_id, unique_id, name }) => ({ id, entity_id, unique_id, name }));
    };
    const before = await kept();
    for (const [form, standing] of [
      ["pieces", { whole: payload, pieces: {} }],
      ["whole", { whole: null, pieces: piecesOf(device.device, payload) }],
    ] as const) {
      await move(payload, form, standing, async (step) => {
        const wanted = step.messages.every(({ payload: told }) => told === leave || told === "") ? 0 : ids.length;
        const isSo = async () => (await loaded()) === wanted;
        await waitFor(isSo, `${wanted} entities are loaded`, 40_000).catch(async (error: Error) => {
          throw new Error(`${error.message}, but ${await loaded()}\n${complaints().join("\n")}`);
        });
      });
      await waitForState(entity_id, "31.2");
      expect(await kept()).toEqual(before);
    }
    await homeAssistant.restart();
    await waitForState(entity_id, "31.2");
    expect(await kept()).toEqual(before);
    expect(before.find((entry) => entry.entity_id === entity_id)).toMatchObject({ name: "Warmth" });
  }, 240_000);

  test("a device that is removed leaves nothing behind", async () => {
    await publish(discoveryTopic(english.device.device), "");
    await waitFor(
      async () => ![...(await registryById()).keys()].some((id) => id.startsWith("heatloop_ecodan-heatpump_")),
      "its entities are removed",
    );
    type RegisteredDevice = { readonly name: string };
    const devices = await homeAssistant.command<RegisteredDevice[]>({ type: "config/device_registry/list" });
    expect(devices.map(({ name }) => name)).toContain("Wärmepumpe");
    expect(devices.map(({ name }) => name)).not.toContain("Ecodan heatpump");
  });

  test("in all this it had nothing to complain about", () => {
    // Of a move to pieces, whose whole is cleared when its entities are unloaded.
    expect(complaints().filter((line) => !line.includes("No device components to cleanup"))).toEqual([]);
  });
});
