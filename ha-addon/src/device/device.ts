import type { Language } from "@heatloop/core/catalogue/languages";
import { type PointId, pointOf, silenceS } from "@heatloop/core/catalogue/points";
import { deviceId, prefixName } from "@heatloop/core/catalogue/prefix";
import { commandPayload, parseReading, type Reading, type Value } from "@heatloop/core/catalogue/reading";
import { commandTopic } from "@heatloop/core/catalogue/topics";
import type { HeatFormula } from "@heatloop/core/heat/heat-formula";
import { type Operation, operations } from "@heatloop/core/live/operation";
import type { RunningTotal } from "@heatloop/core/live/running-total";
import { type Snapshot, startSnapshot } from "@heatloop/core/live/snapshot";
import {
  type Context,
  type CurrentStates,
  contextPoints,
  noCurrentStates,
  stateChanges,
  type Transition,
} from "@heatloop/core/live/transition";
import { type Minute, type Minutes, startMinutes } from "@heatloop/core/minute/minute";
import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { callEach } from "../base/watchers.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { type FirmwareLanguage, followLanguage } from "./firmware-language.ts";
import { type UnknownLabels, unknownLabels } from "./unknown-labels.ts";

/** A message of a heat pump; text where it does not come from the wire. */
export type DeviceMessage = Pick<MqttMessage, "topic" | "retained"> & { readonly payload: Uint8Array | string };

/** One heat pump as the program knows it now. */
export type Device = {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly unknown: UnknownLabels;
  language(): Language;
  /** The points that it has: published at least once, and fitted. */
  points(): ReadonlySet<PointId>;
  /** The version of the ESP32's firmware as it was last reported, now or before it went away. */
  firmwareVersion(): string | undefined;
  /** What the controller is, such as FTC6, as it was last reported. */
  controllerVersion(): string | undefined;
  /** Whether `<prefix>/status` was ever published, and was not wrong. */
  availabilitySeen(): boolean;
  /** When it last published anything, ms since the epoch; null before. */
  lastSeen(): number | null;
  /** When it first published anything in this run. */
  firstSeen(): number | null;
  currentStates(): CurrentStates;
  take(message: DeviceMessage, at: number): void;
  /** Ends the running minute. */
  closeMinute(at: number): Minute;
  /** The topics on which it was ever seen. */
  topics(): ReadonlySet<string>;
  /** Sends a command; false: out of range, offline, or the broker is away. Never retained, never repeated. */
  send(point: PointId, value: number | boolean | string): Promise<boolean>;
  /** The values that are kept beside a transition. */
  context(at: number): Context;
  onReading(take: (reading: Reading) => void): Stop;
  onTransition(take: (transition: Transition) => void): Stop;
};

/** Of a text that is not known; longer ones are cut. */
const longestText = 100;

type State = {
  readonly id: string;
  readonly snapshot: Snapshot;
  readonly minutes: Minutes;
  readonly language: FirmwareLanguage;
  readonly points: Set<PointId>;
  /** By point. A version stays what it was while the heat pump is away. */
  readonly versions: Map<PointId, string>;
  readonly unknown: UnknownLabels;
  readonly topics: Set<string>;
  readonly readers: Set<(reading: Reading) => void>;
  readonly watchers: Set<(transition: Transition) => void>;
  /** Takes what the snapshot accepts. */
  readonly accept: (reading: Reading) => void;
  currentStates: CurrentStates;
  availabilitySeen: boolean;
  firstSeen: number | null;
  lastSeen: number | null;
};

export function startDevice(parts: {
  readonly prefix: string;
  /** The usual one of the prefix where it is absent. */
  readonly id?: string;
  readonly name?: string | undefined;
  readonly mqtt: Pick<Mqtt, "publish">;
  readonly zone: () => Zone;
  readonly at: number;
  /** What the electricity counter showed last by the archive, and by its rows of dates that have not begun yet. */
  readonly counter?: RunningTotal | undefined;
  readonly counterAhead?: RunningTotal | undefined;
  readonly formula?: (() => HeatFormula) | undefined;
}): Device {
  const { prefix, mqtt, at, counter, counterAhead, formula } = parts;
  const id = parts.id ?? deviceId(prefix);
  const minutes = startMinutes({ at, counter, counterAhead, dayOf: (time) => parts.zone().dateOf(time), formula });
  const state = stateAtStart(id, minutes);
  const { snapshot, language, readers, watchers } = state;
  return {
    id,
    prefix,
    name: parts.name ?? prefixName(prefix),
    snapshot,
    unknown: state.unknown,
    language: language.language,
    points: () => state.points,
    firmwareVersion: () => state.versions.get("esp_version"),
    controllerVersion: () => state.versions.get("controller_version"),
    availabilitySeen: () => state.availabilitySeen,
    lastSeen: () => state.lastSeen,
    firstSeen: () => state.firstSeen,
    currentStates: () => state.currentStates,
    take: (message, time) => takeMessage(state, message, time),
    topics: () => state.topics,
    closeMinute: (time) => minutes.close(time),
    async send(point, value) {
      const topic = commandTopic(prefix, point, language.language());
      const payload = commandPayload(point, value, language.language());
      // Whoever is known from retained topics alone may be long gone.
      if (topic === undefined || payload === undefined || state.lastSeen === null || snapshot.status() === false)
        return false;
      return mqtt.publish(topic, payload, { retain: false, qos: 1 });
    },
    context: (time) => contextAt(snapshot, time),
    onReading(take) {
      readers.add(take);
      return () => readers.delete(take);
    },
    onTransition(take) {
      watchers.add(take);
      return () => watchers.delete(take);
    },
  };
}

