import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { type Log, messageOf } from "@heatloop/program/log";
import { connect, connectAsync, type IClientOptions } from "mqtt";
import { isAway as isDatabaseAway } from "../database/away.ts";

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
  /** Messages under a filter, shared with all other hubs: each comes to one of them, and is acknowledged once `take` is done. */
  share(filter: string, take: (topic: string, payload: Buffer) => Promise<void>): void;
  connected(): boolean;
  /** Ends the connection of whoever has this client id, whatever the broker is: it takes the last one that comes. */
  disconnect(clientId: string): Promise<void>;
  close(): Promise<void>;
};

const group = "hub";
const retryMs = 2 * secondMs;
const answersWithinMs = 5 * secondMs;

/** Connects in the background, and stays at it; a broker that is away is logged once. */
export function openHubMqtt({ url, password, ca, clock, log }: HubMqttParts): HubMqtt {
  const takers: { readonly filter: string; readonly take: (topic: string, payload: Buffer) => Promise<void> }[] = [];
  const options: IClientOptions = {
    protocolVersion: 5,
    connectTimeout: answersWithinMs,
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
  };
  const client = connect(url, {
    ...options,
    reconnectPeriod: retryMs,
    customHandleAcks(topic, payload, _packet, done) {
      void taken(topic, payload as Buffer).then((isTaken) => {
        if (isTaken) done(0);
      });
    },
  });
  let isAway = false;
  const closed = Promise.withResolvers<"closed">();

  /** While the database is away a message waits; as it is not acknowledged, the broker sends no more of them than fit its window. */
  async function taken(topic: string, payload: Buffer): Promise<boolean> {
    for (;;) {
      try {
        for (const { filter, take } of takers) if (fits(filter, topic)) await take(topic, payload);
        return true;
      } catch (error) {
        if (!isDatabaseAway(error)) {
          log.warn("a message of a node could not be taken", { topic, error: messageOf(error) });
          return true;
        }
      }
      const waited = new Promise<"waited">((resolve) => clock.after(retryMs, () => resolve("waited")));
      if ((await Promise.race([waited, closed.promise])) === "closed") return false;
    }
  }

  function away(why: string): void {
    if (isAway) return;
    isAway = true;
    log.warn("the broker cannot be reached; it is tried again", { why });
  }

  const subscribe = (filter: string) =>
    client.subscribe(`$share/${group}/${filter}`, { qos: 1 }, (error) => {
      if (error) away(messageOf(error));
    });
  client.on("connect", () => {
    if (isAway) log.info("the broker is reached again");
    isAway = false;
    for (const { filter } of takers) subscribe(filter);
  });
  client.on("error", (error) => away(messageOf(error)));
  client.on("close", () => away("the connection ended"));
  return {
    share(filter, take) {
      takers.push({ filter, take });
      if (client.connected) subscribe(filter);
    },
    connected: () => client.connected,
    async disconnect(clientId) {
      const other = await connectAsync(url, { ...options, clientId, clean: true, reconnectPeriod: 0 });
      await other.endAsync();
    },
    async close() {
      closed.resolve("closed");
      isAway = true;
      await client.endAsync(true);
    },
  };
}

/** Of filters with `+` alone. */
function fits(filter: string, topic: string): boolean {
  const [wanted, words] = [filter.split("/"), topic.split("/")];
  return wanted.length === words.length && wanted.every((word, at) => word === "+" || word === words[at]);
}
