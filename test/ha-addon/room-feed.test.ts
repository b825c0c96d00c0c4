import { simulatedClock } from "@heatloop/core/clock";
import { zoneOf } from "@heatloop/core/local-day";
import type { PointId } from "@heatloop/core/points";
import { commandTopic, stateTopic } from "@heatloop/core/topics";
import { describe, expect, it } from "vitest";
import { startDevice } from "../../ha-addon/src/device.ts";
import type { EntityState } from "../../ha-addon/src/home-assistant.ts";
import { type FedDevice, type RoomFeedParts, startRoomFeed } from "../../ha-addon/src/room-feed.ts";
import { roomFeedSchema, roomSchema } from "../../ha-addon/src/room-feed-settings.ts";
import type { RoomFeedView } from "../../ha-addon/src/room-feed-view.ts";
import { recordingLog } from "../support/recording-log.ts";

const start = Date.parse("2026-11-21T00:00:00Z");
const prefix = "ecodan-heatpump";
const fed = "room_feedback_zone_1";
const source = "room_source_zone_1";

/** The rest of Home Assistant: entities by name, each reported when it is set. */
function startHome(now: () => number) {
  const states = new Map<string, EntityState>();
  const takes = new Set<{
    entities: readonly string[];
    take: (entity: string, state: EntityState | undefined) => void;
  }>();
  function tell(entity: string): void {
    for (const { entities, take } of takes) if (entities.includes(entity)) take(entity, states.get(entity));
  }
  type Port = NonNullable<RoomFeedParts["homeAssistant"]>;
  const port: Port = {
    connected: () => home.connected,
    config: () => ({ timeZone: "Europe/Rome", temperatureUnit: "°C", language: "en" }),
    follow(entities, take) {
      home.follows += 1;
      const follow = { entities, take };
      takes.add(follow);
      for (const entity of entities) take(entity, states.get(entity));
      return () => takes.delete(follow);
    },
    onConnected: () => () => {},
  };
  const home = {
    port,
    connected: true,
    follows: 0,
    climate(entity: string, temperature: number | null, more: Record<string, unknown> = {}) {
      const attributes = { current_temperature: temperature, temperature: 21, ...more };
      home.set(entity, { state: "heat", attributes, lastReported: now() });
    },
    set(entity: string, state: EntityState | undefined) {
      if (state === undefined) states.delete(entity);
      else states.set(entity, state);
      tell(entity);
    },
    /** Every entity says the same again. */
    report() {
      for (const [entity, state] of states) home.set(entity, { ...state, lastReported: now() });
    },
  };
  return home;
}

/** An ESP32 on the other end of MQTT: takes what it is told, says it again as `%f`, when and if it likes. */
function startFirmware(clock: ReturnType<typeof simulatedClock>) {
  const encoder = new TextEncoder();
  const told: { readonly topic: string; readonly payload: string; readonly retain: boolean; readonly qos: 0 | 1 }[] =
    [];
  const states = new Map<PointId, string>([
    [fed, "18.000000"],
    [source, "Home Assistant or REST API"],
    ["zone_1_room_temperature", "20.5"],
    ["zone_1_room_setpoint", "21.0"],
  ]);
  const firmware = {
    told,
    mute: false,
    broker: true,
    echoMs: 50,
    device: startDevice({
      prefix,
      mqtt: {
        async publish(topic, payload, how) {
          if (!firmware.broker) return false;
          told.push({ topic, payload, ...how });
          for (const point of [fed, source] as const) {
            if (topic === commandTopic(prefix, point, "en") && !firmware.mute) {
              const text = point === fed ? Number(payload).toFixed(6) : payload;
              clock.after(firmware.echoMs, () => firmware.say(point, text));
            }
          }
          return true;
        },
      },
      zone: () => zoneOf("Europe/Rome") as NonNullable<ReturnType<typeof zoneOf>>,
      at: clock.now(),
    }),
    say(point: PointId, text: string) {
      states.set(point, text);
      const topic = stateTopic(prefix, point, "en");
      firmware.device.take({ topic, payload: encoder.encode(text), retained: false }, clock.now());
    },
    status(text: "online" | "offline") {
      const payload = encoder.encode(text);
      firmware.device.take({ topic: `${prefix}/status`, payload, retained: true }, clock.now());
      if (text === "online") for (const [point, value] of states) firmware.say(point, value);
    },
    temperature: () => Number(states.get(fed)),
    source: () => states.get(source),
    temperatures: () => told.filter(({ topic }) => topic.includes("/number/")).map(({ payload }) => Number(payload)),
  };
  firmware.status("online");
  clock.every(10_000, () => {
    const online = firmware.device.snapshot.online();
    if (online)
      for (const point of ["zone_1_room_temperature", "zone_1_room_setpoint"] as const)
        firmware.say(point, states.get(point) ?? "");
  });
  return firmware;
}

