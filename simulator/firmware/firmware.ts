import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { availabilityTopic, commandTopic } from "@heatloop/core/catalogue/topics";
import type { Home } from "../home-state.ts";
import type { Channel } from "./channels.ts";
import { commandOf } from "./commands.ts";
import { builtPoints } from "./entities.ts";
import { startEspBooks } from "./esp.ts";
import type { Optimizer } from "./optimizer.ts";
import { accountPoints, type PublishedReader } from "./published-reader.ts";
import { startPublisher } from "./publisher.ts";
import type { How, OpenWire, Wire } from "./wire.ts";

const retained: How = { retain: true, qos: 0 };
const restartMs = 9000;

/** Where the ESP32 stands; times in ms since the epoch. `no_radio`: it runs, but its Wi-Fi is gone. */
export type EspState =
  | { readonly kind: "running" }
  | { readonly kind: "no_radio"; readonly until: number }
  | { readonly kind: "down"; readonly until: number };

/** The ESP32 with the gekkekoe firmware: what it publishes and obeys on MQTT. */
export type Firmware = {
  state(): EspState;
  /** Goes on to `at`: reads one group of requests and publishes what is due. */
  step(at: number, group: number): void;
  /** A clean restart: goodbye, some seconds, then every state anew as it becomes known. */
  restart(at: number): void;
  /** Power or Wi-Fi are gone until a time; the broker sends the last will. */
  cutPower(at: number, until: number): void;
  loseConnection(at: number, until: number): void;
  /** Goes on over another wire. */
  rewire(open: OpenWire): void;
  close(at: number): Promise<void>;
};

export type FirmwareParts = {
  readonly home: Home;
  readonly optimizer: Optimizer;
  readonly reader: () => PublishedReader;
  readonly prefix: string;
  readonly language: Language;
  readonly startAt: number;
  readonly openWire: OpenWire;
};

export function startFirmware(parts: FirmwareParts): Firmware {
  const { home, optimizer, prefix, language } = parts;
  const status = availabilityTopic(prefix);
  const books = startEspBooks(home, parts.startAt);
  const publisher = startPublisher({ home, books, prefix, language, startAt: parts.startAt, send });
  let now = parts.startAt;
  let state: EspState = { kind: "running" };
  let heard = false;
  let wire = open(parts.openWire);

  function open(openWire: OpenWire): Wire {
    const fresh = openWire({
      clientId: `${prefix.replaceAll("/", "-")}-esp32`,
      will: { topic: status, payload: "offline" },
      onConnected: () => {
        wire.publish(status, "online", retained, now);
        publisher.sendAll(now);
      },
    });
    for (const point of builtPoints(home.zones)) {
      const topic = commandTopic(prefix, point, language);
      if (topic !== undefined) fresh.subscribe(topic, (payload) => obey(point, payload));
    }
    return fresh;
  }

  function send(channel: Channel, changed: boolean, at: number): void {
    if (!wire.connected() || channel.payload === undefined) return;
    wire.publish(channel.topic, channel.payload, retained, at);
    heard = true;
    if (changed && accountPoints.has(channel.point)) parts.reader().hear(channel.point, channel.said, at);
  }

  function obey(point: PointId, payload: string): void {
    if (state.kind !== "running") return;
    const zone = point.startsWith("zone_2") ? 2 : 1;
    const cooling = home.settings.choice(`zone_${zone}_operating_mode`).startsWith("cool");
    const command = commandOf(point, payload, language, home.settings.value(point), cooling);
    switch (command.kind) {
      case "ignored":
        break;
      case "press":
        if (point === "esp_restart") restart(now);
        if (point === "cancel_lockout") optimizer.cancelLockout();
        break;
      case "set":
        home.settings.set(point, command.value);
        publisher.sendSetting(point, now);
        break;
    }
  }

  function goDown(at: number, until: number): void {
    state = { kind: "down", until };
    silence(at);
  }

  function silence(at: number): void {
    if (heard) parts.reader().silence(at);
    heard = false;
  }

  function restart(at: number): void {
    wire.publish(status, "offline", retained, at);
    goDown(at, at + restartMs);
    void wire.disconnect();
  }

  function comeBack(at: number): void {
    if (state.kind === "down") {
      publisher.forget(at);
      books.restart(at);
    }
    state = { kind: "running" };
    wire.connect();
  }

  wire.connect();
  return {
    state: () => state,
    step(at, group) {
      now = at;
      if (state.kind !== "running" && at >= state.until) comeBack(at);
      if (!wire.connected()) silence(at);
      if (state.kind !== "down") publisher.step(at, group);
    },
    restart,
    cutPower(at, until) {
      goDown(at, until);
      wire.drop(at);
    },
    loseConnection(at, until) {
      state = { kind: "no_radio", until };
      silence(at);
      wire.drop(at);
    },
    rewire(openWire) {
      void wire.disconnect();
      wire = open(openWire);
      if (state.kind === "running") wire.connect();
    },
    async close(at) {
      if (wire.connected()) wire.publish(status, "offline", retained, at);
      silence(at);
      await wire.disconnect();
    },
  };
}
