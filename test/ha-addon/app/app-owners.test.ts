import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { connectHomeAssistant, type HomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it, onTestFinished } from "vitest";
import { followed } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, type FirmwareOnMqtt, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { receiveTopics } from "#test/support/received-topics.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { type RunningApp, runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const rooms = [{ entity: "climate.living_room" }, { entity: "climate.bedroom" }];

type House = {
  readonly url: string;
  readonly start: () => Promise<RunningApp>;
  /** What was sent as a room temperature: `a 20.5`. */
  readonly sent: () => string[];
};

async function house(): Promise<House> {
  const fake = await startFakeHomeAssistant();
  onTestFinished(() => fake.stop());
  for (const { entity } of rooms) fake.setState(entity, "heat", { current_temperature: 20.5, temperature: 21 });
  fake.setState("climate.annex", "heat", { current_temperature: 17.5, temperature: 18 });
  const { url } = await testBroker();
  const commands = await receiveTopics(url, "+/number/+/command");
  const folder = temporaryFolder();
  let clock = simulatedClock(Date.now());
  async function start(): Promise<RunningApp> {
    clock = simulatedClock(clock.now());
    const homeAssistant: HomeAssistant & Pick<ReturnType<typeof connectHomeAssistant>, "status"> = connectHomeAssistant(
      {
        url: fake.url,
        token: fake.token,
        clock: systemClock(),
        log: recordingLog(),
        random: () => 0,
      },
    );
    onTestFinished(() => homeAssistant.close());
    const running = await runningApp({ brokerUrl: url, homeAssistant, folder, clock });
    await waitFor(() => homeAssistant.connected(), "Home Assistant");
    return running;
  }
  const sent = () => commands.messages.map(({ topic, payload }) => `${topic.split("/", 1)[0]} ${payload}`);
  return { url, start, sent };
}

/** A heat pump that takes room temperatures and has published enough to be recognized. */
async function heatPump(url: string, prefix: string, how: { readonly retain?: boolean } = {}): Promise<FirmwareOnMqtt> {
  const firmware = await firmwareOnMqtt(url, prefix);
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  await firmware.publishPoint("room_feedback_zone_1", "19.000000", how);
  await firmware.publishPoint("room_source_zone_1", "Home Assistant or REST API", how);
  return firmware;
}

/** Lets time pass while the heat pumps publish. */
async function passPublishing(running: RunningApp, ms: number, ...firmwares: readonly FirmwareOnMqtt[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 10 * secondMs) {
    for (const firmware of firmwares) await firmware.publishPoint("flow_temperature", "30.0");
    await running.pass(10 * secondMs);
  }
}

const alertsOf = (running: RunningApp) => running.get<{ id: string; message: string }[]>("/api/alerts");
const feedsOf = (running: RunningApp) =>
  running.get<{ device: string; state: string; reason: string; rooms: { entity: string }[] }[]>("/api/room-feed");

describe("rooms that name no heat pump", () => {
  it("stay with their heat pump when everything restarts and another one publishes first", async () => {
    const { url, start, sent } = await house();
    const before = await start();
    const a = await heatPump(url, "a");
    await followed(before, "a");
    expect(await before.put({ rooms })).toBe(200);
    await passPublishing(before, 2 * minuteMs, a);
    await before.close();
    await a.clear();
    await heatPump(url, "b");
    const after = await start();
    const b = await heatPump(url, "b");
    await followed(after, "b");
    await passPublishing(after, 2 * minuteMs, b);
    expect(await alertsOf(after)).toMatchObject([
      { id: "owner", message: expect.stringMatching(/heat pump a.*There is b.*rooms\[0\].device/) },
    ]);
    const back = await heatPump(url, "a");
    await followed(after, "a", "b");
    await passPublishing(after, minuteMs, back, b);
    await waitFor(async () => (await alertsOf(after)).every(({ id }) => id !== "owner"), "it is clear again");
    expect(new Set(sent())).toEqual(new Set(["a 20.5"]));
  });

  it("are sent to nobody where two heat pumps are there from the start, and a sentence names what to set", async () => {
    const { url, start, sent } = await house();
    const [b, a] = [await heatPump(url, "b"), await heatPump(url, "a")];
    const running = await start();
    await followed(running, "a", "b");
    expect(await running.put({ rooms })).toBe(200);
    await passPublishing(running, 2 * minuteMs, b, a);
    expect(sent()).toEqual([]);
    const sentence = /several heat pumps \((a, b|b, a)\).*rooms\[0\], rooms\[1\].*rooms\[0\].device/;
    expect(await alertsOf(running)).toMatchObject([{ id: "owner", message: expect.stringMatching(sentence) }]);
    for (const feed of await feedsOf(running))
      expect(feed).toMatchObject({ state: "off", rooms: [], reason: expect.stringMatching(sentence) });
    expect(running.lines().filter((line) => sentence.test(line))).toHaveLength(1);
    expect(await running.put({ rooms: rooms.map((room) => ({ ...room, device: "b" })) })).toBe(200);
    await passPublishing(running, minuteMs, b, a);
    expect(new Set(sent())).toEqual(new Set(["b 20.5"]));
    expect(await alertsOf(running)).toEqual([]);
  });

  it("are not given to one that has only retained messages, nor taken from the living one by it", async () => {
    const { url, start, sent } = await house();
    await heatPump(url, "ghost");
    const living = await heatPump(url, "living");
    const running = await start();
    await followed(running, "ghost", "living");
    expect(await running.put({ rooms })).toBe(200);
    await passPublishing(running, 16 * minuteMs, living);
    expect(new Set(sent())).toEqual(new Set(["living 20.5"]));
    expect(await alertsOf(running)).toMatchObject([
      { id: "unheard/ghost", message: expect.stringContaining("remove it") },
    ]);
    const ask = async (id: string) =>
      (await fetch(`${running.app.url}/api/devices/${id}`, { method: "DELETE" })).status;
    expect([await ask("living"), await ask("nothing"), await ask("ghost")]).toEqual([409, 404, 204]);
    await followed(running, "living");
    expect(await alertsOf(running)).toEqual([]);
    await running.close();
    const again = await start();
    await followed(again, "living");
  });
});

