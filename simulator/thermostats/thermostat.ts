import { minuteMs } from "@heatloop/core/time/durations";
import type { PublishOptions, Wire } from "../firmware/wire.ts";
import type { Home } from "../home-state.ts";
import type { Random } from "../physics/random.ts";
import type { SimulatedRoom } from "../physics/rooms.ts";
import { type ThermostatTopics, thermostatConfig, thermostatTopics } from "./thermostat-discovery.ts";

/**
 * What a thermostat does: reports its room's temperature; twice that; nothing any more; nothing, and that it is
 * unavailable; 8 °C too much from now on.
 */
export const behaviours = ["normal", "double", "stale", "unavailable", "jump"] as const;
export type Behaviour = (typeof behaviours)[number];

/** One room's thermostat; times in ms since the epoch. */
export type Thermostat = {
  readonly room: SimulatedRoom;
  /** Place of the room in the house. */
  readonly index: number;
  readonly topics: ThermostatTopics;
  /** Resolution of its sensor. */
  readonly stepC: number;
  behaviour: Behaviour;
  setpointC: number;
  mode: "off" | "heat";
  /** The last temperature that it reported, null before that. */
  reportedC: number | null;
  nextReportAt: number;
};

/** What all thermostats of a house share. `now` is the time of the simulation. */
export type ThermostatBridge = {
  readonly home: Home;
  readonly prefix: string;
  readonly random: Random;
  wire: Wire;
  now: number;
};

export const retained: PublishOptions = { retain: true, qos: 0 };
const transient: PublishOptions = { retain: false, qos: 0 };
/** Battery thermostats report every 1 to 5 minutes. */
const soonestReportMs = minuteMs;
const latestReportMs = 5 * minuteMs;
const jumpK = 8;
/** As the discovery payload has it. */
const lowestSetpointC = 5;
const highestSetpointC = 30;
/** The valve closes from half a degree above the set-point on, and is closed 3 K later; it always leaks a little. */
const closesFromK = 0.5;
const closingK = 3;
const leakShare = 0.05;

/** The thermostats of the rooms, every other one with a resolution of half a degree. */
export function createThermostats(home: Home, prefix: string, startAt: number, random: Random): readonly Thermostat[] {
  return home.rooms.map((room, index) => ({
    room,
    index,
    topics: thermostatTopics(prefix, room),
    stepC: index % 2 === 0 ? 0.1 : 0.5,
    behaviour: "normal",
    setpointC: 22,
    mode: "heat",
    reportedC: null,
    nextReportAt: startAt + random.between(0, soonestReportMs),
  }));
}

/** Publishes everything of a thermostat, as after each connection. */
export function announce(bridge: ThermostatBridge, thermostat: Thermostat): void {
  const { wire, prefix, now } = bridge;
  wire.publish(thermostat.topics.config, thermostatConfig(prefix, thermostat.room), retained, now);
  publishAvailability(bridge, thermostat);
  if (isSilent(thermostat)) return;
  publishSettings(bridge, thermostat);
  report(bridge, thermostat);
}

/** Changes the behaviour, which shows at once. */
export function setBehaviour(bridge: ThermostatBridge, thermostat: Thermostat, behaviour: Behaviour): void {
  thermostat.behaviour = behaviour;
  publishAvailability(bridge, thermostat);
  if (!isSilent(thermostat)) report(bridge, thermostat);
}

/** Where a report is due: moves the valve, and reports unless the thermostat is silent. */
export function stepThermostat(bridge: ThermostatBridge, thermostat: Thermostat): void {
  if (bridge.now < thermostat.nextReportAt) return;
  moveValve(bridge.home, thermostat);
  if (isSilent(thermostat)) thermostat.nextReportAt = bridge.now + latestReportMs;
  else report(bridge, thermostat);
}

/** A command for the set-point; one that is no number or out of range is ignored. */
export function receiveSetpoint(bridge: ThermostatBridge, thermostat: Thermostat, payload: string): void {
  const setpointC = Number(payload);
  const isAllowed = payload.trim() !== "" && setpointC >= lowestSetpointC && setpointC <= highestSetpointC;
  if (!isAllowed || isSilent(thermostat)) return;
  thermostat.setpointC = Math.round(setpointC * 2) / 2;
  publishSettings(bridge, thermostat);
}

/** A command for the mode; anything but `off` and `heat` is ignored. */
export function receiveMode(bridge: ThermostatBridge, thermostat: Thermostat, payload: string): void {
  if ((payload !== "off" && payload !== "heat") || isSilent(thermostat)) return;
  thermostat.mode = payload;
  publishSettings(bridge, thermostat);
}

function isSilent({ behaviour }: Thermostat): boolean {
  return behaviour === "stale" || behaviour === "unavailable";
}

function publishAvailability({ wire, now }: ThermostatBridge, { topics, behaviour }: Thermostat): void {
  wire.publish(topics.availability, behaviour === "unavailable" ? "offline" : "online", retained, now);
}

function publishSettings({ wire, now }: ThermostatBridge, { topics, setpointC, mode }: Thermostat): void {
  wire.publish(topics.setpoint, setpointC.toFixed(1), transient, now);
  wire.publish(topics.mode, mode, transient, now);
}

function report({ home, wire, random, now }: ThermostatBridge, thermostat: Thermostat): void {
  thermostat.nextReportAt = now + random.between(soonestReportMs, latestReportMs);
  const temperatureC = measuredC(home, thermostat);
  thermostat.reportedC = temperatureC;
  wire.publish(thermostat.topics.temperature, temperatureC.toFixed(1), transient, now);
  const attributes = { last_seen: new Date(now).toISOString(), battery: 84 };
  wire.publish(thermostat.topics.attributes, JSON.stringify(attributes), transient, now);
}

function measuredC(home: Home, { index, stepC, behaviour }: Thermostat): number {
  const airC = home.house.airC[index] as number;
  const shownC = behaviour === "double" ? airC * 2 : behaviour === "jump" ? airC + jumpK : airC;
  return Math.round(Math.round(shownC / stepC) * stepC * 10) / 10;
}

function moveValve(home: Home, { index, mode, setpointC }: Thermostat): void {
  const aboveK = (home.house.airC[index] as number) - setpointC;
  const opening = home.season === "cooling" ? 1 : mode === "off" ? 0 : 1 - (aboveK - closesFromK) / closingK;
  home.valve[index] = Math.min(1, Math.max(leakShare, opening));
}
