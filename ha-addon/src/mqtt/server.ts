import { readFile } from "node:fs/promises";
import type { IClientOptions } from "mqtt";

/** Where the broker is (mqtt, mqtts, ws or wss) and who we are to it; the CA as a file or as PEM text. */
export type MqttServer = {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly caFile?: string | undefined;
  readonly ca?: string | undefined;
  /** What we show who we are with, and its private key, as PEM texts. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
};

/** Where the broker is and by which authority, without who we are to it; `url` has no user in it. */
export type BrokerPlace = Pick<MqttServer, "url" | "caFile" | "ca">;

export function brokerPlace({ url, caFile, ca }: MqttServer): BrokerPlace {
  const place = URL.parse(url);
  if (place === null) return { url, caFile, ca };
  place.username = "";
  place.password = "";
  return { url: place.href, caFile, ca };
}

/** What the broker publishes for us when the connection is lost. */
export type Will = {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  readonly qos: 0 | 1;
};

export type MqttVersion = 5 | 4;

/** Nothing that we read comes near it; it keeps a misplaced file out of our memory. */
const largestPacketBytes = 16 * 1024 * 1024;

/**
 * What the MQTT client needs to know of the server; reads the CA file. Rejects with a sentence for the user where the
 * URL or the file is no use.
 */
export async function clientOptions(
  server: MqttServer,
  who: { readonly clientId: string; readonly will: Will; readonly version: MqttVersion },
): Promise<IClientOptions> {
  const protocol = /^(mqtts?|wss?):$/.exec(URL.parse(server.url)?.protocol ?? "")?.[1];
  if (protocol === undefined)
    throw new Error("mqtt.url must be like mqtt://host:1883, mqtts://host:8883 or wss://host/mqtt");
  const url = new URL(server.url);
  const username = server.username ?? decodeURIComponent(url.username);
  const password = server.password ?? decodeURIComponent(url.password);
  const ca = server.ca ?? (server.caFile === undefined ? undefined : await readCa(server.caFile));
  return {
    protocol: protocol as "mqtt" | "mqtts" | "ws" | "wss",
    hostname: protocol.startsWith("ws") ? url.hostname : url.hostname.replace(/^\[|\]$/g, ""),
    ...(url.port === "" ? {} : { port: Number(url.port) }),
    ...(protocol.startsWith("ws") ? { path: `${url.pathname}${url.search}` } : {}),
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
    ...(server.cert === undefined || server.key === undefined ? {} : { cert: server.cert, key: server.key }),
    clientId: who.clientId,
    will: { ...who.will, payload: Buffer.from(who.will.payload) },
    protocolVersion: who.version,
    ...(who.version === 5 ? { properties: { maximumPacketSize: largestPacketBytes } } : {}),
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    keepalive: 30,
    connectTimeout: 15_000,
    // The client's table of all packet ids takes 7 MB and is built before the first byte is sent.
    writeCache: false,
    log: () => {},
  };
}

/** The PEM text of the CA file of a setting. Rejects with a sentence for the user where it cannot be read or has no certificate. */
export async function readCa(file: string, setting = "mqtt.ca_file"): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new Error(`the CA file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}): check ${setting}`);
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----")) {
    throw new Error(`${file} holds no certificate in PEM form: check ${setting}`);
  }
  return text;
}
