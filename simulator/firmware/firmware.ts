import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { availabilityTopic, commandTopic } from "@heatloop/core/catalogue/topics";
import type { Home } from "../home-state.ts";
import type { Channel } from "./channels.ts";
import { commandOf } from "./commands.ts";
import { builtPoints, watchdogPackages } from "./entities.ts";
import { type EspCounters, startEspCounters } from "./esp.ts";
import type { Optimizer } from "./optimizer.ts";
import { ledgerPoints, type PublishedReader } from "./published-reader.ts";
import { type Publisher, startPublisher } from "./publisher.ts";
import { type RoomWatchdogs, startRoomWatchdogs } from "./room-watchdogs.ts";
import type { OpenWire, PublishOptions, Wire } from "./wire.ts";

const retained: PublishOptions = { retain: true, qos: 0 };
/** How long the ESP32 takes to restart; chosen: 9 s, what a build with Wi-Fi needs. */
const restartMs = 9000;

/** The state of the ESP32; times in ms since the epoch. `no_radio`: it runs, but its Wi-Fi is gone. */
export type EspState =
  | { readonly kind: "running" }
  | { readonly kind: "no_radio"; readonly until: number }
  | { readonly kind: "down"; readonly until: number };

/** The ESP32 with the gekkekoe firmware: what it publishes and obeys on MQTT. */
export type Firmware = {
  state(): EspState;
  /** Goes on to `at`: reads one group of requests and publishes what is due. */
  step(at: number, group: number): void;
  /** A clean restart: offline, some seconds, then every state anew as it becomes known. */
  restart(at: number): void;
  /** Power is gone until a time; the broker sends the last will. */
  cutPower(at: number, until: number): void;
  /** Wi-Fi is gone until a time; the broker sends the last will. */
  loseConnection(at: number, until: number): void;
  /** Continues over another wire. */
  rewire(open: OpenWire): void;
  close(at: number): Promise<void>;
};

/** What an ESP32 on a heat pump needs, whichever firmware it has. */
export type FirmwareParts = {
  readonly home: Home;
  readonly optimizer: Optimizer;
  readonly reader: () => PublishedReader;
  readonly prefix: string;
  readonly language: Language;
  readonly startAt: number;
  readonly openWire: OpenWire;
  /** Whether it has the room watchdog of esphome/room-watchdog.yaml. */
  readonly hasWatchdog: boolean;
};

/** The running ESP32. */
type Esp32 = {
  readonly parts: FirmwareParts;
  readonly counters: EspCounters;
  readonly publisher: Publisher;
  readonly watchdogs: RoomWatchdogs | undefined;
  wire: Wire;
  now: number;
  state: EspState;
  /** Whether it has published since it was last offline. */
  hasPublished: boolean;
};

/** Starts the firmware at a time, and begins to connect. */
export function startFirmware(parts: FirmwareParts): Firmware {
  const { home, prefix, language, startAt } = parts;
  const counters = startEspCounters(home, startAt);
  const watchdogs = parts.hasWatchdog ? startRoomWatchdogs(home, startAt) : undefined;
  const esp32: Esp32 = {
    parts,
    counters,
    watchdogs,
    publisher: startPublisher({
      home,
      counters,
      prefix,
      language,
      startAt,
      watchdogs,
      send: (channel, changed, at) => send(esp32, channel, changed, at),
    }),
    wire: openEspWire(parts, parts.openWire, () => esp32),
    now: startAt,
    state: { kind: "running" },
    hasPublished: false,
  };
  esp32.wire.connect();
  return {
    state: () => esp32.state,
    step: (at, group) => step(esp32, at, group),
    restart: (at) => restart(esp32, at),
    cutPower(at, until) {
      goDown(esp32, at, until);
      esp32.wire.drop(at);
    },
    loseConnection(at, until) {
      esp32.state = { kind: "no_radio", until };
      goOffline(esp32, at);
      esp32.wire.drop(at);
    },
    rewire(openWire) {
      void esp32.wire.disconnect();
      esp32.wire = openEspWire(parts, openWire, () => esp32);
      if (esp32.state.kind === "running") esp32.wire.connect();
    },
    async close(at) {
      if (esp32.wire.connected()) esp32.wire.publish(availabilityTopic(prefix), "offline", retained, at);
      goOffline(esp32, at);
      await esp32.wire.disconnect();
    },
  };
}

