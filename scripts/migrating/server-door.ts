import { refusalOf } from "@heatloop/ha-addon/mqtt/refusal";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { CannotMigrate } from "./both-archives.ts";

/** The broker of the new server, and the heat pump's own user there. */
export type ServerDoor = {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string;
  /** The heat pump's name: its user at the broker and the first part of its topics. */
  readonly heatPump: string;
  readonly password: string;
};

const answersWithinMs = 15_000;

/** Where the bridge says whether it is connected, `1` or `0`, retained. */
export function bridgeTopic(heatPump: string): string {
  return `${heatPump}/bridge`;
}

/**
 * Goes in as the ESP32 does: with TLS, the heat pump's user and its password. Throws `CannotMigrate` with a sentence where the server
 * cannot be reached, is not who it should be, or does not let it in.
 */
export async function enter(door: ServerDoor): Promise<MqttClient> {
  const { host, port, ca, heatPump, password } = door;
  const url = `mqtts://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const options: IClientOptions = {
    ...{ ca, username: heatPump, password, protocolVersion: 5, connectTimeout: answersWithinMs, reconnectPeriod: 0 },
    clientId: `heatloop-migrate-${process.pid}`,
    clean: true,
  };
  let client: MqttClient;
  try {
    client = await connectAsync(url, options);
  } catch (error) {
    const reason = refusalOf({ error, accepted: false, briefInARow: 0, url, caFile: "--ca" });
    throw new CannotMigrate(`The new server: ${inTermsOfOptions(reason)}.`);
  }
  try {
    await client.publishAsync(`${heatPump}/migration`, "", { qos: 1, retain: false });
  } catch {
    await client.endAsync(true);
    throw new CannotMigrate(
      `The new server lets ${heatPump} in, but not publish below ${heatPump}/: add it to HEAT_PUMPS among the server's answers and run deploy/install.sh there.`,
    );
  }
  return client;
}

function inTermsOfOptions(reason: string): string {
  return reason
    .replaceAll("mqtt.username and mqtt.password", "--device and the password")
    .replaceAll("mqtt.url", "--server")
    .replaceAll("mqtt.ca_file", "--ca");
}

/** The heat pump as the new server hears it: whether a bridge brings it, and what calls each message. */
export type HeardThere = {
  /** Undefined where no bridge has ever been there. */
  readonly isBridged: () => boolean | undefined;
  /** Resolves with the next message of the heat pump that is not retained; false where none came in time. */
  readonly nextReport: (withinMs: number) => Promise<boolean>;
  /** Resolves once the bridge is away; false where it stays. */
  readonly bridgeAway: (withinMs: number) => Promise<boolean>;
};

/** Listens to the heat pump at the new server. */
export async function listenThere(client: MqttClient, heatPump: string): Promise<HeardThere> {
  let isBridged: boolean | undefined;
  const onBridge = new Set<() => void>();
  const onReport = new Set<() => void>();
  client.on("message", (topic, payload, { retain }) => {
    if (topic === bridgeTopic(heatPump)) {
      isBridged = payload.toString() === "1";
      for (const tell of onBridge) tell();
    } else if (!retain && (topic.endsWith("/state") || topic === `${heatPump}/status`)) {
      for (const tell of onReport) tell();
    }
  });
  await client.subscribeAsync(`${heatPump}/#`, { qos: 1 });
  // What is retained comes before the answer to a message of our own, as the broker keeps their order.
  await roundTrip(client, heatPump);
  return {
    isBridged: () => isBridged,
    nextReport: (withinMs) => told(onReport, () => true, withinMs),
    bridgeAway: async (withinMs) => isBridged !== true || told(onBridge, () => isBridged !== true, withinMs),
  };
}

async function roundTrip(client: MqttClient, heatPump: string): Promise<void> {
  const topic = `${heatPump}/migration`;
  await new Promise<void>((back) => {
    const take = (from: string) => {
      if (from !== topic) return;
      client.off("message", take);
      back();
    };
    client.on("message", take);
    client.publish(topic, "", { qos: 1, retain: false });
  });
}

/** Whether one of what is told is what is waited for, within a time. */
function told(listeners: Set<() => void>, isSo: () => boolean, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const listen = () => {
      if (isSo()) end(true);
    };
    const timer = setTimeout(() => end(false), withinMs);
    function end(wasTold: boolean): void {
      clearTimeout(timer);
      listeners.delete(listen);
      resolve(wasTold);
    }
    listeners.add(listen);
  });
}
