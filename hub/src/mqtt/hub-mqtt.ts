import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import { connectAsync, type IClientOptions } from "mqtt";
import { type MessageTaker, openBrokerConnection } from "./connection.ts";

export type HubMqttParts = {
  /** `mqtts://user[:password]@host`. */
  readonly url: string;
  /** Of the URL's user, where the URL has none. */
  readonly password: string | undefined;
  /** Of whom the broker's certificate is, as PEM; undefined: of an authority that every machine knows. */
  readonly ca: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
};

/** The broker, as the hub needs it. */
export type HubMqtt = {
  /**
   * Messages under a filter, shared with all other hubs: each comes to one of them, and is acknowledged once `take` is done. So
   * many of them are taken side by side, on connections of their own.
   */
  share(filter: string, take: MessageTaker["take"], sideBySide: number): void;
  connected(): boolean;
  /** Ends the connection of whoever has this client id, whatever the broker is: it takes the last one that comes. */
  disconnect(clientId: string): Promise<void>;
  close(): Promise<void>;
};

const answersWithinMs = 5 * secondMs;
/** What the broker may send on a connection before the first of it is acknowledged: all of that is in memory. */
const receiveMaximum = 2;

/** A broker that is away is logged once, whatever waits for it. */
export function openHubMqtt({ url, password, ca, clock, log }: HubMqttParts): HubMqtt {
  const options: IClientOptions = {
    protocolVersion: 5,
    connectTimeout: answersWithinMs,
    properties: { receiveMaximum },
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
  };
  const connections: ReturnType<typeof openBrokerConnection>[] = [];
  const connected = () => connections.every((connection) => connection.connected());
  let isAway = false;

  function changed(away?: string): void {
    if (isAway ? away !== undefined || !connected() : away === undefined) return;
    isAway = away !== undefined;
    if (away === undefined) log.info("the broker is reached again");
    else log.warn("the broker cannot be reached; it is tried again", { why: away });
  }

  return {
    share(filter, take, sideBySide) {
      for (let i = 0; i < sideBySide; i += 1) {
        connections.push(openBrokerConnection({ url, options, taker: { filter, take }, clock, log, changed }));
      }
    },
    connected,
    async disconnect(clientId) {
      const other = await connectAsync(url, { ...options, clientId, clean: true, reconnectPeriod: 0 });
      await other.endAsync();
    },
    async close() {
      // What follows from the end is nothing to log.
      isAway = true;
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}
