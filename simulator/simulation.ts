import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { dayMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { startF1pFirmware } from "./f1p/firmware.ts";
import { controllerMidnight, standardOffsetMs } from "./firmware/controller-clock.ts";
import { type EspState, startFirmware } from "./firmware/firmware.ts";
import { startOptimizer } from "./firmware/optimizer.ts";
import { startPublishedReader } from "./firmware/published-reader.ts";
import { type Setting, startSettings } from "./firmware/settings.ts";
import { directWires, type OpenWire } from "./firmware/wire.ts";
import { startHome } from "./home.ts";
import type { Home } from "./home-state.ts";
import { type LedgerDay, startLedger } from "./physics/ledger.ts";
import { roomNames, roomsOf } from "./physics/rooms.ts";
import { advance, cutPower, type Progress, stepMs } from "./progress.ts";
import { commandTopicOf, type Misbehaviour, readMisbehaviour } from "./thermostats/misbehaviour.ts";
import type { Behaviour } from "./thermostats/thermostat.ts";
import { startThermostats, type ThermostatState } from "./thermostats/thermostats.ts";

/** How long before its start it begins to publish, so that every state is known at the start; chosen: six polls. */
const firstPollsMs = minuteMs;

export const dialects = ["ecodan", "f1p"] as const;
export type Dialect = (typeof dialects)[number];

export type SimulationOptions = {
  /** ms since the epoch. */
  readonly startAt: number;
  readonly seed?: number;
  readonly zones?: 1 | 2;
  readonly language?: Language;
  /** MQTT prefix of the heat pump. */
  readonly prefix?: string;
  /** How many rooms (1 to 8), or their names. */
  readonly rooms?: number | readonly string[];
  /** IANA name. */
  readonly timeZone?: string;
  /** Whether each zone has a room thermostat of the controller; without, it reads 0.0 °C. */
  readonly roomThermostats?: readonly boolean[];
  /** What the household has set, language-free: `{ room_source_zone_1: "home_assistant" }`. */
  readonly settings?: Partial<Record<PointId, Setting>>;
  readonly openWire?: OpenWire;
  /** The firmware of the ESP32: gekkekoe's `ecodan`, or `f1p`. */
  readonly dialect?: Dialect;
  /** Whether the ESP32 has the room watchdog of esphome/room-watchdog.yaml. */
  readonly hasWatchdog?: boolean;
  /** Gets a sentence for each requested misbehaviour, or why it is impossible. */
  readonly log?: (sentence: string) => void;
};

/** A heat pump in its house, with the thermostats of the rooms. Its time stands still but for `advanceTo`. */
export type Simulation = {
  now(): number;
  /** Goes on to `at` in steps of 2.1 s; everything on the way is published in order. */
  advanceTo(at: number): void;
  readonly home: Home;
  readonly prefix: string;
  esp(): EspState;
  thermostats(): readonly ThermostatState[];
  ledger(): readonly LedgerDay[];
  setThermostat(room: string, behaviour: Behaviour): void;
  /** A fault code like `P6 1234`; null clears it. */
  fault(code: string | null): void;
  /** Heat pump and ESP32 are without power. */
  powerCut(seconds: number): void;
  /** The ESP32 loses its Wi-Fi. */
  dropConnection(seconds: number): void;
  restartEsp(): void;
  /** Continues over other wires, as if reconnected: every state is sent again. */
  rewire(open: OpenWire): void;
  /** Publishes offline and disconnects all wires. */
  close(): Promise<void>;
};

/** Throws with a sentence where there is no such time zone, or the rooms are too few. */
export function startSimulation(options: SimulationOptions): Simulation {
  const {
    startAt,
    timeZone = "Europe/Rome",
    prefix = "ecodan-heatpump",
    openWire = directWires(() => {}).open,
  } = options;
  const zone = zoneOf(timeZone);
  if (zone === undefined) throw new Error(`There is no time zone "${timeZone}". One looks like Europe/Rome.`);
  const progress = runIn(options, zone, prefix);
  const { home, firmware, thermostats } = progress;
  acceptMisbehaviour(progress, prefix, options.log ?? (() => {}));
  while (progress.at + stepMs <= startAt) advance(progress);
  progress.ledger = startLedger(zone);
  progress.reader = startPublishedReader(progress.ledger);
  firmware.rewire(openWire);
  thermostats.rewire(openWire);
  return {
    now: () => progress.at,
    advanceTo(to) {
      while (progress.at + stepMs <= to) advance(progress);
    },
    home,
    prefix,
    esp: () => firmware.state(),
    thermostats: () => thermostats.states(),
    ledger() {
      progress.reader.settle(progress.at);
      return progress.ledger.days();
    },
    setThermostat: (room, behaviour) => thermostats.setBehaviour(room, behaviour),
    fault(code) {
      home.controller.fault = code;
    },
    powerCut: (seconds) => cutPower(progress, seconds),
    dropConnection: (seconds) => firmware.loseConnection(progress.at, progress.at + seconds * secondMs),
    restartEsp: () => firmware.restart(progress.at),
    rewire(open) {
      firmware.rewire(open);
      thermostats.rewire(open);
    },
    async close() {
      await Promise.all([firmware.close(progress.at), thermostats.close(progress.at)]);
    },
  };
}

/** A simulation with a past: of a day for the house, and since the controller's midnight for the ESP32, unpublished. */
function runIn(options: SimulationOptions, zone: Zone, prefix: string): Progress {
  const { startAt, seed = 1, zones = 1, language = "en", rooms = 3, hasWatchdog = false } = options;
  const names = typeof rooms === "number" ? roomNames.slice(0, rooms) : rooms;
  const midnight = controllerMidnight(startAt - firstPollsMs, standardOffsetMs(zone, startAt));
  let at = startAt - Math.ceil((startAt - midnight + dayMs) / stepMs) * stepMs;
  const home = startHome({
    startAt: at,
    seed,
    zones,
    rooms: roomsOf(names, zones),
    roomThermostat: options.roomThermostats ?? [true, true],
    timeZone: zone,
    settings: startSettings(options.settings ?? {}),
  });
  const optimizer = startOptimizer(home);
  for (; at + stepMs <= midnight; at += stepMs) {
    home.step(at + stepMs, stepMs / secondMs);
    optimizer.step(at + stepMs, true);
  }
  const openWire = directWires(() => {}).open;
  const ledger = startLedger(zone);
  const reader = () => progress.reader;
  const start = options.dialect === "f1p" ? startF1pFirmware : startFirmware;
  const progress: Progress = {
    home,
    optimizer,
    firmware: start({ home, optimizer, reader, prefix, language, startAt: at, openWire, hasWatchdog }),
    thermostats: startThermostats(home, prefix, at, openWire),
    ledger,
    reader: startPublishedReader(ledger),
    at,
    group: 0,
    powerBackAt: 0,
  };
  return progress;
}

/** Obeys requests for misbehaviour on their topic. */
function acceptMisbehaviour(progress: Progress, prefix: string, log: (sentence: string) => void): void {
  const topic = commandTopicOf(prefix);
  const roomIds = progress.home.rooms.map(({ id }) => id);
  progress.thermostats.subscribe(topic, (payload) => {
    const request = readMisbehaviour(payload, roomIds);
    if (typeof request !== "string") misbehave(progress, request);
    log(typeof request === "string" ? request : `As requested on ${topic}: ${payload}`);
  });
}

function misbehave(progress: Progress, request: Misbehaviour): void {
  switch (request.kind) {
    case "thermostat":
      progress.thermostats.setBehaviour(request.room, request.behaviour);
      break;
    case "fault":
      progress.home.controller.fault = request.code;
      break;
    case "power_cut":
      cutPower(progress, request.seconds);
      break;
    case "connection_drop":
      progress.firmware.loseConnection(progress.at, progress.at + request.seconds * secondMs);
      break;
  }
}
