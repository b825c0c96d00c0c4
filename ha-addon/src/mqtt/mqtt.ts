import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Log } from "../base/log.ts";
import { type Connection, openConnection } from "./connection.ts";
import { topicProblem } from "./filter.ts";
import { type BrokerLimits, learnLimits, limitNotices, noLimits, nothingLearned, within } from "./limits.ts";
import type { MqttMessage } from "./message.ts";
import { codeOf, type Ending, refusalOf, wantsOlderVersion } from "./refusal.ts";
import { clientOptions, type MqttServer, type MqttVersion, type Will } from "./server.ts";
import { subscriptions } from "./subscriptions.ts";

/** The broker, as the program's features need it. */
export type Mqtt = {
  connected(): boolean;
  /** What the broker takes, as it tells or was learned; none while it is away. */
  limits(): BrokerLimits;
  /** Sends now, or says false: nothing is ever queued, so no command is repeated at a reconnect. True once the broker has it. */
  publish(topic: string, payload: string, how: { readonly retain: boolean; readonly qos: 0 | 1 }): Promise<boolean>;
  /** Kept over reconnects. */
  subscribe(filter: string, take: (message: MqttMessage) => void): Stop;
  /** Called at each connection, the first one included if it is already there. */
  onConnected(work: () => void): Stop;
  close(): Promise<void>;
};

/** How the connection stands; `since` in ms since the epoch, `lastError` a sentence for the user. */
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

const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** A connection that did not last so long does not count as one when the next attempt is put off. */
const lastingMs = 10_000;

/**
 * Connects to the broker in the background and stays at it: MQTT 5, or 3.1.1 with brokers that speak no more; a clean
 * session each time; between attempts it waits a random part of 1 s, 2 s, 4 s ... 60 s. `server` instead of a fixed
 * one is asked before each attempt. Says in the log once that the broker is away, each reason once, and that it is
 * back. A message may come twice from brokers without subscription identifiers if it fits several filters.
 * `publish` rejects topics with wildcards, `subscribe` throws on a malformed filter.
 */
