import type { Stop } from "@heatloop/core/time/clock";
import { topicProblem } from "./filter.ts";
import { type BrokerLimits, noLimits } from "./limits.ts";
import type { MqttMessage } from "./message.ts";
import type { BrokerPlace } from "./server.ts";
import { connectOnce, type MqttParts, type MqttStatus, newBrokerLink, runGuarded } from "./stay-connected.ts";

/** The broker, as the program's features need it. */
export type Mqtt = {
  connected(): boolean;
  /** What the broker takes, as it announced or was learned; no limits while it is away. */
  limits(): BrokerLimits;
  /** Sends now, else false: nothing is kept for later, so no command is repeated at a reconnect. True once the broker has it. */
  publish(topic: string, payload: string, how: { readonly retain: boolean; readonly qos: 0 | 1 }): Promise<boolean>;
  /** Kept over reconnects. */
  subscribe(filter: string, take: (message: MqttMessage) => void): Stop;
  /** Called at each connection, the first one included if it is already there. */
  onConnected(work: () => void): Stop;
  close(): Promise<void>;
};

/**
 * Connects to the broker in the background and stays at it: MQTT 5, or 3.1.1 with brokers that speak no more; a clean
 * session each time; between attempts it waits a random part of 1 s, 2 s, 4 s, 5 s, 5 s ..., from one
 * that refuses it up to a minute. `server` instead of a fixed one is asked before each attempt. Logs once that the broker is away, each reason once, and that it is back. A message
 * may come twice from brokers without subscription identifiers if it fits several filters. `place`: where
 * the last attempt went. `publish` rejects topics with wildcards, `subscribe` throws on a malformed filter.
 */
export function connectMqtt(parts: MqttParts): Mqtt & { status(): MqttStatus; place(): BrokerPlace | undefined } {
  const { clock } = parts;
  const link = newBrokerLink(parts);
  const { taken, watchers } = link;
  void connectOnce(link);

  return {
    connected: () => link.status.connected,
    limits: () => link.connection?.limits() ?? noLimits,
    status: () => link.status,
    place: () => link.place,
    async publish(topic, payload, how) {
      const problem = topicProblem(topic);
      if (problem !== undefined) throw new Error(problem);
      return link.connection === undefined ? false : link.connection.publish(topic, payload, how);
    },
    subscribe: taken.add,
    onConnected(work) {
      const watcher = () => work();
      watchers.add(watcher);
      const isNow = () => watchers.has(watcher) && link.status.connected;
      if (link.status.connected) queueMicrotask(() => isNow() && runGuarded(link, watcher));
      return () => watchers.delete(watcher);
    },
    async close() {
      link.isClosed = true;
      link.stopRetry();
      const last = link.connection;
      link.connection = undefined;
      if (link.status.connected) link.status = { ...link.status, connected: false, since: clock.now() };
      await last?.close();
    },
  };
}
