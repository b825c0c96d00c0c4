import type { Clock } from "@heatloop/core/time/clock";
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import { announcedLimits, type BrokerLimits, publishBytes, stricter, within } from "./limits.ts";
import type { MqttMessage } from "./message.ts";
import { outgoingMessages } from "./outgoing.ts";

/** One connection from its first byte to its end; nothing of it lives on in the next one. */
export type Connection = {
  /** Within the broker's limits: without retain and with QoS 0 where it must be, not at all where it is too large. */
  publish(topic: string, payload: string, how: { readonly retain: boolean; readonly qos: 0 | 1 }): Promise<boolean>;
  limits(): BrokerLimits;
  subscribe(filter: string, id: number): void;
  unsubscribe(filter: string): void;
  /** Disconnects cleanly (DISCONNECT), so that the will is not published. */
  close(): Promise<void>;
};

export type ConnectionParts = {
  readonly options: IClientOptions;
  /** What is known of the broker's limits before it announces them. */
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

/** Chosen: a broker that answers at all does so at once, and the program ends within 5 s. */
const leaveWithinMs = 2_000;
/** A command that the broker could not deliver by then is out of date. */
const commandLifeS = 60;

/**
 * Connects once. A client is never used again after its end: so no message can be sent a second time, and what waits
 * for its confirmation at the end is false.
 */
export function openConnection(parts: ConnectionParts): Connection {
  const { options, clock } = parts;
  const client: MqttClient = connect(options);
  let state: "connecting" | "accepted" | "ended" = "connecting";
  let lastError: unknown;
  const isAccepted = () => state === "accepted";
  const outgoing = outgoingMessages({ client, clock, isAccepted, refused: parts.refused });

  function end(error: unknown): void {
    if (state === "ended") return;
    state = "ended";
    const largest = outgoing.giveUp();
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

  const limits = () => stricter(parts.limits, announcedLimits(client.serverProperties));
  return {
    limits,
    publish(topic, payload, how) {
      if (!isAccepted()) return Promise.resolve(false);
      const allowed = limits();
      const bytes = publishBytes(topic, payload);
      if (bytes > allowed.packetBytes) {
        parts.tooLarge(topic);
        return Promise.resolve(false);
      }
      const lifeS = how.qos === 1 && !how.retain ? commandLifeS : undefined;
      return outgoing.send({ topic, payload, bytes, lifeS, ...within(how, allowed) });
    },
    subscribe(filter, id) {
      if (isAccepted()) subscribe({ ...parts, client, isAccepted, qos: limits().qos }, filter, id);
    },
    unsubscribe(filter) {
      if (isAccepted()) client.unsubscribe(filter);
    },
    async close() {
      const wasAccepted = isAccepted();
      state = "ended";
      outgoing.giveUp();
      await leave(client, clock, wasAccepted);
    },
  };
}

function subscribe(
  how: Pick<ConnectionParts, "options" | "refused"> & {
    readonly client: MqttClient;
    readonly isAccepted: () => boolean;
    readonly qos: 0 | 1;
  },
  filter: string,
  id: number,
): void {
  const { client, options, qos } = how;
  const takesIds = options.protocolVersion === 5 && client.serverProperties?.subscriptionIdentifiersAvailable !== false;
  const properties = takesIds ? { properties: { subscriptionIdentifier: id } } : {};
  client.subscribe(filter, { qos, ...properties }, (error) => {
    if (error && how.isAccepted()) how.refused(`subscribe to ${filter} (${error.message})`);
  });
}

/** Disconnects cleanly, and cuts the connection off where that takes too long. */
async function leave(client: MqttClient, clock: Clock, wasAccepted: boolean): Promise<void> {
  for (const id of Object.keys(client.outgoing)) client.removeOutgoingMessage(Number(id));
  await new Promise<void>((resolve) => {
    const stopTimer = clock.after(leaveWithinMs, () => {
      client.stream.destroy();
      resolve();
    });
    client.end(!wasAccepted, () => {
      stopTimer();
      resolve();
    });
  });
}
