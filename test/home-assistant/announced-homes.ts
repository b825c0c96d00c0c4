import { availabilityTopic } from "@heatloop/core/catalogue/topics";
import {
  type AnnouncedDevice,
  type DiscoveryPayload,
  discoveryPayload,
  discoveryTopic,
} from "@heatloop/mqtt-discovery/discovery";
import { installationStatusTopic } from "@heatloop/mqtt-discovery/installation";
import { type Form, nextStep, type PublishedDiscovery, type Step } from "@heatloop/mqtt-discovery/publish-steps";
import { connectAsync, type MqttClient } from "mqtt";
import { startBroker } from "#test/support/broker/broker.ts";
import {
  type HomeAssistantOptions,
  type HomeAssistantState,
  type RegisteredEntity,
  startHomeAssistant,
  type TestHomeAssistant,
} from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { english, german, type Home, homes, messagesOf } from "./homes.ts";

/** Two heat pumps that are announced to a real Home Assistant, with what their firmwares receive. */
export type AnnouncedHomes = {
  readonly mqtt: MqttClient;
  readonly homeAssistant: TestHomeAssistant;
  /** The topic of the installation that announces them. */
  readonly status: string;
  /** Commands that arrived for the firmwares, oldest first. */
  readonly commands: { topic: string; payload: string; retain: boolean }[];
  publish(topic: string, payload: string): Promise<unknown>;
  /** Publishes every state of a heat pump: those of a turn. */
  publishStates(home: Home, turn?: number): Promise<void>;
  statesById(): Promise<ReadonlyMap<string, HomeAssistantState>>;
  registryById(): Promise<ReadonlyMap<string, RegisteredEntity>>;
  waitForState(entity: string, expected: string): Promise<unknown>;
  /** What Home Assistant logged about them. */
  complaints(): readonly string[];
  /** Publishes the steps from one announcement to another, each after `settled` of the one before. */
  move(
    to: AnnouncedDevice | DiscoveryPayload,
    form: Form,
    from: PublishedDiscovery,
    settled: (step: Step) => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
};

/** Starts a broker and Home Assistant, and announces the heat pumps of `homes`. */
export async function announcedHomes(options: Omit<HomeAssistantOptions, "mqttPort"> = {}): Promise<AnnouncedHomes> {
  const broker = await startBroker();
  const mqtt = await connectAsync(broker.url, { protocolVersion: 5 });
  const commands: AnnouncedHomes["commands"] = [];
  const status = installationStatusTopic(english.device.installation);
  mqtt.on("message", (topic, payload, { retain }) => commands.push({ topic, payload: payload.toString(), retain }));
  const publish = (topic: string, payload: string) => mqtt.publishAsync(topic, payload, { retain: true, qos: 1 });
  const publishStates = async (home: Home, turn = 0) => {
    for (const [topic, payload] of messagesOf(home, turn)) await publish(topic, payload);
  };
  for (const { device } of homes) {
    await publish(availabilityTopic(device.prefix), "online");
    for (const filter of ["+/+/command", "+/+/+/command"]) {
      await mqtt.subscribeAsync(`${device.prefix}/${filter}`, { qos: 1, rap: true });
    }
  }
  await publish(status, "online");
  for (const home of homes) await publishStates(home);
  const homeAssistant = await startHomeAssistant({ ...options, mqttPort: broker.port });
  const world: AnnouncedHomes = {
    mqtt,
    homeAssistant,
    status,
    commands,
    publish,
    publishStates,
    statesById: async () => new Map((await homeAssistant.states()).map((state) => [state.entity_id, state])),
    registryById: async () =>
      new Map((await homeAssistant.entityRegistry()).map((entity) => [entity.unique_id, entity])),
    waitForState: (entity, expected) =>
      waitFor(async () => (await homeAssistant.state(entity))?.state === expected, `${entity} is ${expected}`),
    complaints: () => homeAssistant.complaints(/components\.mqtt|ecodan|waermepumpe|heatloop/i),
    move: (to, form, from, settled) => move(publish, to, form, from, settled),
    async close() {
      await mqtt.endAsync();
      await homeAssistant.close();
      await broker.close();
    },
  };
  await announceAll(world);
  return world;
}

async function announceAll({ publish, registryById, waitForState, complaints }: AnnouncedHomes): Promise<void> {
  for (const { device, payload } of homes) await publish(discoveryTopic(device.device), JSON.stringify(payload));
  const announced = homes.flatMap(({ entities }) => Object.values(entities).map((each) => each.unique_id));
  const missing = async () => {
    const registry = await registryById();
    return announced.filter((id) => !registry.has(id));
  };
  await waitFor(async () => (await missing()).length === 0, "all entities are registered", 60_000).catch(async () => {
    throw new Error(`not registered: ${(await missing()).join(", ")}\n${complaints().join("\n")}`);
  });
  await waitForState(`binary_sensor.${german.device.device}_log`, "on");
}

async function move(
  publish: AnnouncedHomes["publish"],
  to: AnnouncedDevice | DiscoveryPayload,
  form: Form,
  from: PublishedDiscovery,
  settled: (step: Step) => Promise<void>,
): Promise<void> {
  const next = "components" in to ? to : discoveryPayload(to);
  const device = next.device.identifiers[0]?.replace("heatloop_", "") ?? "";
  let step = nextStep({ device, published: from, next, form, republish: false });
  while (step !== undefined) {
    await Promise.all(step.messages.map(({ topic, payload }) => publish(topic, payload)));
    await settled(step);
    step = nextStep({ device, published: step.after, next, form, republish: step.republish === true });
  }
}
