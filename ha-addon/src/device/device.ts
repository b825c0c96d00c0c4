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
  contextPoints,
  noStandings,
  type Standings,
  type Transition,
  takeEdges,
} from "@heatloop/core/live/transition";
import { type Minute, type Minutes, startMinutes } from "@heatloop/core/minute/minute";
import type { Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { hearLanguage } from "./firmware-language.ts";

/** A message of a heat pump; text where it does not come from the wire. */
export type DeviceMessage = Pick<MqttMessage, "topic" | "retained"> & { readonly payload: Uint8Array | string };

/** One heat pump as the program knows it now. */
export type Device = {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly snapshot: Snapshot;
  language(): Language;
  /** The points that it has: told at least once, and fitted. */
  points(): ReadonlySet<PointId>;
  /** Whether it has ever said where it says so (`<prefix>/status`), and not wrongly, that it is online or offline. */
  availabilitySeen(): boolean;
  /** When it last said anything, ms since the epoch; null before. */
  lastSeen(): number | null;
  /** When it first said anything in this run. */
  firstSeen(): number | null;
  standings(): Standings;
  take(message: DeviceMessage, at: number): void;
  /** Ends the running minute. */
  closeMinute(at: number): Minute;
  /** The topics on which it was ever heard. */
  topics(): ReadonlySet<string>;
  /** Sends a command, or says false: out of range, offline, or the broker is away. Never retained, never repeated. */
  send(point: PointId, value: number | boolean | string): Promise<boolean>;
  /** Values beside an edge, as they stand. */
  context(at: number): Context;
  onReading(take: (reading: Reading) => void): Stop;
  onTransition(take: (transition: Transition) => void): Stop;
};

export function startDevice(parts: {
  readonly prefix: string;
  /** The usual one of the prefix where it is absent. */
  readonly id?: string;
  readonly name?: string | undefined;
  readonly mqtt: Pick<Mqtt, "publish">;
  readonly zone: () => Zone;
  readonly at: number;
  readonly counter?: RunningTotal | undefined;
  readonly formula?: (() => HeatFormula) | undefined;
}): Device {
  const { prefix, mqtt } = parts;
  const id = parts.id ?? deviceId(prefix);
  const snapshot = startSnapshot(id);
  const minutes: Minutes = startMinutes({
    at: parts.at,
    counter: parts.counter,
    dayOf: (at) => parts.zone().dateOf(at),
    formula: parts.formula,
  });
  const language = hearLanguage();
  const points = new Set<PointId>();
  const topics = new Set<string>();
  const readers = new Set<(reading: Reading) => void>();
  const watchers = new Set<(transition: Transition) => void>();
  let standings = noStandings;
  let availabilitySeen = false;
  let firstSeen: number | null = null;
  let lastSeen: number | null = null;

  function context(at: number): Context {
    return Object.fromEntries(contextPoints.map((point) => [point, snapshot.value(point, at)])) as Record<
      (typeof contextPoints)[number],
      Value
    >;
  }

  function believe(reading: Reading): void {
    minutes.take(reading);
    const { after, edges } = takeEdges(standings, reading);
    standings = after;
    for (const edge of edges) {
      const transition = { ...edge, context: context(edge.at) };
      for (const watch of watchers) watch(transition);
    }
    if (reading.point !== "online" && reading.value !== null) points.add(reading.point);
    for (const read of readers) read(reading);
  }

  return {
    id,
    prefix,
    name: parts.name ?? prefixName(prefix),
    snapshot,
    language: language.language,
    points: () => points,
    availabilitySeen: () => availabilitySeen,
    lastSeen: () => lastSeen,
    firstSeen: () => firstSeen,
    standings: () => standings,
    take(message, at) {
      const reading = parseReading(message.topic, message.payload, at, id);
      if (reading === undefined) return;
      const cleared = reading.point !== "online" && message.payload.length === 0;
      if (cleared) {
        topics.add(message.topic);
        // Where an older firmware's topic is cleared, the point goes on under the new one.
        if (!language.clear(reading.point, message.topic)) return;
        points.delete(reading.point);
      } else if (reading.point === "online") {
        topics.add(message.topic);
      } else {
        if (language.hear(reading.point, message.topic, message.retained)) topics.add(message.topic);
        // A retained value shows that the entity exists; a sensor that may be unfitted has to show itself live.
        if (!points.has(reading.point) && pointOf(reading.point).absent === undefined) points.add(reading.point);
      }
      if (reading.point === "online" && message.payload.length > 0) availabilitySeen = true;
      // Whoever clears a topic or publishes the last will, it is not the heat pump.
      const isLastWill = reading.point === "online" && !reading.value;
      if (!message.retained && !cleared && !isLastWill) {
        firstSeen ??= at;
        lastSeen = at;
      }
      snapshot.take(reading, message.retained || cleared, believe);
      if (snapshot.isStatusWrong()) availabilitySeen = false;
    },
    topics: () => topics,
    closeMinute: (at) => minutes.close(at),
    async send(point, value) {
      const topic = commandTopic(prefix, point, language.language());
      const payload = commandPayload(point, value, language.language());
      // Whoever is known from retained topics alone may be long gone.
      if (topic === undefined || payload === undefined || lastSeen === null || snapshot.status() === false)
        return false;
      return mqtt.publish(topic, payload, { retain: false, qos: 1 });
    },
    context,
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

/** The operation that stands; null where the device is offline, silent or has not told. */
export function operationNow(device: Device, at: number): Operation | null {
  const lastSeen = device.lastSeen();
  if (lastSeen === null || Math.abs(at - lastSeen) > silenceS * 1000) return null;
  const { state } = device.standings().standing.operation;
  return operations.find((operation) => operation === state) ?? null;
}