const entities = ["climate.living_room", "climate.kitchen", "sensor.bedroom_temperature"] as const;

function settingsOf(
  feed: Record<string, unknown> = {},
  rooms: readonly Record<string, unknown>[] = entities.map((entity) => ({ entity })),
) {
  return { rooms: rooms.map((room) => roomSchema.parse(room)), room_feed: roomFeedSchema.parse(feed) };
}

function startWorld(options: { settings?: ReturnType<typeof settingsOf>; memory?: unknown; home?: boolean } = {}) {
  const clock = simulatedClock(start);
  const home = startHome(clock.now);
  const firmware = startFirmware(clock);
  const log = recordingLog("debug");
  const views: RoomFeedView[] = [];
  const transitions: string[] = [];
  const memory = { value: options.memory, writes: [] as unknown[], fails: false, write: Promise.resolve() };
  const device: FedDevice = {
    id: firmware.device.id,
    send: firmware.device.send,
    value: (point) => firmware.device.snapshot.value(point, clock.now()),
    online: firmware.device.snapshot.online,
    onReading: firmware.device.onReading,
  };
  home.climate("climate.living_room", 21, { friendly_name: "Living room" });
  home.climate("climate.kitchen", 20, { friendly_name: "Kitchen" });
  home.set("sensor.bedroom_temperature", {
    state: "19.0",
    attributes: { unit_of_measurement: "°C" },
    lastReported: start,
  });
  const feed = startRoomFeed({
    clock,
    log,
    homeAssistant: options.home === false ? undefined : home.port,
    settings: options.settings ?? settingsOf(),
    device,
    zone: 1,
    memory: {
      read: async () => memory.value,
      async write(value) {
        await memory.write;
        if (memory.fails) throw new Error("disk full");
        memory.writes.push(value);
        memory.value = value;
      },
    },
    onChange: (view) => views.push(view),
    onTransition: (from, to, durationS) => transitions.push(`${from} ${to} ${Math.round(durationS)}`),
  });
  let reportedAt = start;
  /** Lets the time pass in steps of 250 ms to 5 s, with what is promised meanwhile. */
  async function pass(seconds: number, reporting = true): Promise<void> {
    const end = clock.now() + seconds * 1000;
    const stepMs = seconds > 60 ? 5000 : 250;
    while (clock.now() < end) {
      if (reporting && clock.now() - reportedAt >= 300_000) {
        reportedAt = clock.now();
        home.report();
      }
      clock.advanceTo(Math.min(end, clock.now() + stepMs));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { clock, home, firmware, log, feed, views, transitions, memory, pass };
}

describe("the room feed of a heat pump", () => {
  it("tells the mean of three rooms, not retained, with QoS 1, and sees it confirmed", async () => {
    const world = startWorld();
    await world.pass(2);
    expect(world.firmware.told).toEqual([
      { topic: commandTopic(prefix, fed, "en"), payload: "20.0", retain: false, qos: 1 },
    ]);
    expect(world.feed.view()).toEqual({
      device: prefix,
      zone: 1,
      state: "ok",
      reason: "All 3 rooms are used.",
      since: expect.any(Number),
      temperatureC: 20,
      sentC: 20,
      sentAt: expect.any(Number),
      confirmed: true,
      source: "home_assistant",
      rooms: [
        {
          entity: "climate.living_room",
          name: "Living room",
          temperatureC: 21,
          setpointC: 21,
          weight: 1,
          rawValue: 21,
          used: true,
          reason: null,
          reportedAt: start,
          ageS: 2,
        },
        {
          entity: "climate.kitchen",
          name: "Kitchen",
          temperatureC: 20,
          setpointC: 21,
          weight: 1,
          rawValue: 20,
          used: true,
          reason: null,
          reportedAt: start,
          ageS: 2,
        },
        {
          entity: "sensor.bedroom_temperature",
          name: "sensor.bedroom_temperature",
          temperatureC: 19,
          setpointC: null,
          weight: 1,
          rawValue: 19,
          used: true,
          reason: null,
          reportedAt: start,
          ageS: 2,
        },
      ],
    });
  });

  it("tells each change once, and the same again within five minutes", async () => {
    const world = startWorld();
    await world.pass(15);
    world.home.climate("climate.living_room", 21.6);
    await world.pass(15);
    expect(world.firmware.temperatures()).toEqual([20, 20.2]);
    await world.pass(600);
    expect(world.firmware.temperatures()).toEqual([20, 20.2, 20.2, 20.2]);
    expect(world.firmware.temperature()).toBe(20.2);
  });

  it("goes through degraded, holding and fallback, and back", async () => {
    const world = startWorld();
    await world.pass(60);
    world.home.set("climate.kitchen", { state: "unavailable", attributes: {}, lastReported: world.clock.now() });
    await world.pass(2);
    expect(world.feed.view()).toMatchObject({
      state: "degraded",
      reason: "2 of 3 rooms used: climate.kitchen is unavailable.",
      temperatureC: 20,
    });
    const before = world.firmware.told.length;
    world.home.set("sensor.bedroom_temperature", undefined);
    await world.pass(29 * 60);
    expect(world.feed.view()).toMatchObject({ state: "holding", temperatureC: null, sentC: 20 });
    expect(world.firmware.told.length).toBe(before);
    await world.pass(2 * 60);
    expect(world.feed.view()).toMatchObject({ state: "fallback", source: "room_thermostat" });
    expect(world.firmware.source()).toBe("Room Thermostat");
    expect(world.memory.writes).toEqual([{ switchedAt: expect.any(Number) }]);
    await world.pass(3600);
    world.home.climate("climate.kitchen", 18.4);
    await world.pass(2);
    expect(world.feed.view()).toMatchObject({
      state: "degraded",
      source: "home_assistant",
      sentC: 19.7,
      confirmed: true,
    });
    expect(world.firmware.told.slice(-2).map(({ payload }) => payload)).toEqual(["19.7", "Home Assistant or REST API"]);
    expect(world.memory.value).toEqual({ switchedAt: null });
    expect(world.transitions.map((transition) => transition.split(" ").slice(0, 2).join(" "))).toEqual([
      "holding ok",
      "ok degraded",
      "degraded holding",
      "holding fallback",
      "fallback degraded",
    ]);
    expect(Number(world.transitions[3]?.split(" ")[2])).toBeCloseTo(1800, -2);
  });

  it("loses a thermostat that stopped reporting, and keeps one that is steady", async () => {
    const world = startWorld();
    await world.pass(5 * 3600);
    expect(world.feed.view().state).toBe("ok");
    const silentSince = world.clock.now();
    await world.pass(300, false);
    const report = () => {
      world.home.climate("climate.living_room", 21);
      world.home.set("sensor.bedroom_temperature", {
        state: "19.0",
        attributes: { unit_of_measurement: "°C" },
        lastReported: world.clock.now(),
      });
    };
    for (let minutes = 0; minutes < 70; minutes += 10) {
      report();
      await world.pass(600, false);
    }
    expect(world.clock.now() - silentSince).toBeGreaterThan(3_600_000);
    expect(world.feed.view()).toMatchObject({
      state: "degraded",
      temperatureC: 20,
      reason: expect.stringContaining("has not reported for over 60 min"),
    });
  });

  it("never tells a jump before it is confirmed, nor a wrong scale", async () => {
    const world = startWorld();
    await world.pass(30);
    world.home.climate("climate.living_room", 28);
    await world.pass(60);
    expect(world.firmware.temperatures()).toEqual([20, 19.5]);
    expect(world.feed.view().reason).toContain("climate.living_room jumped from 21.0 to 28.0 °C");
    await world.pass(600, false);
    expect(world.firmware.temperatures().at(-1)).toBe(22.3);
    world.home.climate("climate.living_room", 33.5);
    await world.pass(1200, false);
    expect(world.feed.view().reason).toContain("near twice the other rooms' 19.5 °C");
    expect(world.firmware.temperature()).toBe(19.5);
  });

  it("corrects a thermostat that tells twice the temperature by its scale, at once", async () => {
    const world = startWorld();
    world.home.climate("climate.living_room", 42);
    await world.pass(5);
    expect(world.feed.view().reason).toContain(
      "tells 42.0 °C, outside 5 to 35 °C; if it tells twice the temperature, set its scale to 0.5",
    );
    const [living, ...others] = entities;
    world.feed.settingsChanged(
      settingsOf({}, [{ entity: living, scale: 0.5 }, ...others.map((entity) => ({ entity }))]),
    );
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", temperatureC: 20 });
    expect(world.home.follows).toBe(1);
  });

  it("repeats what a slow heat pump has not confirmed, and nothing once it has", async () => {
    const world = startWorld();
    world.firmware.echoMs = 12_000;
    await world.pass(60);
    expect(world.firmware.temperatures()).toEqual([20, 20]);
    expect(world.feed.view()).toMatchObject({ state: "ok", confirmed: true });
  });

  it("shows a heat pump that takes nothing, and recovers", async () => {
    const world = startWorld();
    world.firmware.mute = true;
    await world.pass(200);
    expect(world.feed.view()).toMatchObject({ state: "degraded", confirmed: false });
    expect(world.feed.view().reason).toContain("does not confirm what it is told (it says 18.0 °C)");
    world.firmware.mute = false;
    await world.pass(300);
    expect(world.feed.view()).toMatchObject({ state: "ok", confirmed: true });
  });

  it("sends nothing while the heat pump is offline or the broker away, and goes on by itself", async () => {
    const world = startWorld();
    await world.pass(60);
    world.firmware.status("offline");
    const before = world.firmware.told.length;
    world.home.climate("climate.living_room", 22);
    await world.pass(900);
    expect(world.firmware.told.length).toBe(before);
    expect(world.feed.view()).toMatchObject({ state: "degraded", confirmed: false });
    world.firmware.broker = false;
    world.firmware.status("online");
    await world.pass(120);
    expect(world.feed.view().reason).toContain("cannot be sent: is the MQTT broker there?");
    expect(world.feed.view().sentC).toBe(20);
    world.firmware.broker = true;
    await world.pass(15);
    expect(world.feed.view()).toMatchObject({ state: "ok", sentC: 20.3, confirmed: true });
  });

  it("leaves a source that a person chose, and says so", async () => {
    const world = startWorld();
    await world.pass(60);
    world.firmware.say(source, "Room Thermostat");
    await world.pass(600);
    expect(world.feed.view()).toMatchObject({ state: "ok", reason: expect.stringContaining("as someone chose") });
    expect(world.firmware.source()).toBe("Room Thermostat");
    expect(world.memory.writes).toEqual([]);
  });

  it("switches back after a restart what it switched before, however long ago", async () => {
    const world = startWorld({ memory: { switchedAt: start - 86_400_000 } });
    world.firmware.say(source, "Room Thermostat");
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", source: "home_assistant" });
    expect(world.transitions).toEqual([expect.stringMatching(/^fallback ok 8640\d$/)]);
    expect(world.memory.value).toEqual({ switchedAt: null });
  });

  it.each([undefined, null, "broken", { switchedAt: "yesterday" }])("starts with a memory of %o", async (memory) => {
    const world = startWorld({ memory });
    await world.pass(5);
    expect(world.feed.view().state).toBe("ok");
  });

  it("remembers the switch before it switches", async () => {
    const world = startWorld({ home: false });
    let written = () => {};
    world.memory.write = new Promise((resolve) => {
      written = resolve;
    });
    await world.pass(40 * 60);
    expect(world.firmware.source()).toBe("Home Assistant or REST API");
    written();
    await world.pass(120);
    expect(world.memory.value).toEqual({ switchedAt: expect.any(Number) });
    expect(world.firmware.source()).toBe("Room Thermostat");
  });

  it.each(["0.0", "2.5", "40.0"])("never falls back on a room thermostat that says %s °C", async (text) => {
    const world = startWorld({ home: false });
    world.firmware.say("zone_1_room_temperature", text);
    await world.pass(2 * 3600);
    expect(world.feed.view()).toMatchObject({
      state: "holding",
      reason: expect.stringContaining("it has no room thermostat of its own to switch to"),
    });
    expect(world.firmware.told).toEqual([]);
  });

  it("falls back also where it cannot remember it, and says so", async () => {
    const world = startWorld({ home: false });
    world.memory.fails = true;
    await world.pass(32 * 60);
    expect(world.feed.view()).toMatchObject({
      state: "fallback",
      reason: expect.stringContaining("Home Assistant cannot be reached"),
    });
    expect(world.log.lines.join("\n")).toContain("disk full");
  });

  it("computes and shows only with send: false", async () => {
    const world = startWorld({ settings: settingsOf({ send: false }) });
    await world.pass(3600);
    expect(world.firmware.told).toEqual([]);
    expect(world.feed.view()).toMatchObject({ state: "ok", temperatureC: 20, sentC: null });
  });

  it("is off without rooms of its zone, and follows rooms that are set later", async () => {
    const world = startWorld({ settings: settingsOf({}, [{ entity: "climate.living_room", zone: 2 }]) });
    await world.pass(60);
    expect(world.feed.view()).toMatchObject({ state: "off", rooms: [], reason: "No rooms are set for this zone." });
    expect(world.transitions).toEqual([]);
    world.feed.settingsChanged(settingsOf());
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", sentC: 20 });
    world.feed.settingsChanged(settingsOf({}, []));
    await world.pass(5);
    expect(world.feed.view().state).toBe("off");
    expect(world.transitions.map((transition) => transition.split(" ").slice(0, 2).join(" "))).toEqual([
      "off ok",
      "ok off",
    ]);
  });

  it("counts an entity that is listed twice once", async () => {
    const twice = ["climate.living_room", "climate.living_room", "climate.kitchen"].map((entity) => ({ entity }));
    const world = startWorld({ settings: settingsOf({}, twice) });
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ temperatureC: 20.5, rooms: [{ used: true }, { used: true }] });
  });

  it("takes the demand of the room that lacks most, by the zone's set-point of the heat pump", async () => {
    const world = startWorld({ settings: settingsOf({ mode: "demand" }) });
    world.home.climate("climate.kitchen", 20, { temperature: 23.5 });
    await world.pass(5);
    expect(world.feed.view().temperatureC).toBe(17.5);
  });

  it("logs and tells changes only, and ends when it is stopped", async () => {
    const world = startWorld();
    await world.pass(3600);
    expect(world.log.lines.filter((line) => line.includes("room feed"))).toHaveLength(1);
    expect(world.views.length).toBeLessThan(20);
    world.feed.stop();
    const before = [world.firmware.told.length, world.views.length];
    world.home.climate("climate.living_room", 24);
    await world.pass(3600);
    expect([world.firmware.told.length, world.views.length]).toEqual(before);
  });
});