describe("rooms that name their heat pump", () => {
  it("each feed their own", async () => {
    const { url, start, sent } = await house();
    const [a, b] = [await heatPump(url, "a"), await heatPump(url, "b")];
    const running = await start();
    await followed(running, "a", "b");
    const own = [...rooms.map((room) => ({ ...room, device: "a" })), { entity: "climate.annex", device: "b" }];
    expect(await running.put({ rooms: own })).toBe(200);
    await passPublishing(running, minuteMs, a, b);
    await waitFor(() => new Set(sent()).size === 2, "both are sent something");
    expect(new Set(sent())).toEqual(new Set(["a 20.5", "b 17.5"]));
    const fed = (await feedsOf(running)).map(({ device, rooms: [first] }) => [device, first?.entity]);
    expect(fed).toEqual([
      ["a", "climate.living_room"],
      ["b", "climate.annex"],
    ]);
  });

  it("which is not known, are not used, and a sentence names those that are", async () => {
    const { url, start, sent } = await house();
    const a = await heatPump(url, "a");
    const running = await start();
    await followed(running, "a");
    expect(await running.put({ rooms: rooms.map((room) => ({ ...room, device: "old" })) })).toBe(200);
    await passPublishing(running, 2 * minuteMs, a);
    expect(sent()).toEqual([]);
    expect(await alertsOf(running)).toMatchObject([
      { id: "owner", message: expect.stringMatching(/names old.*There is a/) },
    ]);
  });
});

it("a meter that names no heat pump is nobody's where there are two, and the one's that it names", async () => {
  const { url, start } = await house();
  const [a, b] = [await heatPump(url, "a"), await heatPump(url, "b")];
  const running = await start();
  await followed(running, "a", "b");
  const meterOf = async (id: string) =>
    (
      await running.get<{ readings: { meter_kwh: number | null }[] }>(`/api/devices/${id}/readings?points=meter_kwh`)
    ).readings.at(-1)?.meter_kwh ?? null;
  const meter = { topic: "meter/kwh", unit: "kWh" };
  expect(await running.put({ electricity: { meter } })).toBe(200);
  const publisher = await firmwareOnMqtt(url, "meter");
  const run = async () => {
    for (let minute = 0; minute < 2; minute += 1) {
      await publisher.publish("kwh", "100.5", false);
      await passPublishing(running, minuteMs, a, b);
    }
  };
  await run();
  expect([await meterOf("a"), await meterOf("b")]).toEqual([null, null]);
  expect(await alertsOf(running)).toMatchObject([
    { id: "owner", message: expect.stringMatching(/(a, b|b, a).*electricity.meter.device/) },
  ]);
  expect(await running.put({ electricity: { meter: { ...meter, device: "b" } } })).toBe(200);
  await run();
  expect([await meterOf("a"), await meterOf("b")]).toEqual([null, 100.5]);
  expect(await alertsOf(running)).toEqual([]);
});
