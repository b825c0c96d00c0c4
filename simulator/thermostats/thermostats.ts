import type { How, OpenWire, Wire } from "../firmware/wire.ts";
import type { Home } from "../home-state.ts";
import { startRandom } from "../physics/random.ts";
import type { SimulatedRoom } from "../physics/rooms.ts";
import { bridgeTopic, type ThermostatTopics, thermostatConfig, thermostatTopics } from "./thermostat-discovery.ts";

/**
 * What a thermostat does: reports its room's temperature; twice that; nothing any more; nothing and says that it is
 * unavailable; 8 °C too much from now on.
 */
export const behaviours = ["normal", "double", "stale", "unavailable", "jump"] as const;
export type Behaviour = (typeof behaviours)[number];

/** A thermostat as it stands; what it last reported, null before that. */
export type ThermostatState = {
  readonly room: string;
  readonly behaviour: Behaviour;
  readonly setpointC: number;
  readonly mode: "off" | "heat";
  readonly reportedC: number | null;
};

/** The room thermostats of the house, with one connection of their own. */
export type Thermostats = {
  states(): readonly ThermostatState[];
  setBehaviour(room: string, behaviour: Behaviour): void;
  /** Goes on to `at`: reports what is due and moves the valves. */
  step(at: number): void;
  /** Also takes what arrives on another topic. */
  subscribe(topic: string, take: (payload: string) => void): void;
  rewire(open: OpenWire): void;
  close(at: number): Promise<void>;
};

type Thermostat = {
  readonly room: SimulatedRoom;
  readonly index: number;
  readonly topics: ThermostatTopics;
  readonly stepC: number;
  behaviour: Behaviour;
  setpointC: number;
  mode: "off" | "heat";
  reportedC: number | null;
  nextReportAt: number;
};

const retained: How = { retain: true, qos: 0 };
const transient: How = { retain: false, qos: 0 };
const soonestMs = 60_000;
const latestMs = 300_000;
const jumpK = 8;
const birthTopic = "homeassistant/status";
const afterBirthMs = 4000;

export function startThermostats(home: Home, prefix: string, startAt: number, openWire: OpenWire): Thermostats {
  const random = startRandom(home.seed + 900);
  const bridge = bridgeTopic(prefix);
  const subscriptions: [string, (payload: string) => void][] = [[birthTopic, greetHomeAssistant]];
  let now = startAt;
  let announceAt = Number.POSITIVE_INFINITY;
  const thermostats = home.rooms.map(
    (room, index): Thermostat => ({
      room,
      index,
      topics: thermostatTopics(prefix, room),
      stepC: index % 2 === 0 ? 0.1 : 0.5,
      behaviour: "normal",
      setpointC: 22,
      mode: "heat",
      reportedC: null,
      nextReportAt: startAt + random.between(0, soonestMs),
    }),
  );
  for (const thermostat of thermostats) {
    subscriptions.push([thermostat.topics.setpointCommand, (payload) => takeSetpoint(thermostat, payload)]);
    subscriptions.push([thermostat.topics.modeCommand, (payload) => takeMode(thermostat, payload)]);
  }
  let wire = open(openWire);

  function open(openIt: OpenWire): Wire {
    const fresh = openIt({
      clientId: `${prefix.replaceAll("/", "-")}-thermostats`,
      will: { topic: bridge, payload: "offline" },
      onConnected: announce,
    });
    for (const [topic, take] of subscriptions) fresh.subscribe(topic, take);
    return fresh;
  }

  function announce(): void {
    announceAt = Number.POSITIVE_INFINITY;
    wire.publish(bridge, "online", retained, now);
    for (const thermostat of thermostats) {
      wire.publish(thermostat.topics.config, thermostatConfig(prefix, thermostat.room), retained, now);
      sayAvailability(thermostat);
      if (isSilent(thermostat)) continue;
      saySettings(thermostat);
      report(thermostat);
    }
  }

  function greetHomeAssistant(payload: string): void {
    if (payload === "online") announceAt = now + afterBirthMs;
  }

  function isSilent({ behaviour }: Thermostat): boolean {
    return behaviour === "stale" || behaviour === "unavailable";
  }

  function sayAvailability({ topics, behaviour }: Thermostat): void {
    wire.publish(topics.availability, behaviour === "unavailable" ? "offline" : "online", retained, now);
  }

  function saySettings({ topics, setpointC, mode }: Thermostat): void {
    wire.publish(topics.setpoint, setpointC.toFixed(1), transient, now);
    wire.publish(topics.mode, mode, transient, now);
  }

  function measuredC({ index, stepC, behaviour }: Thermostat): number {
    const airC = home.house.airC[index] as number;
    const shownC = behaviour === "double" ? airC * 2 : behaviour === "jump" ? airC + jumpK : airC;
    return Math.round(Math.round(shownC / stepC) * stepC * 10) / 10;
  }

  function report(thermostat: Thermostat): void {
    thermostat.nextReportAt = now + random.between(soonestMs, latestMs);
    const temperatureC = measuredC(thermostat);
    thermostat.reportedC = temperatureC;
    wire.publish(thermostat.topics.temperature, temperatureC.toFixed(1), transient, now);
    const attributes = { last_seen: new Date(now).toISOString(), battery: 84 };
    wire.publish(thermostat.topics.attributes, JSON.stringify(attributes), transient, now);
  }

  function takeSetpoint(thermostat: Thermostat, payload: string): void {
    const wanted = Number(payload);
    if (payload.trim() === "" || !(wanted >= 5 && wanted <= 30) || isSilent(thermostat)) return;
    thermostat.setpointC = Math.round(wanted * 2) / 2;
    saySettings(thermostat);
  }

  function takeMode(thermostat: Thermostat, payload: string): void {
    if ((payload !== "off" && payload !== "heat") || isSilent(thermostat)) return;
    thermostat.mode = payload;
    saySettings(thermostat);
  }

  /** The room's valve closes from half a degree above the set-point on, and is closed at three and a half. */
  function moveValve({ index, mode, setpointC }: Thermostat): void {
    const aboveK = (home.house.airC[index] as number) - setpointC;
    const opening = home.season === "cooling" ? 1 : mode === "off" ? 0 : 1 - (aboveK - 0.5) / 3;
    home.valve[index] = Math.min(1, Math.max(0.05, opening));
  }

  wire.connect();
  return {
    states: () =>
      thermostats.map(({ room, behaviour, setpointC, mode, reportedC }) => ({
        room: room.id,
        behaviour,
        setpointC,
        mode,
        reportedC,
      })),
    setBehaviour(room, behaviour) {
      const thermostat = thermostats.find((one) => one.room.id === room);
      if (thermostat === undefined) {
        throw new Error(`There is no thermostat "${room}". There are: ${home.rooms.map(({ id }) => id).join(", ")}.`);
      }
      thermostat.behaviour = behaviour;
      sayAvailability(thermostat);
      if (!isSilent(thermostat)) report(thermostat);
    },
    step(at) {
      now = at;
      if (at >= announceAt) announce();
      for (const thermostat of thermostats) {
        if (at < thermostat.nextReportAt) continue;
        moveValve(thermostat);
        if (isSilent(thermostat)) thermostat.nextReportAt = at + latestMs;
        else report(thermostat);
      }
    },
    subscribe(topic, take) {
      subscriptions.push([topic, take]);
      wire.subscribe(topic, take);
    },
    rewire(openIt) {
      void wire.disconnect();
      wire = open(openIt);
      wire.connect();
    },
    async close(at) {
      if (wire.connected()) wire.publish(bridge, "offline", retained, at);
      await wire.disconnect();
    },
  };
}
