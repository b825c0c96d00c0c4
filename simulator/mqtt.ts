import { readFileSync } from "node:fs";
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { OpenWire, Wire, WireParts } from "./firmware/wire.ts";

export type BrokerAddress = {
  /** mqtt://host:1883 or mqtts://host:8883. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** File with the certificate authority of the broker, for TLS. */
  readonly caFile?: string | undefined;
};

const retryMs = 2000;

/**
 * Wires to an MQTT broker, one connection each. `say` gets a sentence when a connection comes or fails.
 * Throws where the CA file can't be read.
 */
export function mqttWires(broker: BrokerAddress, say: (sentence: string) => void): OpenWire {
  const { url, username, password, caFile } = broker;
  const ca = caFile === undefined ? undefined : readFileSync(caFile);

  return (parts) => {
    const options: IClientOptions = {
      clientId: parts.clientId,
      // ESPHome's own: keepalive 15 s, nothing is kept for later.
      keepalive: 15,
      reconnectPeriod: retryMs,
      connectTimeout: 10_000,
      queueQoSZero: false,
      resubscribe: false,
      will: { topic: parts.will.topic, payload: Buffer.from(parts.will.payload), retain: true, qos: 0 },
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca }),
    };
    return openWire(() => connect(url, options), parts, withoutPassword(url), say);
  };
}

function openWire(
  begin: () => MqttClient,
  { clientId, onConnected }: WireParts,
  address: string,
  say: (sentence: string) => void,
): Wire {
  const takers = new Map<string, (payload: string) => void>();
  let client: MqttClient | undefined;
  let wanted = false;
  /** The end of the connection before: its goodbye must reach the broker before the same client id comes again. */
  let ended: Promise<unknown> = Promise.resolve();
  let problem: string | undefined;

  function lost(why: string): void {
    if (problem === why) return;
    problem = why;
    say(`${clientId} can't reach the broker at ${address} (${why}); it goes on trying.`);
  }

  function start(): MqttClient {
    const fresh = begin();
    fresh.on("connect", () => {
      if (fresh !== client) return;
      if (problem !== undefined) say(`${clientId} reached the broker at ${address}.`);
      problem = undefined;
      if (takers.size > 0) fresh.subscribe([...takers.keys()], { qos: 0 }, () => {});
      onConnected();
    });
    fresh.on("message", (topic, payload) => {
      if (fresh === client) takers.get(topic)?.(payload.toString("utf8"));
    });
    fresh.on("error", (error) => lost(error.message === "" ? error.name : error.message));
    fresh.on("offline", () => lost("no connection"));
    return fresh;
  }

  async function end(forced: boolean): Promise<void> {
    wanted = false;
    const ending = client;
    client = undefined;
    if (ending !== undefined) ended = ending.endAsync(forced).catch(() => {});
    await ended;
  }

  return {
    connected: () => client?.connected === true,
    publish(topic, payload, how) {
      client?.publish(topic, payload, how, () => {});
    },
    subscribe(topic, take) {
      takers.set(topic, take);
      if (client?.connected === true) client.subscribe(topic, { qos: 0 }, () => {});
    },
    connect() {
      wanted = true;
      void ended.then(() => {
        if (wanted) client ??= start();
      });
    },
    async disconnect() {
      await end(client?.connected !== true);
    },
    drop() {
      // Forced: the socket is cut without a DISCONNECT, so the broker sends the last will.
      void end(true);
    },
  };
}

function withoutPassword(url: string): string {
  const read = new URL(url);
  read.username = "";
  read.password = "";
  return read.toString();
}
