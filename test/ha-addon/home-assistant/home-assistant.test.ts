import type { Clock } from "@heatloop/core/time/clock";
import type { EntityState } from "@heatloop/ha-addon/home-assistant/entity-state";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { type FakeHomeAssistant, startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** The machine's clock whose timers run so many times as fast. */
function hastyClock(times: number): Clock {
  const clock = systemClock();
  return {
    now: clock.now,
    after: (ms, work) => clock.after(ms / times, work),
    every: (ms, work) => clock.every(ms / times, work),
  };
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function startWorld(options: { started?: boolean; token?: string; url?: string; times?: number } = {}) {
  const server = await startFakeHomeAssistant({ started: options.started ?? true });
  closing.push(server.stop);
  const log = recordingLog("debug");
  const home = connectHomeAssistant({
    url: server.url,
    token: server.token,
    clock: hastyClock(options.times ?? 20),
    log,
  });
  closing.push(home.close);
  return { server, log, home };
}

/** Follows entities and keeps the last state of each, and which were handed over. */
function follow(home: Awaited<ReturnType<typeof startWorld>>["home"], entities: readonly string[]) {
  const states = new Map<string, EntityState | undefined>();
  const taken: string[] = [];
  const stop = home.follow(entities, (entity, state) => {
    states.set(entity, state);
    taken.push(entity);
  });
  return { states, taken, stop };
}

const climate = "climate.living_room";

function addRooms(server: FakeHomeAssistant, at = Date.now()): void {
  server.setState(climate, "heat", { current_temperature: 20.5, temperature: 21 }, at);
  server.setState("sensor.kitchen", "19.5", { unit_of_measurement: "°C" }, at);
  server.setState("light.hall", "on", {}, at);
}

describe("the connection to Home Assistant", () => {
  it("knows time zone and unit, follows its entities and nothing else", async () => {
    const { server, home, log } = await startWorld();
    const at = Date.now() - 5000;
    addRooms(server, at);
    const { states, taken } = follow(home, [climate, "sensor.kitchen", "sensor.missing"]);
    await waitFor(() => states.size === 3, "every entity is there");
    expect(home.connected()).toBe(true);
    expect(home.status()).toMatchObject({ connected: true, lastError: null });
    expect(home.config()).toEqual({ timeZone: "Europe/Rome", temperatureUnit: "°C", language: "en" });
    expect(states.get(climate)).toEqual({
      state: "heat",
      attributes: { current_temperature: 20.5, temperature: 21 },
      lastReported: expect.closeTo(at, -1),
    });
    expect(states.get("sensor.missing")).toBeUndefined();
    expect(taken).not.toContain("light.hall");
    expect(log.lines.map((line) => line.slice(26))).toEqual(["INFO connected to Home Assistant version=2026.11.0"]);
  });

  it("takes changes: state, attributes, attributes that went, removal, and return", async () => {
    const { server, home } = await startWorld();
    addRooms(server);
    const { states } = follow(home, [climate]);
    await waitFor(() => states.get(climate), "the thermostat is there");
    server.setState(climate, "heat", { current_temperature: 20.7, temperature: 21 });
    await waitFor(() => states.get(climate)?.attributes.current_temperature === 20.7, "the attribute is there");
    server.setState(climate, "off", { current_temperature: 20.7 });
    await waitFor(() => states.get(climate)?.state === "off", "the state is there");
    expect(states.get(climate)?.attributes).toEqual({ current_temperature: 20.7 });
    server.setState(climate, "unavailable", {});
    await waitFor(() => states.get(climate)?.state === "unavailable", "it is unavailable");
    server.removeState(climate);
    await waitFor(() => states.get(climate) === undefined, "it is removed");
    server.setState(climate, "heat", { current_temperature: 19 });
    await waitFor(() => states.get(climate)?.state === "heat", "it is back");
  });

  it("knows that a steady thermostat reports, which no state event shows", async () => {
    const { server, home } = await startWorld();
    const hoursAgo = Date.now() - 3 * 3_600_000;
    addRooms(server, hoursAgo);
    const { states } = follow(home, [climate]);
    await waitFor(() => states.get(climate), "the thermostat is there");
    expect(states.get(climate)?.lastReported).toBeCloseTo(hoursAgo, -1);
    const at = Date.now() - 1000;
    server.setState(climate, "heat", { current_temperature: 20.5, temperature: 21 }, at);
    server.endMinute();
    await waitFor(() => (states.get(climate)?.lastReported ?? 0) > hoursAgo + 1000, "the report is there");
    expect(states.get(climate)?.lastReported).toBeCloseTo(at, -1);
  });

  it("hands no report on twice", async () => {
    const { server, home } = await startWorld();
    addRooms(server);
    const { taken, states } = follow(home, [climate, "sensor.kitchen"]);
    await waitFor(() => states.size === 2, "both are there");
    for (let minute = 0; minute < 5; minute += 1) server.endMinute();
    server.setState("sensor.kitchen", "19.6", { unit_of_measurement: "°C" });
    await waitFor(() => states.get("sensor.kitchen")?.state === "19.6", "the change is there");
    expect(taken.filter((entity) => entity === climate)).toHaveLength(1);
  });

  it("sees that steady entities of the MQTT integration report, whose state is never reported again, but not by retained messages", async () => {
    const { server, home } = await startWorld();
    const hoursAgo = Date.now() - 3 * 3_600_000;
    addRooms(server, hoursAgo);
    const at = Date.now() - 2000;
    server.setMqtt(climate, [
      { at: at - 60_000, retain: false },
      { at, retain: false },
    ]);
    server.setMqtt("sensor.kitchen", [{ at, retain: true }]);
    const { states } = follow(home, [climate, "sensor.kitchen"]);
    await waitFor(() => states.get(climate)?.lastReported === at, "what arrived is there");
    expect(states.get("sensor.kitchen")?.lastReported).toBeCloseTo(hoursAgo, -1);
    expect(server.received.filter((type) => type === "config/entity_registry/get")).toHaveLength(2);
  });

  it("corrects the times of a Home Assistant whose clock is wrong", async () => {
    const { server, home } = await startWorld();
    server.setAhead(2 * 3_600_000);
    addRooms(server, Date.now() + 2 * 3_600_000 - 30_000);
    const { states } = follow(home, [climate]);
    server.endMinute();
    await waitFor(() => {
      const at = states.get(climate)?.lastReported;
      return at !== undefined && Math.abs(at - (Date.now() - 30_000)) < 5000;
    }, "the report is there, in our own time");
  });

  it("starts before Home Assistant does, logs it once, and connects by itself", async () => {
    const { server, home, log } = await startWorld({ started: false });
    addRooms(server);
    const { states } = follow(home, [climate]);
    let connections = 0;
    home.onConnected(() => {
      connections += 1;
    });
    await waitFor(() => home.status().lastError, "the first attempt fails");
    expect(home.connected()).toBe(false);
    expect(home.config()).toBeUndefined();
    await expect(home.send({ type: "get_config" })).rejects.toThrow("Home Assistant is not connected");
    await server.start();
    await waitFor(() => states.get(climate), "the thermostat is there");
    expect(connections).toBe(1);
    expect(log.lines.map((line) => line.slice(26))).toEqual([
      'WARN Home Assistant is away; trying again why="it cannot be reached"',
      "INFO connected to Home Assistant version=2026.11.0",
    ]);
  });

  it("follows again after each disconnect, and takes what changed and went meanwhile", async () => {
    const { server, home, log } = await startWorld();
    addRooms(server);
    const { states } = follow(home, [climate, "sensor.kitchen"]);
    await waitFor(() => states.size === 2, "both are there");
    for (let outage = 1; outage <= 3; outage += 1) {
      await server.stop();
      await waitFor(() => !home.connected(), "the loss is noticed");
      expect(home.status().lastError).not.toBeNull();
      server.setState(climate, "heat", { current_temperature: 20 + outage });
      if (outage === 3) server.removeState("sensor.kitchen");
      await server.start();
      await waitFor(() => states.get(climate)?.attributes.current_temperature === 20 + outage, "the change is there");
      expect(home.status().lastError).toBeNull();
    }
    await waitFor(() => states.get("sensor.kitchen") === undefined, "the removal is there");
    expect(log.lines.filter((line) => line.includes("is away"))).toHaveLength(3);
    expect(server.connections()).toBe(1);
  });

  it("puts off each attempt further, up to 5 s", async () => {
    const clock = simulatedClock(0);
    const openingMs = 30_000;
    const waits: number[] = [];
    const watched: Clock = {
      ...clock,
      after(ms, work) {
        if (ms !== openingMs) waits.push(ms / 1000);
        return clock.after(ms, work);
      },
    };
    const url = `http://127.0.0.1:${await freePort()}`;
    const home = connectHomeAssistant({ url, token: "t", clock: watched, log: recordingLog(), random: () => 1 });
    closing.push(home.close);
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const waitS = await waitFor(() => waits[attempt - 1], `attempt ${attempt} fails`);
      clock.advanceTo(clock.now() + waitS * 1000);
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 5, 5, 5, 5, 5]);
  });

  it("notices a connection that fell silent", async () => {
    const { server, home } = await startWorld();
    await waitFor(() => home.connected(), "it is connected");
    server.setSilent(true);
    const unanswered = home.send({ type: "get_config" });
    await expect(unanswered).rejects.toThrow("the connection to Home Assistant is lost");
    expect(home.status()).toMatchObject({ connected: false, lastError: "it does not answer any more" });
    server.setSilent(false);
    await waitFor(() => home.connected(), "it is connected again");
  });

  it("logs once that the token is refused and what to do, never the token, and goes on trying", async () => {
    const { server, home, log } = await startWorld({ started: false, times: 500 });
    server.refuseToken(true);
    await server.start();
    await waitFor(() => home.status().lastError === "the token is refused", "it is refused");
    await waitFor(() => log.lines.some((line) => line.includes("refuses the token")), "it is logged");
    server.refuseToken(false);
    await waitFor(() => home.connected(), "it is connected");
    expect(log.lines.filter((line) => line.includes("refuses the token"))).toHaveLength(1);
    expect(log.lines.join("\n")).toContain("set it as home_assistant.token and restart");
    expect(log.lines.join("\n")).not.toContain(server.token);
  });

  it("learns a new time zone and unit at once", async () => {
    const { server, home } = await startWorld();
    await waitFor(() => home.connected(), "it is connected");
    await waitFor(() => server.received.includes("subscribe_events"), "it subscribed");
    server.setConfig({ timeZone: "America/New_York", temperature: "°F" });
    await waitFor(() => home.config()?.temperatureUnit === "°F", "the unit is known");
    expect(home.config()?.timeZone).toBe("America/New_York");
  });

  it("sends commands and rejects with Home Assistant's reason", async () => {
    const { home } = await startWorld();
    await waitFor(() => home.connected(), "it is connected");
    expect(await home.send({ type: "get_config" })).toMatchObject({ time_zone: "Europe/Rome" });
    await expect(home.send({ type: "recorder/nothing" })).rejects.toThrow("unknown_command: Unknown command.");
  });

  it("hands nothing on once a follower is stopped, and follows nothing where nothing is asked for", async () => {
    const { server, home } = await startWorld();
    addRooms(server);
    const stopped = follow(home, [climate]);
    const other = follow(home, [climate]);
    const empty = follow(home, []);
    await waitFor(() => stopped.states.size === 1 && other.states.size === 1, "both are there");
    stopped.stop();
    const before = stopped.taken.length;
    server.setState(climate, "heat", { current_temperature: 25 });
    await waitFor(() => other.states.get(climate)?.attributes.current_temperature === 25, "the other one is there");
    expect(stopped.taken.length).toBe(before);
    expect(empty.taken).toEqual([]);
    expect(server.received.filter((type) => type === "subscribe_entities")).toHaveLength(2);
  });

  it("takes a url with a slash at its end, and ends for good when it is closed", async () => {
    const { server, home } = await startWorld();
    await waitFor(() => home.connected(), "it is connected");
    const second = connectHomeAssistant({
      url: `${server.url}/`,
      token: server.token,
      clock: hastyClock(20),
      log: recordingLog(),
    });
    await waitFor(() => second.connected(), "the second one is connected");
    await second.close();
    await waitFor(() => server.connections() === 1, "it is gone");
    expect(second.connected()).toBe(false);
  });

  it("leaves no connection behind when it is closed while it connects", async () => {
    const { server, home } = await startWorld();
    await home.close();
    const clock = hastyClock(20);
    const second = connectHomeAssistant({ url: server.url, token: server.token, clock, log: recordingLog() });
    closing.push(second.close);
    await waitFor(() => second.connected(), "the second one is connected");
    await waitFor(() => server.connections() === 1, "only the second one is there");
    expect(home.connected()).toBe(false);
  });

  it("closes while it is still looking for Home Assistant", async () => {
    const port = await freePort();
    const log = recordingLog();
    const home = connectHomeAssistant({ url: `http://127.0.0.1:${port}`, token: "none", clock: hastyClock(20), log });
    await home.close();
    expect(home.connected()).toBe(false);
  });
});
