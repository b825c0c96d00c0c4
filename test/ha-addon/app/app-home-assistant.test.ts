import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it, onTestFinished } from "vitest";
import { followed } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, type FirmwareOnMqtt, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

async function onlineHeatPump(url: string, prefix: string): Promise<FirmwareOnMqtt> {
  const firmware = await firmwareOnMqtt(url, prefix);
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  return firmware;
}

describe("Home Assistant", () => {
  async function home() {
    const fake = await startFakeHomeAssistant();
    onTestFinished(() => fake.stop());
    const clock = systemClock();
    const log = recordingLog();
    const homeAssistant = connectHomeAssistant({ url: fake.url, token: fake.token, clock, log, random: () => 0 });
    onTestFinished(() => homeAssistant.close());
    const { url } = await testBroker();
    const running = await runningApp({
      brokerUrl: url,
      homeAssistant,
      timeZone: () => "UTC",
      clock: simulatedClock(Date.now()),
      folder: temporaryFolder(),
    });
    return { fake, running, url };
  }

  it("names the time zone; that it is away is in health and an alert, until it is back", async () => {
    const { fake, running } = await home();
    type Health = { time_zone: string; home_assistant: { state: string } };
    const health = () => running.get<Health>("/api/health");
    await waitFor(async () => (await health()).home_assistant.state === "connected", "connected");
    expect((await health()).time_zone).toBe("Europe/Rome");
    await fake.stop();
    await waitFor(async () => (await health()).home_assistant.state === "away", "away");
    expect(await running.get("/api/alerts")).toEqual([]);
    await running.pass(3 * minuteMs);
    expect(await running.get("/api/alerts")).toMatchObject([{ id: "home_assistant", severity: "warning" }]);
    expect((await health()).time_zone).toBe("Europe/Rome");
    await fake.start();
    await waitFor(async () => (await health()).home_assistant.state === "connected", "connected again");
    await running.pass(30 * secondMs);
    expect(await running.get("/api/alerts")).toEqual([]);
  });

  it("provides the rooms: of two heat pumps they feed the one that they name, and none while they name none", async () => {
    const { fake, running, url } = await home();
    const commands = await receiveTopics(url, "+/number/+/command");
    const rooms = ["living_room", "bedroom", "kitchen"].map((room) => ({ entity: `climate.${room}` }));
    const report = () => {
      for (const { entity } of rooms) fake.setState(entity, "heat", { current_temperature: 20.5, temperature: 21 });
    };
    report();
    for (const prefix of ["first", "second"]) {
      const firmware = await onlineHeatPump(url, prefix);
      await firmware.publishPoint("room_feedback_zone_1", "19.000000");
      await firmware.publishPoint("room_source_zone_1", "Home Assistant or REST API");
    }
    await followed(running, "first", "second");
    expect(await running.put({ rooms })).toBe(200);
    await waitFor(async () => {
      await running.pass(10 * secondMs);
      return (await running.get<{ id: string }[]>("/api/alerts")).some(({ id }) => id === "owner");
    }, "an alert");
    expect(await running.get("/api/alerts")).toMatchObject([
      { id: "owner", message: expect.stringContaining("Name the heat pump in rooms[0].device") },
    ]);
    expect(commands.messages).toEqual([]);
    const feeds = await running.get<{ state: string }[]>("/api/room-feed");
    expect(feeds.map(({ state }) => state)).toEqual(["off", "off"]);

    expect(await running.put({ rooms: rooms.map((room) => ({ ...room, device: "second" })) })).toBe(200);
    await waitFor(async () => {
      // So much time has passed that they would be silent.
      report();
      await running.pass(secondMs);
      return commands.messages.length > 0;
    }, "a command");
    expect(commands.messages).toMatchObject([
      {
        topic: "second/number/auto-adaptive__current_room_temperature_feedback_z1/command",
        payload: "20.5",
        retain: false,
        qos: 1,
      },
    ]);
    await waitFor(async () => {
      const published = (await retainedTopics(url, "heatloop/#")).get("heatloop/second/room-feed/1") ?? "{}";
      return (JSON.parse(published) as { sent_c?: number }).sent_c === 20.5;
    }, "the state of the feed");
  });
});