export function connectMqtt(parts: MqttParts): Mqtt & { status(): MqttStatus } {
  const { clock, log, random = Math.random } = parts;
  const findServer = "server" in parts ? parts.server : async () => parts;
  const onceConnected = new Set<() => void>();
  const saidInThisOutage = new Set<string>();
  const saidErrors = new Set<string>();
  const taken = subscriptions(
    {
      subscribe: (filter, id) => connection?.subscribe(filter, id),
      unsubscribe: (filter) => connection?.unsubscribe(filter),
    },
    (error) => threw("a message", error),
  );
  let connection: Connection | undefined;
  let learned = nothingLearned;
  let status: MqttStatus = { connected: false, since: clock.now(), broker: null, lastError: null, tooLarge: null };
  let version: { readonly try: MqttVersion; readonly known: boolean } = { try: 5, known: false };
  let attempts = 0;
  let brief = 0;
  let closed = false;
  let stopRetry: Stop = () => {};

  async function attempt(): Promise<void> {
    let server: MqttServer | undefined;
    try {
      server = await findServer();
      const { limits } = learned;
      const { clientId, will } = parts;
      const who = { clientId, will: within(will, limits), version: version.try };
      const options = await clientOptions(server, who);
      if (closed) return;
      const { url, caFile } = server;
      connection = openConnection({
        options,
        limits,
        clock,
        accepted: () => accepted(url),
        ended: (error, unconfirmed) =>
          ended({ error, accepted: status.connected, briefInARow: countBrief(), url, caFile }, unconfirmed),
        message: taken.deliver,
        refused: (what) => sayOnce(`the broker does not let Heatloop ${what}: check its access list`),
        tooLarge,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!closed) away(server === undefined ? undefined : brokerName(server.url), reason);
    }
  }

  function accepted(url: string): void {
    status = { connected: true, since: clock.now(), broker: brokerName(url), lastError: null, tooLarge: null };
    if (version.try === 5) version = { try: 5, known: true };
    saidInThisOutage.clear();
    log.info("MQTT connected", { broker: status.broker, protocol: version.try === 5 ? "5" : "3.1.1" });
    sayLimits();
    taken.renew();
    for (const work of onceConnected) runGuarded(work);
  }

  function sayLimits(): void {
    if (connection === undefined) return;
    for (const { message } of limitNotices(connection.limits(), status.tooLarge)) sayOnce(message);
  }

  function tooLarge(topic: string): void {
    if (status.tooLarge !== null) return;
    status = { ...status, tooLarge: topic };
    sayLimits();
  }

  function countBrief(): number {
    if (!status.connected) return brief;
    brief = clock.now() - status.since >= lastingMs ? 0 : brief + 1;
    return brief;
  }

  function ended(ending: Ending, largestUnconfirmedBytes: number): void {
    connection = undefined;
    const older = wantsOlderVersion(ending);
    const code = codeOf(ending.error);
    const before = learned;
    learned = learnLimits(before, {
      code,
      accepted: ending.accepted,
      silent: ending.error === undefined || code === "ECONNRESET",
      version: version.try,
      largestUnconfirmedBytes,
      lasted: ending.briefInARow === 0,
    });
    const { packetBytes } = learned.limits;
    if (packetBytes < before.limits.packetBytes) {
      sayOnce(
        `the broker ends the connection at a message of ${packetBytes + 1} bytes: it gets smaller ones from now on (Mosquitto: max_packet_size)`,
      );
    }
    // The broker has named the limit: the next connection heeds it.
    if (!ending.accepted && (code === "154" || code === "155") && learned.limits !== before.limits) {
      void attempt();
      return;
    }
    if (version.try === 5 && (older === "yes" || (older === "perhaps" && !version.known))) {
      version = { try: 4, known: older === "yes" };
      void attempt();
      return;
    }
    if (!version.known || older === "yes") version = { try: 5, known: false };
    away(brokerName(ending.url), refusalOf(ending));
  }

  function away(broker: string | undefined, reason: string): void {
    const now = clock.now();
    const wasConnected = status.connected;
    if (wasConnected && brief === 0) attempts = 0;
    status = {
      connected: false,
      since: wasConnected ? now : status.since,
      broker: broker ?? status.broker,
      lastError: reason,
      tooLarge: null,
    };
    if (!saidInThisOutage.has(reason)) {
      saidInThisOutage.add(reason);
      log.warn(`MQTT ${wasConnected ? "connection lost" : "not connected"}: ${reason}`, { broker });
    }
    const waitMs = random() * Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts, 16));
    attempts += 1;
    stopRetry = clock.after(waitMs, () => void attempt());
  }

  function sayOnce(text: string): void {
    if (saidErrors.has(text) || saidErrors.size >= 1000) return;
    saidErrors.add(text);
    log.warn(`MQTT: ${text}`);
  }

  function threw(what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const text = `what was to be done at ${what} failed: ${message}`;
    if (saidErrors.has(text) || saidErrors.size >= 1000) return;
    saidErrors.add(text);
    log.error(`MQTT: ${text}`, { stack: error instanceof Error ? error.stack : undefined });
  }

  function runGuarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      threw("a connection", error);
    }
  }

  void attempt();

  return {
    connected: () => status.connected,
    limits: () => connection?.limits() ?? noLimits,
    status: () => status,
    async publish(topic, payload, how) {
      const problem = topicProblem(topic);
      if (problem !== undefined) throw new Error(problem);
      return connection === undefined ? false : connection.publish(topic, payload, how);
    },
    subscribe: (filter, take) => taken.add(filter, take),
    onConnected(work) {
      const once = () => work();
      onceConnected.add(once);
      if (status.connected) queueMicrotask(() => onceConnected.has(once) && status.connected && runGuarded(once));
      return () => onceConnected.delete(once);
    },
    async close() {
      closed = true;
      stopRetry();
      const last = connection;
      connection = undefined;
      if (status.connected) status = { ...status, connected: false, since: clock.now() };
      await last?.close();
    },
  };
}

function brokerName(url: string): string {
  const { protocol, host } = URL.parse(url) ?? { protocol: "", host: "?" };
  return `${protocol}//${host}`;
}
