import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { type Log, messageOf } from "@heatloop/program/log";
import { connect, type IClientOptions } from "mqtt";
import { isPassing } from "../database/away.ts";

/** How a message came. */
export type MessageArrival = {
  /** ms since the epoch; also where it had to wait for the database then. */
  readonly at: number;
  /** Whether the broker had kept it. */
  readonly isRetained: boolean;
};

/** Messages of topics under a filter, and who takes them. */
export type MessageTaker = {
  readonly filter: string;
  readonly take: (topic: string, payload: Buffer, arrival: MessageArrival) => Promise<void>;
};

/** One connection to the broker, that takes one message after the other. */
export type BrokerConnection = {
  connected(): boolean;
  close(): Promise<void>;
};

export type BrokerConnectionParts = {
  readonly url: string;
  readonly options: IClientOptions;
  readonly taker: MessageTaker;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when it is connected, and with why when it is not. */
  readonly changed: (away?: string) => void;
};

const group = "ingest";
const retryMs = 2 * secondMs;

/**
 * Connects in the background, and stays at it. A message is acknowledged once it was taken; while the database is away it waits,
 * and the broker sends no more than fit its window. One that was published with QoS 0 cannot be acknowledged; it waits all the same.
 */
export function openBrokerConnection(parts: BrokerConnectionParts): BrokerConnection {
  const { url, options, taker, clock, log, changed } = parts;
  const closed = Promise.withResolvers<"closed">();
  /** Numbers the connections: what came on one must not be acknowledged on the next, where its number is another message's. */
  let nth = 0;
  const client = connect(url, {
    ...options,
    reconnectPeriod: retryMs,
    customHandleAcks(topic, payload, { retain }, done) {
      take(topic, payload as Buffer, retain, () => done(0));
    },
  });
  client.handleMessage = ({ qos, topic, payload, retain }, done) => {
    if (qos === 0) take(topic, Buffer.from(payload), retain, () => done());
    else done();
  };

  function take(topic: string, payload: Buffer, isRetained: boolean, next: () => void): void {
    const cameOn = nth;
    void taken(topic, payload, { at: clock.now(), isRetained }).then((isTaken) => {
      if (isTaken && cameOn === nth) next();
    });
  }

  async function taken(topic: string, payload: Buffer, arrival: MessageArrival): Promise<boolean> {
    for (;;) {
      try {
        await taker.take(topic, payload, arrival);
        return true;
      } catch (error) {
        if (!isPassing(error)) {
          log.warn("a message of a node could not be taken", { topic, error: messageOf(error) });
          return true;
        }
      }
      const waited = new Promise<"waited">((resolve) => clock.after(retryMs, () => resolve("waited")));
      if ((await Promise.race([waited, closed.promise])) === "closed") return false;
    }
  }

  client.on("connect", () => {
    nth += 1;
    changed();
    client.subscribe(`$share/${group}/${taker.filter}`, { qos: 1 }, (error) => {
      if (error) changed(messageOf(error));
    });
  });
  client.on("error", (error) => changed(messageOf(error)));
  client.on("close", () => changed("the connection ended"));
  return {
    connected: () => client.connected,
    async close() {
      closed.resolve("closed");
      await client.endAsync(true);
    },
  };
}