function stateAtStart(id: string, minutes: Minutes): State {
  const state: State = {
    id,
    snapshot: startSnapshot(id),
    minutes,
    language: followLanguage(),
    points: new Set(),
    versions: new Map(),
    unknown: unknownLabels(),
    topics: new Set(),
    readers: new Set(),
    watchers: new Set(),
    accept: (reading) => acceptReading(state, reading),
    currentStates: noCurrentStates,
    availabilitySeen: false,
    firstSeen: null,
    lastSeen: null,
  };
  return state;
}

function takeMessage(state: State, message: DeviceMessage, at: number): void {
  const { snapshot, language, points } = state;
  const reading = parseReading(message.topic, message.payload, at, state.id);
  if (reading === undefined) return;
  const cleared = reading.point !== "online" && message.payload.length === 0;
  if (cleared) {
    state.topics.add(message.topic);
    // Where an older firmware's topic is cleared, the point goes on under the new one.
    if (!language.clear(reading.point, message.topic)) return;
    points.delete(reading.point);
  } else if (reading.point === "online") {
    state.topics.add(message.topic);
  } else {
    if (language.take(reading.point, message.topic, message.retained)) state.topics.add(message.topic);
    // A retained value shows that the entity exists; a sensor that may be unfitted has to show itself live.
    if (!points.has(reading.point) && pointOf(reading.point).absent === undefined) points.add(reading.point);
  }
  keepVersion(state, reading);
  if (reading.value === null && !cleared && !message.retained && pointOf(reading.point).states !== undefined) {
    state.unknown.addText(reading.point, payloadText(message.payload));
  }
  if (reading.point === "online" && message.payload.length > 0) state.availabilitySeen = true;
  // Whoever clears a topic or publishes the last will, it is not the heat pump.
  const isLastWill = reading.point === "online" && !reading.value;
  if (!message.retained && !cleared && !isLastWill) {
    state.firstSeen ??= at;
    state.lastSeen = at;
  }
  snapshot.take(reading, message.retained || cleared, state.accept);
  if (snapshot.isStatusWrong()) state.availabilitySeen = false;
}

function keepVersion({ versions }: State, { point, value }: Reading): void {
  if (point !== "esp_version" && point !== "controller_version") return;
  if (typeof value === "string" && value !== "") versions.set(point, value);
}

function payloadText(payload: Uint8Array | string): string {
  return typeof payload === "string" ? payload : new TextDecoder().decode(payload.subarray(0, longestText));
}

function acceptReading(state: State, reading: Reading): void {
  state.minutes.take(reading);
  const { after, changes } = stateChanges(state.currentStates, reading);
  state.currentStates = after;
  if (reading.point !== "online" && reading.value !== null) state.points.add(reading.point);
  try {
    for (const change of changes) {
      callEach(state.watchers, { ...change, context: contextAt(state.snapshot, change.at) });
    }
  } finally {
    callEach(state.readers, reading);
  }
}

function contextAt(snapshot: Snapshot, at: number): Context {
  return Object.fromEntries(contextPoints.map((point) => [point, snapshot.value(point, at)])) as Record<
    (typeof contextPoints)[number],
    Value
  >;
}

/** The operation of now; null where the device is offline, silent or has not reported it. */
export function operationNow(device: Device, at: number): Operation | null {
  const lastSeen = device.lastSeen();
  if (lastSeen === null || Math.abs(at - lastSeen) > silenceS * secondMs) return null;
  const { state } = device.currentStates().states.operation;
  return operations.find((operation) => operation === state) ?? null;
}
