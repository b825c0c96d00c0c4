import type { PointId } from "@heatloop/core/catalogue/points";
import { longestPrefix, prefixProblem } from "@heatloop/core/catalogue/prefix";
import { longestPayload } from "@heatloop/core/catalogue/reading";
import { readTopic } from "@heatloop/core/catalogue/topics";
import type { Stop } from "@heatloop/core/time/clock";
import type { Log } from "../base/log.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { type Prefix, prefixCandidates } from "./prefix-candidates.ts";

/** Told of the heat pumps on the broker; messages of a prefix come after it was found, those that told it included. */
export type Finds = {
  found(prefix: string): void;
  gone(prefix: string): void;
  message(prefix: string, message: MqttMessage): void;
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
const signsNeeded = 4;

/** A prefix may have this many levels (`/home/cellar/boiler/heatpump` has five, the first one empty); a deeper one is named. */
const deepestPrefix = 5;
/** What follows the prefix in the firmware's longest topic, with room to spare. */
const longestSuffix = 200;
/** So many heat pumps are followed without being named; more are somebody's joke. */
const mostFound = 50;
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

/** Stands for a payload that is too long to be one of the firmware's: no value. */
const unreadable = new Uint8Array([0]);

/** Follows the named prefixes, or, where none is named, every prefix whose topics fit the catalogue. */
export function findDevices(parts: {
  readonly mqtt: Mqtt;
  readonly log: Log;
  readonly prefixes: readonly string[];
  readonly finds: Finds;
}): Stop {
  const { mqtt, log, finds } = parts;
  const named = new Set(parts.prefixes);
  const prefixes = prefixCandidates();
  let found = 0;
  let tooMany = false;

  function take(taken: MqttMessage): void {
    const message = taken.payload.length > longestPayload ? { ...taken, payload: unreadable } : taken;
    if (message.topic.length > longestPrefix + longestSuffix) return;
    const topic = readTopic(message.topic);
    if (topic === undefined) return;
    let prefix = prefixes.get(topic.prefix);
    if (!prefix?.found) {
      if (named.size > 0 ? !named.has(topic.prefix) : prefixProblem(topic.prefix) !== undefined) return;
      prefix = prefixes.heard(topic.prefix);
    }
    if (topic.kind === "point" && signs.has(topic.point)) {
      if (message.payload.length > 0) prefix.told.set(message.topic, topic.point);
      else forget(topic.prefix, prefix, message.topic);
    }
    if (prefix.found) finds.message(topic.prefix, message);
    else keep(topic.prefix, prefix, message);
  }

  function keep(name: string, prefix: Prefix, message: MqttMessage): void {
    prefixes.keep(prefix, message);
    if (new Set(prefix.told.values()).size < signsNeeded) return;
    if (found < mostFound) begin(name, prefix);
    else sayTooMany(name);
  }

  function sayTooMany(ignored: string): void {
    if (!tooMany) log.warn(`more than ${mostFound} heat pumps on the broker: name yours in the settings`, { ignored });
    tooMany = true;
  }

  function begin(name: string, prefix: Prefix): void {
    found += 1;
    prefix.found = true;
    finds.found(name);
    for (const kept of prefixes.release(prefix)) finds.message(name, kept);
  }

  /** Someone cleared the retained topics (a rename, a clean-up): the device is gone when no sign of it is left. */
  function forget(name: string, prefix: Prefix, topic: string): void {
    prefix.told.delete(topic);
    if (!prefix.found || prefix.told.size > 0 || named.has(name)) return;
    prefixes.delete(name);
    found -= 1;
    prefix.found = false;
    finds.gone(name);
  }

  const filters = named.size > 0 ? [...named].flatMap((prefix) => filtersUnder(`${prefix}/`)) : searchFilters;
  const stops = filters.map((filter) => mqtt.subscribe(filter, take));
  for (const name of named) begin(name, prefixes.heard(name));
  return () => {
    for (const stop of stops) stop();
  };
}
