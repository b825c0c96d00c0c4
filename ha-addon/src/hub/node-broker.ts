import { generateKeyPairSync } from "node:crypto";
import type { HomeEvent } from "@heatloop/core/hub/home-events";
import { certificatePath } from "@heatloop/core/hub/node-paths";
import type { Telemetry } from "@heatloop/core/hub/telemetry";
import { goneStatus, nodeTopic } from "@heatloop/core/hub/topics";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs, passed } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { parseJson } from "@heatloop/program/json-text";
import type { Log } from "@heatloop/program/log";
import { z } from "zod";
import { connectMqtt, type Mqtt } from "../mqtt/mqtt.ts";
import type { MqttServer } from "../mqtt/server.ts";
import type { HubLink } from "./hub-link.ts";

/** A hub may get a broker for nodes at any time. */
const askedEachMs = hourMs;
/** A certificate is replaced at the next connection so long before it ends. */
const renewedBeforeMs = 48 * hourMs;

const issuedSchema = z.object({
  url: z.string().regex(/^mqtts:/),
  broker_ca: z.string().nullable(),
  certificate: z.string(),
  expires_at: z.iso.datetime(),
});

type Issued = { readonly server: MqttServer; readonly expiresAt: number };

/** The certificate of now, when it was asked for, and how often it led to no connection since the last one that it did. */
type Held = { issued: Issued | undefined; askedAt: number; failures: number };

/** The hub's broker, as far as it has one for this home. */
export type NodeBroker = {
  connected(): boolean;
  /** Says under `nodes/<node>/status` how this home is, for as long as nothing else is said; false where the broker is away. */
  say(status: object): Promise<boolean>;
  /** Tells of an event, once and now, where the broker is there; what has to arrive is sent by HTTPS too. */
  tell(event: HomeEvent): void;
  /** Tells of rows, once and now; false where the broker does not take them. */
  tellRows(telemetry: Telemetry): Promise<boolean>;
  close(): Promise<void>;
};

export type NodeBrokerParts = {
  readonly hub: Pick<HubLink, "send" | "onChange" | "state">;
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: () => number;
};

/** Connects to the broker of the hub while this home is a node, by a key and a certificate that are in memory alone. */
export function openNodeBroker({ hub, clock, log: all, random = Math.random }: NodeBrokerParts): NodeBroker {
  const log = logOfHubsBroker(all);
  let mqtt: Mqtt | undefined;
  let node: string | null = null;
  let turn = 0;
  let stopTimer: Stop = () => {};
  let ending = Promise.resolve();

  const begin = inBackground(all, "the broker of the hub", async (of: number) => {
    const answer = await askedFor(hub);
    if (of !== turn) return;
    if (answer.issued === undefined) {
      stopTimer = clock.after(answer.waitMs, () => void begin(of));
      return;
    }
    const held: Held = { issued: answer.issued, askedAt: clock.now(), failures: 0 };
    node = hub.state().node;
    if (node === null) return;
    mqtt = connectMqtt({
      server: () => serverBy(held, hub, clock),
      clientId: node,
      will: { topic: nodeTopic(node, "status"), payload: goneStatus, retain: true, qos: 1 },
      clock,
      log,
      random,
    });
    mqtt.onConnected(() => {
      held.failures = 0;
    });
  });

  function end(): void {
    turn += 1;
    stopTimer();
    const last = mqtt;
    mqtt = undefined;
    ending = ending.then(() => last?.close());
  }

  /** False where the broker is away, or takes it not. */
  async function publish(what: "status" | "events" | "telemetry", said: object, retain = false): Promise<boolean> {
    if (mqtt === undefined || node === null) return false;
    return mqtt.publish(nodeTopic(node, what), JSON.stringify(said), { retain, qos: 1 });
  }

  const stopChanges = hub.onChange((isNode) => {
    end();
    if (isNode) void begin(turn);
  });
  return {
    connected: () => mqtt?.connected() ?? false,
    say: (status) => publish("status", { online: true, ...status }, true),
    tell: (event) => void publish("events", { events: [event] }),
    tellRows: (telemetry) => publish("telemetry", telemetry),
    async close() {
      stopChanges();
      end();
      await ending;
    },
  };
}

/** The broker with a certificate that is good, as far as is known: one may be revoked, which the broker alone tells. */
async function serverBy(held: Held, hub: Pick<HubLink, "send">, clock: Pick<Clock, "now">): Promise<MqttServer> {
  const now = clock.now();
  const isOver = held.issued === undefined || held.issued.expiresAt - now < renewedBeforeMs;
  if (isOver || (held.failures > 0 && passed(held.askedAt, now, askedEachMs))) {
    const { issued } = await askedFor(hub);
    held.issued = issued ?? (isOver ? undefined : held.issued);
    held.askedAt = now;
  }
  if (held.issued === undefined) throw new Error("the hub gives no certificate for its broker");
  held.failures += 1;
  return held.issued.server;
}

/** A certificate for a new key; without one, how long to wait before it is asked for again. */
async function askedFor(
  hub: Pick<HubLink, "send">,
): Promise<{ readonly issued: Issued | undefined; readonly waitMs: number }> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const body = JSON.stringify({ public_key: publicKey.export({ format: "jwk" }).x });
  const answer = await hub.send(certificatePath, body, "application/json");
  if (answer?.kind !== "taken")
    return { issued: undefined, waitMs: answer?.kind === "away" ? answer.waitMs : askedEachMs };
  const json = parseJson(answer.text);
  const read = issuedSchema.safeParse(json.ok ? json.value : undefined).data;
  if (read === undefined) return { issued: undefined, waitMs: askedEachMs };
  const key = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const { url, broker_ca: ca, certificate: cert } = read;
  return {
    issued: { server: { url, cert, key, ca: ca ?? undefined }, expiresAt: Date.parse(read.expires_at) },
    waitMs: 0,
  };
}

/** The home has a broker of its own; a person has to know which is meant. */
function logOfHubsBroker(log: Log): Log {
  const named = (message: string) => `the hub's broker: ${message}`;
  return {
    debug: (message, fields) => log.debug(named(message), fields),
    info: (message, fields) => log.info(named(message), fields),
    warn: (message, fields) => log.warn(named(message), fields),
    error: (message, fields) => log.error(named(message), fields),
  };
}
