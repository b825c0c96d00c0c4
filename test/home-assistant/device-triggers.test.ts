import { availabilityTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { type DeviceEvent, deviceTriggers, type EventId, eventTopic } from "@heatloop/mqtt-discovery/device-triggers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant, type TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type AnnouncedHomes, announcedHomes } from "./announced-homes.ts";
import { english } from "./homes.ts";
import { startWholeHouse, type WholeHouse } from "./whole-house.ts";

type Trigger = { readonly type: string; readonly subtype: string; readonly metadata: object };
type Triggered = { readonly variables: { readonly trigger: { readonly payload_json: DeviceEvent } } };

/** What the real Home Assistant offers an automation of a heat pump to begin with. */
async function triggersOf(homeAssistant: TestHomeAssistant, device: string): Promise<readonly Trigger[]> {
  type Device = { readonly id: string; readonly identifiers: readonly (readonly string[])[] };
  const devices = await homeAssistant.command<Device[]>({ type: "config/device_registry/list" });
  const found = devices.find(({ identifiers }) => identifiers.some(([, id]) => id === `heatloop_${device}`));
  if (found === undefined) return [];
  const triggers = await homeAssistant.command<(Trigger & { readonly domain: string })[]>({
    type: "device_automation/trigger/list",
    device_id: found.id,
  });
  return triggers.filter(({ domain }) => domain === "mqtt");
}

const textsOf = (triggers: readonly Pick<Trigger, "type" | "subtype">[]) =>
  triggers.map(({ type, subtype }) => `${subtype} ${type}`).sort();
const everyText = textsOf(Object.values(deviceTriggers("", true)));

describe.skipIf(!hasHomeAssistant())("device triggers in the real Home Assistant", () => {
  const home = { prefix: "ecodan-heatpump", language: "en", zones: 1, rooms: 3 } as const;
  let house: WholeHouse;

  beforeAll(async () => {
    house = await startWholeHouse([home], { speed: 18 });
  }, 240_000);

  afterAll(() => house?.close());

  test("begin automations when the simulated heat pump does it, with what it was", async () => {
    const triggers = await triggersOf(house.homeAssistant, home.prefix);
    expect(textsOf(triggers)).toEqual(everyText);
    const happened: DeviceEvent[] = [];
    await house.homeAssistant.subscribe<Triggered>(
      { type: "subscribe_trigger", trigger: triggers.map(({ metadata: _, ...trigger }) => trigger) },
      ({ variables }) => happened.push(variables.trigger.payload_json),
    );
    const waitForEvent = (event: EventId, to: string) =>
      waitFor(() => happened.some((each) => each.event === event && each.to === to), `${event} triggers`, 60_000);
    // It subscribes a moment after it has answered.
    await waitFor(async () => {
      await house.messages.publish(eventTopic(home.prefix), JSON.stringify({ event: "online" }), { retain: false });
      return happened.length > 0;
    }, "it listens");
    const simulator = house.simulator(home);

    simulator.fault("P6 1234");
    await waitForEvent("fault", "P6 1234");
    await waitForEvent("compressor_stopped", "off");
    simulator.fault(null);
    await waitForEvent("fault_cleared", "none");
    await house.call(home, "force_dhw", "turn_on");
    await waitForEvent("hot_water_started", "on");
    await waitForEvent("compressor_started", "on");
    const defrost = stateTopic(home.prefix, "defrost", home.language);
    await house.messages.publish(defrost, "ON", { retain: true });
    await waitForEvent("defrost_started", "on");
    await house.messages.publish(defrost, "OFF", { retain: true });
    await waitForEvent("defrost_ended", "off");
    await house.messages.publish(availabilityTopic(home.prefix), "offline", { retain: true });
    await waitForEvent("offline", "offline");
    await house.messages.publish(availabilityTopic(home.prefix), "online", { retain: true });
    await waitForEvent("online", "online");
  }, 240_000);
});

describe.skipIf(!hasHomeAssistant())("device triggers of an announced heat pump", () => {
  let world: AnnouncedHomes;
  const texts = async () => textsOf(await triggersOf(world.homeAssistant, english.device.device));

  beforeAll(async () => {
    world = await announcedHomes();
  }, 240_000);

  afterAll(() => world?.close());

  test("stay where it is announced in pieces", async () => {
    const { device, payload } = english;
    await waitFor(async () => (await texts()).length === everyText.length, "all are there");
    const published = { whole: payload, pieces: {} };
    await world.move(device, "pieces", published, async ({ after }) => {
      const expected = Object.keys(after.pieces).length === 0 ? 0 : everyText.length;
      await waitFor(async () => (await texts()).length === expected, `there are ${expected}`);
    });
    expect(await texts()).toEqual(everyText);
    // Of the whole, which is cleared when its triggers are unloaded.
    expect(world.complaints().filter((line) => !line.includes("No device components to cleanup"))).toEqual([]);
  }, 120_000);
});
