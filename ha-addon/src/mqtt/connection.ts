import type { Clock } from "@heatloop/core/time/clock";
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import { announcedLimits, type BrokerLimits, publishBytes, stricter, within } from "./limits.ts";
import type { MqttMessage } from "./message.ts";

/** One connection from its first byte to its end; nothing of it lives on in the next one. */
export type Connection = {
  /** As far as the broker's limits let it: without retain and with QoS 0 where it must be, not at all where too large. */
  publish(topic: string, payload: string, how: { readonly retain: boolean; readonly qos: 0 | 1 }): Promise<boolean>;
  limits(): BrokerLimits;
  subscribe(filter: string, id: number): void;
  unsubscribe(filter: string): void;
  /** Takes leave of the broker, so that it does not publish the will. */
  close(): Promise<void>;
};

export type ConnectionParts = {
  readonly options: IClientOptions;
  /** What is known of the broker's limits before it tells them. */
  readonly limits: BrokerLimits;
  readonly clock: Clock;
  readonly accepted: () => void;
  /** Called once, at the end of a connection that was not closed by us. */
  readonly ended: (error: unknown, largestUnconfirmedBytes: number) => void;
  readonly message: (message: MqttMessage, ids: number | readonly number[] | undefined) => void;
  readonly refused: (what: string) => void;
  /** A message was not sent, as it is larger than the broker takes. */
  readonly tooLarge: (topic: string) => void;
};

const confirmWithinMs = 10_000;
const leaveWithinMs = 2_000;
/** A command that the broker could not hand on by then is out of date. */
const commandLifeS = 60;

/**
 * Connects once. A client is never used again after its end: so no message can be sent a second time, and what waits
 * for its confirmation at the end is told false.
 */
export function openConnection(parts: ConnectionParts): Connection {
  const client: MqttClient = connect(parts.options);
  /** With the bytes of what the broker has to confirm. */
  const waiting = new Map<(sent: boolean) => void, number>();
  const line: (() => void)[] = [];
  let inFlight = 0;
  let state: "connecting" | "accepted" | "ended" = "connecting";
  let lastError: unknown;

  function end(error: unknown): void {
    if (state === "ended") return;
    state = "ended";
    const largest = Math.max(0, ...waiting.values());
    for (const settle of waiting.keys()) settle(false);
    client.end(true);
    parts.ended(error, largest);
  }

  client.on("connect", () => {
    if (state !== "connecting") return;
    state = "accepted";
    parts.accepted();
  });
  client.on("message", (topic, payload, { retain, properties }) => {
    parts.message({ topic, payload, retained: retain }, properties?.subscriptionIdentifier);
  });
  client.on("disconnect", ({ reasonCode }) => end(Object.assign(new Error("DISCONNECT"), { code: reasonCode })));
  client.on("error", end);
  // WebSocket errors have no code, and the client passes on only those that have.
  client.stream.on("error", (error) => (lastError ??= error));
  client.on("close", () => end(lastError));

  /** The broker may allow few unconfirmed messages at once (MQTT 5, 3.2.2.3.3) and hang up on one more. */
  function next(): void {
    const most = client.serverProperties?.receiveMaximum ?? 65_535;
    while (state === "accepted" && inFlight < most) {
      const send = line.shift();
      if (send === undefined) return;
      send();
    }
  }

  function limits(): BrokerLimits {
    return stricter(parts.limits, announcedLimits(client.serverProperties));
  }

  function publish(topic: string, payload: string, wish: { retain: boolean; qos: 0 | 1 }): Promise<boolean> {
    if (state !== "accepted") return Promise.resolve(false);
    const { packetBytes } = limits();
    const bytes = publishBytes(topic, payload);
    if (bytes > packetBytes) {
      parts.tooLarge(topic);
      return Promise.resolve(false);
    }
    const how = within(wish, limits());
    return new Promise((resolve) => {
      const stopTimer = parts.clock.after(confirmWithinMs, () => settle(false));
      function settle(sent: boolean): void {
        if (!waiting.delete(settle)) return;
        stopTimer();
        resolve(sent);
      }
      function send(): void {
        if (!waiting.has(settle)) return;
        inFlight += how.qos;
        const properties = wish.qos === 1 && !wish.retain ? { messageExpiryInterval: commandLifeS } : {};
        client.publish(topic, payload, { ...how, properties }, (error) => {
          inFlight -= how.qos;
          if (error && state === "accepted") parts.refused(`publish to ${topic} (${error.message})`);
          settle(!error);
          next();
        });
      }
      waiting.set(settle, how.qos === 0 ? 0 : bytes);
      if (how.qos === 0) return send();
      line.push(send);
      next();
    });
  }

  function subscribe(filter: string, id: number): void {
    if (state !== "accepted") return;
    const identified =
      parts.options.protocolVersion === 5 && client.serverProperties?.subscriptionIdentifiersAvailable !== false;
    const properties = identified ? { properties: { subscriptionIdentifier: id } } : {};
    client.subscribe(filter, { qos: limits().qos, ...properties }, (error) => {
      if (error && state === "accepted") parts.refused(`subscribe to ${filter} (${error.message})`);
    });
  }

  async function close(): Promise<void> {
    const wasAccepted = state === "accepted";
    state = "ended";
    for (const settle of waiting.keys()) settle(false);
    for (const id of Object.keys(client.outgoing)) client.removeOutgoingMessage(Number(id));
    const left = new Promise<void>((resolve) => {
      const stopTimer = parts.clock.after(leaveWithinMs, () => {
        client.stream.destroy();
        resolve();
      });
      client.end(!wasAccepted, () => {
        stopTimer();
        resolve();
      });
    });
    await left;
  }

  return {
    publish,
    limits,
    subscribe,
    unsubscribe(filter) {
      if (state === "accepted") client.unsubscribe(filter);
    },
    close,
  };
}
