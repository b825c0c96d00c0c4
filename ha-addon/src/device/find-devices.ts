import type { PointId } from "@heatloop/core/catalogue/points";
import { deepestPrefix, longestPrefix, mostHeatPumps, prefixProblem } from "@heatloop/core/catalogue/prefix";
import { longestPayload } from "@heatloop/core/catalogue/reading";
import { readTopic } from "@heatloop/core/catalogue/topics";
import type { Stop } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { type Prefix, type Prefixes, prefixCandidates } from "./prefix-candidates.ts";

/** Is notified of the heat pumps on the broker: a prefix is found before its messages come, the first ones included. */
export type FollowedPrefixes = {
  onFound(prefix: string): void;
  onGone(prefix: string): void;
  onMessage(prefix: string, message: MqttMessage): void;
  /** A heat pump publishes below its prefix what is not known: `sensor/vorlauf`. */
  onUnknown(prefix: string, path: string): void;
};

/** Points that no other ESPHome device has all of; this many of them make a heat pump. */
const signs: ReadonlySet<PointId> = new Set([
  "flow_temperature",
  "return_temperature",
  "compressor_frequency",
  "outdoor_temperature",
  "dhw_temperature",
  "flow_rate",
  "operation_mode",
  "refrigerant_liquid_temperature",
] as const);
/** Chosen: no other device publishes so many of these names under one prefix. */
const signsNeeded = 4;

/** What follows the prefix in the firmware's longest topic, with a margin. */
const longestSuffix = 200;
const paths = [
  "sensor/+/state",
  "binary_sensor/+/state",
  "number/+/state",
  "select/+/state",
  "switch/+/state",
  "text/+/state",
  "update/+/state",
  "climate/+/+/state",
  "status",
];

/** What is subscribed to where no heat pump is named. */
export const searchFilters: readonly string[] = Array.from({ length: deepestPrefix }, (_, depth) =>
  "+/".repeat(depth + 1),
).flatMap(filtersUnder);

function filtersUnder(start: string): string[] {
  return paths.map((path) => start + path);
}

/** Replaces a payload that is too long to be one of the firmware's: no value. */
const unreadable = new Uint8Array([0]);

type Search = {
  readonly log: Log;
  readonly named: ReadonlySet<string>;
  readonly prefixes: Prefixes;
  readonly followed: FollowedPrefixes;
  readonly isMapped: (topic: string) => boolean;
  heatPumps: number;
  /** That there are too many was logged. */
  isOverLogged: boolean;
};

/** Follows the named prefixes, or, where none is named, every prefix whose topics fit the catalogue. */
export function findDevices(parts: {
  readonly mqtt: Mqtt;
  readonly log: Log;
  readonly prefixes: readonly string[];
  readonly followed: FollowedPrefixes;
  /** Whether a topic is read in the place that the settings name for it. */
  readonly isMapped: (topic: string) => boolean;
}): Stop {
  const { mqtt, log, followed } = parts;
  const named = new Set(parts.prefixes);
  const { isMapped } = parts;
  const search: Search = {
    ...{ log, named, prefixes: prefixCandidates(), followed, isMapped, heatPumps: 0, isOverLogged: false },
  };
  const filters = named.size > 0 ? [...named].flatMap((prefix) => filtersUnder(`${prefix}/`)) : searchFilters;
  const stops = filters.map((filter) => mqtt.subscribe(filter, (message) => take(search, message)));
  for (const name of named) begin(search, name, search.prefixes.see(name));
  return () => {
    for (const stop of stops) stop();
  };
}

function take(search: Search, received: MqttMessage): void {
  const message = received.payload.length > longestPayload ? { ...received, payload: unreadable } : received;
  if (message.topic.length > longestPrefix + longestSuffix) return;
  if (search.isMapped(message.topic)) return;
  const topic = readTopic(message.topic);
  if (topic === undefined) {
    takeUnknown(search, message.topic);
    return;
  }
  const prefix = prefixOf(search, topic.prefix);
  if (prefix === undefined) return;
  if (topic.kind === "point" && signs.has(topic.point)) {
    if (message.payload.length > 0) prefix.signs.set(message.topic, topic.point);
    else forget(search, topic.prefix, prefix, message.topic);
  }
  if (prefix.isHeatPump) search.followed.onMessage(topic.prefix, message);
  else keep(search, topic.prefix, prefix, message);
}

/** What is left of a heat pump's topic that the catalogue does not have. */
function takeUnknown({ prefixes, followed }: Search, topic: string): void {
  if (!topic.endsWith("/state")) return;
  const state = topic.slice(0, -"/state".length);
  const [, prefix, path] = /^(.+?)\/((?:sensor|binary_sensor|number|select|switch|climate)\/.+)$/.exec(state) ?? [];
  if (prefix !== undefined && path !== undefined && prefixes.get(prefix)?.isHeatPump) followed.onUnknown(prefix, path);
}

/** A heat pump or a candidate; undefined for what is neither, or not named where others are. */
function prefixOf({ named, prefixes }: Search, name: string): Prefix | undefined {
  const known = prefixes.get(name);
  if (known?.isHeatPump) return known;
  const isCandidate = named.size > 0 ? named.has(name) : prefixProblem(name) === undefined;
  return isCandidate ? prefixes.see(name) : undefined;
}

function keep(search: Search, name: string, prefix: Prefix, message: MqttMessage): void {
  search.prefixes.keep(prefix, message);
  if (new Set(prefix.signs.values()).size < signsNeeded) return;
  if (search.heatPumps < mostHeatPumps) begin(search, name, prefix);
  else logOver(search, name);
}

function logOver(search: Search, ignored: string): void {
  if (search.isOverLogged) return;
  search.isOverLogged = true;
  search.log.warn(`more than ${mostHeatPumps} heat pumps on the broker: name yours in the settings`, { ignored });
}

function begin(search: Search, name: string, prefix: Prefix): void {
  const { prefixes, followed } = search;
  search.heatPumps += 1;
  prefix.isHeatPump = true;
  followed.onFound(name);
  for (const message of prefixes.release(prefix)) followed.onMessage(name, message);
}

/** Someone cleared the retained topics (a rename, a clean-up): the device is gone when no sign of it is left. */
function forget(search: Search, name: string, prefix: Prefix, topic: string): void {
  prefix.signs.delete(topic);
  if (!prefix.isHeatPump || prefix.signs.size > 0 || search.named.has(name)) return;
  search.prefixes.delete(name);
  search.heatPumps -= 1;
  prefix.isHeatPump = false;
  search.followed.onGone(name);
}