/** The wire of the ESP32, on which it receives its commands. */
function openEspWire(parts: FirmwareParts, openWire: OpenWire, esp32: () => Esp32): Wire {
  const { home, prefix, language, hasWatchdog } = parts;
  const status = availabilityTopic(prefix);
  const wire = openWire({
    clientId: `${prefix.replaceAll("/", "-")}-esp32`,
    will: { topic: status, payload: "offline" },
    onConnected: () => {
      const { wire, publisher, now } = esp32();
      wire.publish(status, "online", retained, now);
      publisher.sendAll(now);
    },
  });
  for (const point of builtPoints(home.zones, hasWatchdog ? watchdogPackages : [])) {
    const topic = commandTopic(prefix, point, language);
    if (topic !== undefined) wire.subscribe(topic, (payload) => obey(esp32(), point, payload));
  }
  return wire;
}

function send(esp32: Esp32, channel: Channel, changed: boolean, at: number): void {
  if (!esp32.wire.connected() || channel.payload === undefined) return;
  esp32.wire.publish(channel.topic, channel.payload, retained, at);
  esp32.hasPublished = true;
  if (changed && ledgerPoints.has(channel.point)) esp32.parts.reader().receive(channel.point, channel.value, at);
}

function obey(esp32: Esp32, point: PointId, payload: string): void {
  if (esp32.state.kind !== "running") return;
  const { home, optimizer, language } = esp32.parts;
  const zone = point.startsWith("zone_2") ? 2 : 1;
  const cooling = home.settings.choice(`zone_${zone}_operating_mode`).startsWith("cool");
  const command = commandOf(point, payload, language, home.settings.value(point), cooling);
  switch (command.kind) {
    case "ignored":
      break;
    case "press":
      if (point === "esp_restart") restart(esp32, esp32.now);
      if (point === "cancel_lockout") optimizer.cancelLockout();
      break;
    case "set": {
      const isTaken = esp32.watchdogs?.command(point, command.value);
      if (isTaken === undefined) home.settings.set(point, command.value);
      if (isTaken !== false) esp32.publisher.sendSetting(point, esp32.now);
      break;
    }
  }
}

function step(esp32: Esp32, at: number, group: number): void {
  esp32.now = at;
  if (esp32.state.kind !== "running" && at >= esp32.state.until) comeBack(esp32, at);
  if (!esp32.wire.connected()) goOffline(esp32, at);
  if (esp32.state.kind === "down") return;
  for (const point of esp32.watchdogs?.step(at) ?? []) esp32.publisher.sendSetting(point, at);
  esp32.publisher.step(at, group);
}

function restart(esp32: Esp32, at: number): void {
  esp32.wire.publish(availabilityTopic(esp32.parts.prefix), "offline", retained, at);
  goDown(esp32, at, at + restartMs);
  void esp32.wire.disconnect();
}

function goDown(esp32: Esp32, at: number, until: number): void {
  esp32.state = { kind: "down", until };
  goOffline(esp32, at);
}

function comeBack(esp32: Esp32, at: number): void {
  if (esp32.state.kind === "down") {
    esp32.publisher.forget(at);
    esp32.counters.restart(at);
    esp32.watchdogs?.restart(at);
  }
  esp32.state = { kind: "running" };
  esp32.wire.connect();
}

function goOffline(esp32: Esp32, at: number): void {
  if (esp32.hasPublished) esp32.parts.reader().goOffline(at);
  esp32.hasPublished = false;
}
