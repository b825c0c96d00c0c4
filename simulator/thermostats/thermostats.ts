import type { OpenWire, Wire } from "../firmware/wire.ts";
import type { Home } from "../home-state.ts";
import { startRandom } from "../physics/random.ts";
import {
  announce,
  type Behaviour,
  createThermostats,
  receiveMode,
  receiveSetpoint,
  retained,
  setBehaviour,
  stepThermostat,
  type Thermostat,
  type ThermostatBridge,
} from "./thermostat.ts";
import { bridgeTopic } from "./thermostat-discovery.ts";

/** The state of a thermostat; `reportedC` is what it last reported, null before that. */
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
  /** Throws where there is no thermostat in that room. */
  setBehaviour(room: string, behaviour: Behaviour): void;
  /** Goes on to `at`: reports what is due and moves the valves. */
  step(at: number): void;
  /** Also receives what arrives on another topic. */
  subscribe(topic: string, receive: (payload: string) => void): void;
  rewire(open: OpenWire): void;
  close(at: number): Promise<void>;
};

const birthTopic = "homeassistant/status";
/** Home Assistant has subscribed a little after its birth message; chosen: 4 s, as other MQTT bridges wait. */
const afterBirthMs = 4000;

/** Starts the thermostats at a time, and begins to connect. */
export function startThermostats(home: Home, prefix: string, startAt: number, openWire: OpenWire): Thermostats {
  const random = startRandom(home.seed + 900);
  const thermostats = createThermostats(home, prefix, startAt, random);
  const topic = bridgeTopic(prefix);
  let announceAt = Number.POSITIVE_INFINITY;
  const announceAll = () => {
    announceAt = Number.POSITIVE_INFINITY;
    bridge.wire.publish(topic, "online", retained, bridge.now);
    for (const thermostat of thermostats) announce(bridge, thermostat);
  };
  const greetHomeAssistant = (payload: string) => {
    if (payload === "online") announceAt = bridge.now + afterBirthMs;
  };
  const subscriptions: [string, (payload: string) => void][] = [
    [birthTopic, greetHomeAssistant],
    ...thermostats.flatMap((thermostat): [string, (payload: string) => void][] => [
      [thermostat.topics.setpointCommand, (payload) => receiveSetpoint(bridge, thermostat, payload)],
      [thermostat.topics.modeCommand, (payload) => receiveMode(bridge, thermostat, payload)],
    ]),
  ];
  const open = (openIt: OpenWire): Wire => {
    const clientId = `${prefix.replaceAll("/", "-")}-thermostats`;
    const wire = openIt({ clientId, will: { topic, payload: "offline" }, onConnected: announceAll });
    for (const [topic, receive] of subscriptions) wire.subscribe(topic, receive);
    return wire;
  };
  const bridge: ThermostatBridge = { home, prefix, random, wire: open(openWire), now: startAt };
  bridge.wire.connect();
  return {
    states: () => thermostats.map(stateOf),
    setBehaviour(room, behaviour) {
      const thermostat = thermostats.find((one) => one.room.id === room);
      if (thermostat === undefined) {
        throw new Error(`There is no thermostat "${room}". There are: ${home.rooms.map(({ id }) => id).join(", ")}.`);
      }
      setBehaviour(bridge, thermostat, behaviour);
    },
    step(at) {
      bridge.now = at;
      if (at >= announceAt) announceAll();
      for (const thermostat of thermostats) stepThermostat(bridge, thermostat);
    },
    subscribe(topic, receive) {
      subscriptions.push([topic, receive]);
      bridge.wire.subscribe(topic, receive);
    },
    rewire(openIt) {
      void bridge.wire.disconnect();
      bridge.wire = open(openIt);
      bridge.wire.connect();
    },
    async close(at) {
      if (bridge.wire.connected()) bridge.wire.publish(topic, "offline", retained, at);
      await bridge.wire.disconnect();
    },
  };
}

function stateOf({ room, behaviour, setpointC, mode, reportedC }: Thermostat): ThermostatState {
  return { room: room.id, behaviour, setpointC, mode, reportedC };
}
