import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { backoffMs } from "@heatloop/program/backoff";
import type { Log } from "@heatloop/program/log";
import { messageOf } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import { type Connection, openConnection } from "./connection.ts";
import { brokerAfterEnd, type KnownBroker, unknownBroker } from "./known-broker.ts";
import { limitNotices, within } from "./limits.ts";
import { type LogOnce, logOnce } from "./log-once.ts";
import { type Ending, needsPerson, refusalOf } from "./refusal.ts";
import { type BrokerPlace, brokerPlace, clientOptions, type MqttServer, type Will } from "./server.ts";
import { type Subscriptions, type SubscriptionsAtBroker, subscriptions } from "./subscriptions.ts";

/** The state of the connection; `since` in ms since the epoch, `lastError` a sentence for the user. */
export type MqttStatus = {
  readonly connected: boolean;
  readonly since: number;
  readonly broker: string | null;
  readonly lastError: string | null;
  /** The first topic in this connection whose message was larger than the broker takes. */
  readonly tooLarge: string | null;
};

export type MqttParts = (MqttServer | { readonly server: () => Promise<MqttServer> }) & {
  readonly clientId: string;
  readonly will: Will;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 up to 1; spreads the reconnects of many clients. */
  readonly random?: () => number;
};

const firstRetryMs = secondMs;
/** Chosen: a broker that is back is noticed before a person looks, and an attempt costs it next to nothing. */
const longestRetryMs = 5 * secondMs;
/** A broker that refuses this client logs each attempt, and may ban its address. */
const longestRefusedRetryMs = minuteMs;
/** A connection that did not last so long does not count as one when the next attempt is put off. */
const lastingMs = 10 * secondMs;

/** The connection of now, if there is one, and what the ones before have left. */
export type BrokerLink = {
  readonly parts: MqttParts;
  readonly findServer: () => Promise<MqttServer>;
  readonly taken: Subscriptions;
  readonly watchers: Set<() => void>;
  readonly once: LogOnce;
  /** The reasons that were logged since the broker was there last. */
  readonly loggedReasons: Set<string>;
  connection: Connection | undefined;
  status: MqttStatus;
  /** Where the last attempt went; undefined before the first. */
  place: BrokerPlace | undefined;
  broker: KnownBroker;
  /** In a row, without a connection that lasted. */
  attempts: number;
  /** Connections in a row that ended soon. */
  brief: number;
  isClosed: boolean;
  stopRetry: Stop;
};

/** A link to the broker that is not connected yet. */
export function newBrokerLink(parts: MqttParts): BrokerLink {
  const once = logOnce(parts.log);
  const atBroker: SubscriptionsAtBroker = {
    subscribe: (filter, id) => link.connection?.subscribe(filter, id),
    unsubscribe: (filter) => link.connection?.unsubscribe(filter),
  };
  const link: BrokerLink = {
    parts,
    findServer: "server" in parts ? parts.server : async () => parts,
    taken: subscriptions(atBroker, (error) => once.threw("a message", error)),
    watchers: new Set(),
    once,
    loggedReasons: new Set(),
    connection: undefined,
    status: { connected: false, since: parts.clock.now(), broker: null, lastError: null, tooLarge: null },
    place: undefined,
    broker: unknownBroker,
    attempts: 0,
    brief: 0,
    isClosed: false,
    stopRetry: () => {},
  };
  return link;
}

/** Connects once; at its end, or where that fails, the next attempt follows by itself. */
export async function connectOnce(link: BrokerLink): Promise<void> {
  const { clientId, will, clock } = link.parts;
  let server: MqttServer | undefined;
  try {
    server = await link.findServer();
    link.place = brokerPlace(server);
    const { version, learned } = link.broker;
    const { limits } = learned;
    const options = await clientOptions(server, { clientId, will: within(will, limits), version });
    if (link.isClosed) return;
    const { url, caFile } = server;
    link.connection = openConnection({
      options,
      limits,
      clock,
      accepted: () => accepted(link, url),
      ended: (error, unconfirmedBytes) => ended(link, { error, ...countBrief(link), url, caFile }, unconfirmedBytes),
      message: link.taken.deliver,
      refused: (what) => link.once.warn(`the broker does not let Heatloop ${what}: check its access list`),
      tooLarge: (topic) => tooLarge(link, topic),
    });
  } catch (error) {
    const reason = messageOf(error);
    if (!link.isClosed) away(link, server === undefined ? undefined : brokerName(server.url), reason);
  }
}

