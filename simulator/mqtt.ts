import { readFileSync } from "node:fs";
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { OpenWire, Wire, WireParts } from "./firmware/wire.ts";

/** Where the broker is, and who connects. */
export type BrokerAddress = {
  /** mqtt://host:1883 or mqtts://host:8883. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** File with the certificate authority of the broker, for TLS. */
  readonly caFile?: string | undefined;
  /** Files with the certificate of who connects, and its key. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
};

/** Chosen: soon enough for a demo, without filling the log of a broker that is down. */
const retryMs = 2000;

/**
 * Wires to an MQTT broker, one connection each. `log` gets a sentence when a connection fails, and when it is back.
 * Throws where a file can't be read.
 */
export function mqttWires(broker: BrokerAddress, log: (sentence: string) => void): OpenWire {
  const { url, username, password, caFile, certFile, keyFile } = broker;
  const [ca, cert, key] = [caFile, certFile, keyFile].map((file) =>
    file === undefined ? undefined : readFileSync(file),
  );

  return (parts) => {
    const options: IClientOptions = {
      clientId: parts.clientId,
      // As ESPHome does: keepalive 15 s, nothing is kept for later.
      keepalive: 15,
      reconnectPeriod: retryMs,
      connectTimeout: 10_000,
      queueQoSZero: false,
      resubscribe: false,
      ...(parts.will === undefined ? {} : { will: { ...willOf(parts.will), retain: true, qos: 0 as const } }),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    };
    return openWire(() => connect(url, options), parts, problemLog(parts.clientId, withoutPassword(url), log));
  };
}

function willOf({ topic, payload }: NonNullable<WireParts["will"]>) {
  return { topic, payload: Buffer.from(payload) };
}

/** A connection to the broker as it comes and goes. */
type Connection = {
  readonly begin: () => MqttClient;
  readonly parts: WireParts;
  readonly onProblem: (problem: string | undefined) => void;
  readonly subscriptions: Map<string, (payload: string) => void>;
  client: MqttClient | undefined;
  wanted: boolean;
  /** The end of the connection before: its DISCONNECT must reach the broker before the same client id comes again. */
  ended: Promise<unknown>;
};

function openWire(begin: () => MqttClient, parts: WireParts, onProblem: Connection["onProblem"]): Wire {
  const connection: Connection = {
    begin,
    parts,
    onProblem,
    subscriptions: new Map(),
    client: undefined,
    wanted: false,
    ended: Promise.resolve(),
  };
  const isConnected = () => connection.client?.connected === true;
  return {
    connected: isConnected,
    publish(topic, payload, options) {
      connection.client?.publish(topic, payload, options, () => {});
    },
    subscribe(topic, receive) {
      connection.subscriptions.set(topic, receive);
      if (isConnected()) connection.client?.subscribe(topic, { qos: 0 }, () => {});
    },
    connect() {
      connection.wanted = true;
      void connection.ended.then(() => {
        if (connection.wanted) connection.client ??= startClient(connection);
      });
    },
    async disconnect() {
      await end(connection, !isConnected());
    },
    drop() {
      // Forced: the socket is cut without a DISCONNECT, so the broker sends the last will.
      void end(connection, true);
    },
  };
}

function startClient(connection: Connection): MqttClient {
  const { begin, parts, onProblem, subscriptions } = connection;
  const client = begin();
  client.on("connect", () => {
    if (client !== connection.client) return;
    onProblem(undefined);
    if (subscriptions.size > 0) client.subscribe([...subscriptions.keys()], { qos: 0 }, () => {});
    parts.onConnected();
  });
  client.on("message", (topic, payload) => {
    if (client === connection.client) subscriptions.get(topic)?.(payload.toString("utf8"));
  });
  client.on("error", (error) => onProblem(error.message === "" ? error.name : error.message));
  client.on("offline", () => onProblem("no connection"));
  return client;
}

async function end(connection: Connection, forced: boolean): Promise<void> {
  connection.wanted = false;
  const ending = connection.client;
  connection.client = undefined;
  if (ending !== undefined) connection.ended = forced ? ending.endAsync(true).catch(() => {}) : sayGoodbye(ending);
  await connection.ended;
}

/** Chosen: a broker answers within moments, and nobody who ends the simulator waits for one that does not any more. */
const goodbyeMs = 2000;

/** Disconnects cleanly. What the broker has not answered is waited for, but not for ever. */
async function sayGoodbye(client: MqttClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, goodbyeMs);
  });
  await Promise.race([client.endAsync(false).catch(() => {}), late]);
  clearTimeout(timer);
  client.stream.destroy();
}

/** Logs each problem of a connection once, and its end. */
function problemLog(clientId: string, address: string, log: (sentence: string) => void): Connection["onProblem"] {
  let last: string | undefined;
  return (problem) => {
    if (problem === last) return;
    last = problem;
    if (problem === undefined) log(`${clientId} reached the broker at ${address}.`);
    else log(`${clientId} can't reach the broker at ${address} (${problem}); it keeps trying.`);
  };
}

function withoutPassword(url: string): string {
  const read = new URL(url);
  read.username = "";
  read.password = "";
  return read.toString();
}
