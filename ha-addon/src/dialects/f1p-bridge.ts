import { deepestPrefix, mostHeatPumps, prefixProblem } from "@heatloop/core/catalogue/prefix";
import { availabilityTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { type F1pPublication, f1pFilters, longestF1pReport, readF1p } from "@heatloop/core/dialects/f1p";
import { f1pCommand, f1pCommandTopics } from "@heatloop/core/dialects/f1p-commands";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";

type Parts = {
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  /** The prefixes that the settings name; none: all are searched. */
  readonly named: () => readonly string[];
  /** Whether this installation publishes for the heat pump. */
  readonly mayPublishFor: (prefix: string) => boolean;
};

/** A value in the topics of the gekkekoe firmware; times in ms since the epoch. */
type BridgedValue = { readonly payload: string; readonly arrivedAt: number; publishedAt: number };
type Bridged = { readonly values: Map<string, BridgedValue>; readonly stops: readonly Stop[] };

/** The gekkekoe firmware polls every 10.5 s; F1p publishes some reports every 2 s, the others every 30 s. */
const publishEachMs = 10 * secondMs;
/** A value is valid until its report is missing for the second time. */
const holdMs = 75 * secondMs;
/** The report by which a heat pump is found. */
const systemReport = "/Status/System";

/**
 * Publishes what heat pumps with the F1p firmware report in the topics of the gekkekoe one, under the same prefix, and
 * hands their commands on, so that all else reads one dialect. Stop ends it; what is retained stays.
 */
export function bridgeF1p(parts: Parts): Stop {
  const { mqtt, clock } = parts;
  const bridged = new Map<string, Bridged>();
  const searchFilters = Array.from(
    { length: deepestPrefix },
    (_, i) =>
      `${Array(i + 1)
        .fill("+")
        .join("/")}${systemReport}`,
  );
  const search = (message: MqttMessage) => {
    // Those that are bridged already come every 2 s, and are read where they are followed.
    if (bridged.size >= mostHeatPumps || bridged.has(message.topic.slice(0, -systemReport.length))) return;
    const publication = read(message);
    if (publication !== undefined && isHeatPump(parts, publication)) {
      bridged.set(publication.prefix, begin(parts, publication));
    }
  };
  const stops = searchFilters.map((filter) => mqtt.subscribe(filter, search));
  stops.push(
    clock.every(publishEachMs, () => {
      for (const [prefix, { values }] of bridged) repeat(parts, prefix, values);
    }),
  );
  return () => {
    for (const stop of [...stops, ...[...bridged.values()].flatMap((each) => each.stops)]) stop();
  };
}

function read({ topic, payload }: MqttMessage): F1pPublication | undefined {
  return payload.length > longestF1pReport ? undefined : readF1p(topic, new TextDecoder().decode(payload));
}

/** Its report of the system has what no other device's has: both temperatures of the water and the compressor. */
function isHeatPump({ named }: Parts, { prefix, messages }: F1pPublication): boolean {
  const names = named();
  if (names.length > 0 ? !names.includes(prefix) : prefixProblem(prefix) !== undefined) return false;
  const signs = ["flow_temperature", "return_temperature", "compressor_frequency"] as const;
  return signs.every((sign) => messages.some(({ topic }) => topic === stateTopic(prefix, sign, "en")));
}

function begin(parts: Parts, first: F1pPublication): Bridged {
  const { mqtt, log } = parts;
  const { prefix } = first;
  log.info("found a heat pump with the F1p firmware: it is published in the topics of the gekkekoe firmware too", {
    prefix,
  });
  const values = new Map<string, BridgedValue>();
  const take = (publication: F1pPublication | undefined) => {
    if (publication?.prefix === prefix) publish(parts, publication, values);
  };
  take(first);
  return {
    values,
    stops: [
      ...f1pFilters(prefix).map((filter) => mqtt.subscribe(filter, (message) => take(read(message)))),
      ...f1pCommandTopics(prefix).map((topic) => mqtt.subscribe(topic, (message) => command(parts, prefix, message))),
    ],
  };
}

function publish(parts: Parts, { prefix, messages }: F1pPublication, values: Map<string, BridgedValue>): void {
  const now = parts.clock.now();
  for (const { topic, payload } of messages) {
    if (topic === availabilityTopic(prefix)) {
      send(parts, prefix, topic, payload);
      continue;
    }
    const before = values.get(topic);
    const value = { payload, arrivedAt: now, publishedAt: before?.publishedAt ?? Number.NEGATIVE_INFINITY };
    values.set(topic, value);
    if (before?.payload !== payload || now - value.publishedAt >= publishEachMs)
      publishValue(parts, prefix, topic, value);
  }
}

function repeat(parts: Parts, prefix: string, values: Map<string, BridgedValue>): void {
  const now = parts.clock.now();
  for (const [topic, value] of values) {
    if (now - value.arrivedAt > holdMs) values.delete(topic);
    else if (now - value.publishedAt >= publishEachMs) publishValue(parts, prefix, topic, value);
  }
}

function publishValue(parts: Parts, prefix: string, topic: string, value: BridgedValue): void {
  value.publishedAt = parts.clock.now();
  send(parts, prefix, topic, value.payload);
}

function send({ mqtt, mayPublishFor }: Parts, prefix: string, topic: string, payload: string): void {
  // Without a connection it is not sent; the next report comes in seconds.
  if (mayPublishFor(prefix)) void mqtt.publish(topic, payload, { retain: true, qos: 0 }).catch(() => false);
}

function command({ mqtt, log, mayPublishFor }: Parts, prefix: string, { topic, payload, retained }: MqttMessage): void {
  if (!mayPublishFor(prefix)) return;
  const text = payload.length > longestF1pReport ? "" : new TextDecoder().decode(payload);
  const known = retained ? undefined : f1pCommand(prefix, topic, text);
  if (known === undefined) {
    const why = retained ? "it was kept by the broker" : "it is no value that can be set";
    log.warn(`a command was not handed on to a heat pump with the F1p firmware: ${why}`, { prefix, topic });
    return;
  }
  void mqtt.publish(known.topic, known.payload, { retain: false, qos: 1 }).catch(() => false);
}
