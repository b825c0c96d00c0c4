import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { EntityState } from "@heatloop/ha-addon/home-assistant/entity-state";
import type { FedDevice } from "@heatloop/ha-addon/room-feed/fed-device";
import { type RoomFeedParts, startRoomFeed } from "@heatloop/ha-addon/room-feed/room-feed";
import type { RoomFeedView } from "@heatloop/ha-addon/room-feed/view";
import { roomFeedSchema, roomSchema } from "@heatloop/ha-addon/settings/room-feed-settings";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { startFirmware } from "./room-feed-firmware.ts";

/** When every world starts, in ms. */
export const start = Date.parse("2026-11-21T00:00:00Z");

/** The rest of Home Assistant: entities by name, each reported when it is set. */
export function startHome(now: () => number) {
  const states = new Map<string, EntityState>();
  const takes = new Set<{
    entities: readonly string[];
    take: (entity: string, state: EntityState | undefined) => void;
  }>();
  function publish(entity: string): void {
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
      publish(entity);
    },
    /** Every entity reports the same again. */
    report() {
      for (const [entity, state] of states) home.set(entity, { ...state, lastReported: now() });
    },
  };
  return home;
}

export const entities = ["climate.living_room", "climate.kitchen", "sensor.bedroom_temperature"] as const;

/** The settings of these rooms; left out, the three of the house. */
export function settingsOf(
  feed: Record<string, unknown> = {},
  rooms: readonly Record<string, unknown>[] = entities.map((entity) => ({ entity })),
) {
  return { rooms: rooms.map((room) => roomSchema.parse(room)), room_feed: roomFeedSchema.parse(feed) };
}

/** A house of three rooms, a heat pump, and the room feed of its first zone between them. */
export function startWorld(
  options: {
    settings?: ReturnType<typeof settingsOf>;
    sourceState?: unknown;
    rooms?: unknown;
    home?: boolean;
    language?: HomeLanguage;
  } = {},
) {
  const clock = simulatedClock(start);
  const home = startHome(clock.now);
  const firmware = startFirmware(clock);
  const log = recordingLog("debug");
  const views: RoomFeedView[] = [];
  const transitions: string[] = [];
  const sourceFile = { value: options.sourceState, writes: [] as unknown[], fails: false, write: Promise.resolve() };
  const roomFile = { value: options.rooms, writes: 0 };
  const device: FedDevice = {
    id: firmware.device.id,
    mayBeFed: () => true,
    send: firmware.device.send,
    value: (point) => firmware.device.snapshot.value(point, clock.now()),
    online: () => firmware.device.snapshot.online(clock.now()),
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
    language: () => options.language ?? "en",
    sourceStateFile: {
      read: async () => sourceFile.value,
      async write(value) {
        await sourceFile.write;
        if (sourceFile.fails) return;
        sourceFile.writes.push(value);
        sourceFile.value = value;
      },
    },
    roomStateFile: {
      read: async () => roomFile.value,
      async write(value) {
        roomFile.value = JSON.parse(JSON.stringify(value));
        roomFile.writes += 1;
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
  return { clock, home, firmware, log, feed, views, transitions, sourceFile, roomFile, pass };
}