function accepted(link: BrokerLink, url: string): void {
  const { clock, log } = link.parts;
  const { version } = link.broker;
  const broker = brokerName(url);
  link.status = { connected: true, since: clock.now(), broker, lastError: null, tooLarge: null };
  if (version === 5) link.broker = { ...link.broker, isVersionKnown: true };
  link.loggedReasons.clear();
  log.info("MQTT connected", { broker, protocol: version === 5 ? "5" : "3.1.1" });
  logLimits(link);
  link.taken.renew();
  for (const work of link.watchers) runGuarded(link, work);
}

/** Runs work of a feature; what it throws is logged, as one feature must not stop the others. */
export function runGuarded(link: BrokerLink, work: () => void): void {
  try {
    work();
  } catch (error) {
    link.once.threw("a connection", error);
  }
}

function logLimits({ connection, status, once }: BrokerLink): void {
  if (connection === undefined) return;
  for (const { problem } of limitNotices(connection.limits(), status.tooLarge)) once.warn(problemText(problem, "en"));
}

function tooLarge(link: BrokerLink, topic: string): void {
  if (link.status.tooLarge !== null) return;
  link.status = { ...link.status, tooLarge: topic };
  logLimits(link);
}

/** Whether the broker had accepted the connection that ended, and how many in a row ended soon, this one included. */
function countBrief(link: BrokerLink): Pick<Ending, "accepted" | "briefInARow"> {
  const { connected, since } = link.status;
  if (connected) link.brief = link.parts.clock.now() - since >= lastingMs ? 0 : link.brief + 1;
  return { accepted: connected, briefInARow: link.brief };
}

function ended(link: BrokerLink, ending: Ending, largestUnconfirmedBytes: number): void {
  link.connection = undefined;
  const { packetBytes: before } = link.broker.learned.limits;
  const { broker, retryNow } = brokerAfterEnd(link.broker, ending, largestUnconfirmedBytes);
  link.broker = broker;
  const { packetBytes } = broker.learned.limits;
  if (packetBytes < before) {
    link.once.warn(
      `the broker ends the connection at a message of ${packetBytes + 1} bytes: it gets smaller ones from now on (Mosquitto: max_packet_size)`,
    );
  }
  if (retryNow) void connectOnce(link);
  else away(link, brokerName(ending.url), refusalOf(ending), needsPerson(ending) ? longestRefusedRetryMs : undefined);
}

function away(link: BrokerLink, broker: string | undefined, reason: string, longestMs = longestRetryMs): void {
  const { clock, log, random = Math.random } = link.parts;
  const { connected: wasConnected, since, broker: lastBroker } = link.status;
  if (wasConnected && link.brief === 0) link.attempts = 0;
  link.status = {
    connected: false,
    since: wasConnected ? clock.now() : since,
    broker: broker ?? lastBroker,
    lastError: reason,
    tooLarge: null,
  };
  if (!link.loggedReasons.has(reason)) {
    link.loggedReasons.add(reason);
    log.warn(`MQTT ${wasConnected ? "connection lost" : "not connected"}: ${reason}`, { broker });
  }
  const waitMs = random() * backoffMs(link.attempts, firstRetryMs, longestMs);
  link.attempts += 1;
  link.stopRetry = clock.after(waitMs, () => void connectOnce(link));
}

function brokerName(url: string): string {
  const { protocol, host } = URL.parse(url) ?? { protocol: "", host: "?" };
  return `${protocol}//${host}`;
}
