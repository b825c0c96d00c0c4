import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { firstRunSchema } from "@heatloop/ha-addon/web/first-run/schemas";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it, onTestFinished } from "vitest";
import { followed } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

async function newHome() {
  const fake = await startFakeHomeAssistant();
  onTestFinished(() => fake.stop());
  const log = recordingLog();
  const homeAssistant = connectHomeAssistant({ url: fake.url, token: fake.token, clock: systemClock(), log });
  onTestFinished(() => homeAssistant.close());
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url, homeAssistant, clock: simulatedClock(Date.now()) });
  await waitFor(() => homeAssistant.connected() && running.mqtt.connected(), "all connections");
  const firstRun = async () => firstRunSchema.parse(await running.get("/api/first-run"));
  return { fake, running, url, firstRun };
}

describe("the first run of a new home", () => {
  it("finds a heat pump once that connects, offers rooms, and is done when they are saved", async () => {
    const { fake, running, url, firstRun } = await newHome();
    fake.setState("climate.living", "heat", { current_temperature: 42, friendly_name: "Living room" });
    const before = await firstRun();
    expect(before).toMatchObject({
      done: false,
      broker: { state: "connected", address: null, port: Number(new URL(url).port), tls: false, needs_ca: false },
      home_assistant: { state: "connected" },
      heat_pumps: [],
      rooms: [{ entity: "climate.living", temperature_c: 21, suggested_scale: 0.5, offered: true }],
      time_zone: { guess: "Europe/Rome", from: "home_assistant" },
      tariff: null,
    });
    const firmware = await firmwareOnMqtt(url, "ecodan-heatpump");
    await firmware.status("online");
    await firmware.publishPoints(basicPoints);
    await followed(running, "ecodan-heatpump");
    expect((await firstRun()).heat_pumps).toMatchObject([{ id: "ecodan-heatpump", online: true }]);

    const rooms = before.rooms.filter(({ offered }) => offered);
    const saved = await running.put({
      time_zone: before.time_zone.guess,
      rooms: rooms.map(({ entity, suggested_scale: scale }) => ({ entity, scale })),
    });
    expect(saved).toBe(200);
    expect((await firstRun()).done).toBe(true);
    await waitFor(async () => {
      await running.pass(1_000);
      const [feed] = await running.get<{ temperature_c: number | null }[]>("/api/room-feed");
      return feed?.temperature_c === 21;
    }, "the room feeds the heat pump");
  });

  it("is left for later at a person's word", async () => {
    const { running, firstRun } = await newHome();
    const answer = await fetch(`${running.app.url}/api/first-run/later`, { method: "POST" });
    expect(answer.status).toBe(204);
    expect((await firstRun()).done).toBe(true);
    const foreign = await fetch(`${running.app.url}/api/first-run/later`, {
      method: "POST",
      headers: { origin: "https://evil.example" },
    });
    expect(foreign.status).toBe(403);
  });

  it("never shows the password of our own connection", async () => {
    const { running } = await newHome();
    const text = await running.text("/api/first-run");
    expect(text).not.toMatch(/password": "(?!!secret)/);
    expect(text).toContain("password: !secret mqtt_password");
  });
});
