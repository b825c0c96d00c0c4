import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { type BlueprintAutomation, type BlueprintCases, type BlueprintHouse, home } from "./blueprint-house.ts";

const rooms = ["sensor.bedroom", "sensor.kitchen", "climate.living_room"];

const automations: readonly BlueprintAutomation[] = [
  { id: "room_feed", blueprint: "room-feed", input: { rooms, spacing: { seconds: 1 } } },
  {
    id: "room_feed_aged",
    blueprint: "room-feed",
    input: {
      rooms: rooms.slice(0, 2),
      zone: "2",
      feeder: "aged",
      quorum: 1,
      max_age: { seconds: 2 },
      spacing: { milliseconds: 200 },
    },
  },
];

const sensor = (name: string) =>
  `  - sensor: { name: ${name}, unique_id: ${name}, state_topic: rooms/${name}, device_class: temperature,
      unit_of_measurement: °C, availability_topic: rooms/${name}/status }`;

/** Rooms whose temperatures are published at `rooms/<name>`, their presence at `rooms/<name>/status`. */
const entities = [
  sensor("bedroom"),
  sensor("kitchen"),
  `  - climate: { name: living_room, unique_id: living_room, current_temperature_topic: rooms/living_room,
      availability_topic: rooms/living_room/status, modes: ["heat"] }`,
];

const number = "number/auto-adaptive__current_room_temperature_feedback_z";

function cases(started: () => BlueprintHouse): void {
  const fed = () => started().sent(`${number}1`);
  const fedC = () => started().simulator(home).home.settings.number("room_feedback_zone_1");
  const waitForFed = (temperatureC: number) =>
    waitFor(() => Math.abs(fedC() - temperatureC) < 0.01, `the heat pump is fed ${temperatureC} °C`);

  async function report(temperatures: Readonly<Record<string, string | number>>): Promise<void> {
    for (const [room, temperature] of Object.entries(temperatures)) {
      await started().report(`rooms/${room}/status`, "online");
      await started().report(`rooms/${room}`, temperature);
    }
  }

  test("sends nothing while no room has reported", async () => {
    await started().trigger("room_feed");
    expect(fed()).toEqual([]);
  });

  test("sends nothing where half of the rooms or fewer are good", async () => {
    await report({ bedroom: 20 });
    await started().waitForState("sensor.bedroom", "20");
    await started().trigger("room_feed");
    expect(fed()).toEqual([]);
  });

  test("feeds the mean, its name first, nothing retained, and the ESP32 takes it", async () => {
    await report({ kitchen: 21 });
    await waitForFed(20.5);
    await report({ living_room: 22 });
    await waitForFed(21);
    const [name, temperature] = started().messages.commands().slice(-2);
    expect(name).toMatchObject({ topic: `${home.prefix}/text/room_feeder_z1/command`, payload: "blueprint" });
    expect(temperature).toMatchObject({ topic: `${home.prefix}/${number}1/command`, payload: "21.0" });
    const shown = `${home.prefix}/sensor/room_watchdog_feeder_z1/state`;
    await waitFor(() => started().messages.last(shown) === "blueprint", "the watchdog names the feeder");
  });

  test("leaves out a room that is unavailable, unknown or not plausible, and never sends 0", async () => {
    await started().report("rooms/bedroom/status", "offline");
    await waitForFed(21.5);
    await report({ bedroom: 20 });
    await waitForFed(21);
    await report({ bedroom: 0 });
    await waitForFed(21.5);
    await report({ bedroom: 45 });
    await started().waitForState("sensor.bedroom", "45");
    await report({ bedroom: "None" });
    await started().waitForState("sensor.bedroom", "unknown");
    await report({ kitchen: 21.4 });
    await waitForFed(21.7);
  });

  test("sends nothing without the quorum, and goes on once there is one", async () => {
    const before = fed().length;
    await started().report("rooms/kitchen/status", "offline");
    await started().waitForState("sensor.kitchen", "unavailable");
    await started().trigger("room_feed");
    await report({ living_room: 23 });
    await started().trigger("room_feed");
    await report({ kitchen: 22 });
    await waitForFed(22.5);
    expect(fed().slice(before)).toEqual(["22.5"]);
  });

  test("leaves out a room that has not reported for the maximum age", async () => {
    const aged = () => started().sent(`${number}2`);
    await report({ bedroom: 20 });
    await waitFor(() => aged().length > 0, "the second zone is fed");
    // What comes of the kitchen alone shows that the bedroom has aged.
    let reports = 0;
    const isAlone = async () => {
      // Home Assistant takes no notice of an MQTT sensor that repeats itself.
      await report({ kitchen: 22 + (reports++ % 2) / 50 });
      await started().trigger("room_feed_aged");
      return aged().at(-1) === "22.0";
    };
    await waitFor(isAlone, "the second zone is fed by the kitchen alone");
  });

  test("ends with the last temperature after a thousand reports, having sent a few", async () => {
    const before = fed().length;
    for (let turn = 0; turn < 1000; turn++) await report({ bedroom: turn % 2 === 0 ? 20 : 21 });
    await report({ bedroom: 21.5, kitchen: 22, living_room: 23.1 });
    await waitForFed(22.2);
    expect(fed().length - before).toBeLessThan(100);
  });

  test("goes on after a restart of Home Assistant, with what is retained of the rooms", async () => {
    const before = fed().length;
    await started().homeAssistant.restart();
    await report({ bedroom: 21.5, kitchen: 22, living_room: 22.5 });
    await waitForFed(22);
    for (const temperature of fed().slice(before)) expect(Number(temperature)).toBeGreaterThan(20);
    expect(
      started()
        .messages.commands()
        .filter(({ retain }) => retain),
    ).toEqual([]);
  }, 120_000);
}

export const roomFeedCases: BlueprintCases = { blueprint: "room-feed", automations, entities, cases };
