import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { dayMs } from "@heatloop/core/time/durations";
import { zoneOf } from "@heatloop/core/time/local-day";
import { controllerMidnight, standardOffsetMs } from "./firmware/controller-clock.ts";
import { groupCount, pollMs } from "./firmware/entities.ts";
import { type EspState, startFirmware } from "./firmware/firmware.ts";
import { startOptimizer } from "./firmware/optimizer.ts";
import { operationFrom, startPublishedReader } from "./firmware/published-reader.ts";
import { type Setting, startSettings } from "./firmware/settings.ts";
import { directWires, type OpenWire } from "./firmware/wire.ts";
import { startHome } from "./home.ts";
import type { Home } from "./home-state.ts";
import { type LedgerDay, startLedger } from "./physics/ledger.ts";
import { roomNames, roomsOf } from "./physics/rooms.ts";
import { commandTopicOf, type Misbehaviour, readMisbehaviour } from "./thermostats/misbehaviour.ts";
import { type Behaviour, startThermostats, type ThermostatState } from "./thermostats/thermostats.ts";

/** One group of requests: the step of the simulation, 2.1 s. */
export const stepMs = pollMs / groupCount;
const firstPollsMs = 60_000;

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
  /** Gets a sentence for each misbehaviour that was asked for, or why it can't be. */
  readonly say?: (sentence: string) => void;
};

/** A heat pump in its house, with the thermostats of the rooms. It stands still until it is told to go on. */
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
  /** Goes on over other wires, as if reconnected: every state is sent again. */
  rewire(open: OpenWire): void;
  /** Says goodbye on all wires. */
  close(): Promise<void>;
};

/** Throws with a sentence where the time zone or the rooms can't be. */
export function startSimulation(options: SimulationOptions): Simulation {
  const { startAt, seed = 1, zones = 1, language = "en", prefix = "ecodan-heatpump" } = options;
  const { rooms = 3, timeZone = "Europe/Rome", say = () => {} } = options;
  const zone = zoneOf(timeZone);
  if (zone === undefined) throw new Error(`There is no time zone "${timeZone}". One looks like Europe/Rome.`);
  const names = typeof rooms === "number" ? roomNames.slice(0, rooms) : rooms;
  const silent = directWires(() => {}).open;
  const openWire = options.openWire ?? silent;

  // It has lived before: the house for a day, the ESP32 since the controller's midnight.
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
  let ledger = startLedger(zone);
  let reader = startPublishedReader(ledger);
  for (; at + stepMs <= midnight; at += stepMs) {
    home.step(at + stepMs, stepMs / 1000);
    optimizer.step(at + stepMs, true);
  }
  const parts = { home, optimizer, reader: () => reader, prefix, language, startAt: at };
  const firmware = startFirmware({ ...parts, openWire: silent });
  const thermostats = startThermostats(home, prefix, at, silent);
  let step = 0;
  let powerBackAt = 0;

  function goOn(): void {
    const from = at;
    at += stepMs;
    step = (step + 1) % groupCount;
    if (!home.powered && at >= powerBackAt) home.powered = true;
    const { starts, defrosts } = home.pump;
    home.step(at, stepMs / 1000);
    const { pump, controller, circuit } = home;
    const { kind } = pump.compressor;
    const heater = controller.orders.immersion || controller.orders.booster1 || controller.orders.booster2;
    const operation = operationFrom(kind === "defrosting", kind !== "stopped" || heater, controller.mode.mode);
    ledger.addActual(operation, circuit.heatW, pump.electricityW, pump.immersionW, from, at);
    if (pump.starts > starts) ledger.count("actual", "starts", at);
    if (pump.defrosts > defrosts) ledger.count("actual", "defrosts", at);
    optimizer.step(at, firmware.state().kind !== "down");
    firmware.step(at, step);
    thermostats.step(at);
  }

  function powerCut(seconds: number): void {
    home.powered = false;
    powerBackAt = at + seconds * 1000;
    firmware.cutPower(at, powerBackAt);
  }

  function misbehave(wish: Misbehaviour): void {
    switch (wish.kind) {
      case "thermostat":
        thermostats.setBehaviour(wish.room, wish.behaviour);
        break;
      case "fault":
        home.controller.fault = wish.code;
        break;
      case "power_cut":
        powerCut(wish.seconds);
        break;
      case "connection_drop":
        firmware.loseConnection(at, at + wish.seconds * 1000);
        break;
    }
  }

  const roomIds = home.rooms.map(({ id }) => id);
  thermostats.subscribe(commandTopicOf(prefix), (payload) => {
    const wish = readMisbehaviour(payload, roomIds);
    if (typeof wish !== "string") misbehave(wish);
    say(typeof wish === "string" ? wish : `As asked on ${commandTopicOf(prefix)}: ${payload}`);
  });

  while (at + stepMs <= startAt) goOn();
  ledger = startLedger(zone);
  reader = startPublishedReader(ledger);
  firmware.rewire(openWire);
  thermostats.rewire(openWire);

  return {
    now: () => at,
    advanceTo(to) {
      while (at + stepMs <= to) goOn();
    },
    home,
    prefix,
    esp: () => firmware.state(),
    thermostats: () => thermostats.states(),
    ledger() {
      reader.settle(at);
      return ledger.days();
    },
    setThermostat: (room, behaviour) => thermostats.setBehaviour(room, behaviour),
    fault(code) {
      home.controller.fault = code;
    },
    powerCut,
    dropConnection: (seconds) => firmware.loseConnection(at, at + seconds * 1000),
    restartEsp: () => firmware.restart(at),
    rewire(open) {
      firmware.rewire(open);
      thermostats.rewire(open);
    },
    async close() {
      await Promise.all([firmware.close(at), thermostats.close(at)]);
    },
  };
}
