import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Heartbeat } from "@heatloop/core/hub/heartbeat";
import { certificatePath, heartbeatPath } from "@heatloop/core/hub/node-paths";
import { type TelemetryAnswer, telemetryPath } from "@heatloop/core/hub/telemetry";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { connectAsync } from "mqtt";
import type { HubAccount } from "../../hub-scene/hub-people.ts";
import { signedPost } from "../../hub-scene/signed-post.ts";
import { rowsAtOnce } from "./stored-hub.ts";

/** A home that sends a day of its past, and then each minute as it comes, as the add-on does. */
export type PacedHome = {
  /** Ends it; how many of its rows were stored, and how many of its requests were not taken. */
  stop(): { readonly stored: number; readonly failed: number };
};

type IssuedCertificate = { readonly certificate: string; readonly broker_ca: string };

type PacedHomeParts = {
  readonly admin: HubAccount;
  readonly number: number;
  /** How many there are: they are spread over the minute. */
  readonly of: number;
  readonly hubUrls: readonly string[];
  readonly brokerUrl: string;
  /** Of a day: what it logs, again and again. */
  readonly rows: readonly Minute[];
};

/** Registers a home, connects it to the broker and starts to send. */
export async function startPacedHome(parts: PacedHomeParts): Promise<PacedHome> {
  const { admin, number, rows, of, brokerUrl } = parts;
  const url = parts.hubUrls[number % parts.hubUrls.length] as string;
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { id } = await admin.post<{ id: string }>("/api/v1/nodes", {
    name: `Home ${number + 1}`,
    public_key: x(publicKey),
  });
  const counts = { stored: 0, failed: 0 };
  const ended = new AbortController();

  async function post<T>(path: string, body: object): Promise<T | undefined> {
    const bytes = Buffer.from(JSON.stringify(body));
    const by = { alg: "ed25519", key: privateKey, keyId: id } as const;
    const reply = await signedPost(url + path, bytes, by).catch(() => undefined);
    if (reply?.ok !== true) counts.failed += 1;
    const text = (await reply?.text()) ?? "";
    return reply?.ok === true && text !== "" ? (JSON.parse(text) as T) : undefined;
  }

  async function send(from: number, to: number): Promise<void> {
    const minutes = linesOf(rows, number, { from, to });
    const answer = await post<TelemetryAnswer>(telemetryPath, {
      devices: [{ device: "pump", time_zone: "UTC", minutes }],
    });
    counts.stored += answer?.devices[0]?.minutes.stored ?? 0;
  }

  async function run(): Promise<void> {
    const now = Math.floor(Date.now() / minuteMs) * minuteMs;
    let next = now - rows.length * minuteMs;
    await pause((number / of) * minuteMs);
    for (; next < now; next += rowsAtOnce * minuteMs) await send(next, Math.min(next + rowsAtOnce * minuteMs, now));
    next = now;
    while (!ended.signal.aborted) {
      const until = Math.floor(Date.now() / minuteMs) * minuteMs;
      if (until > next) await send(next, until);
      next = Math.max(next, until);
      await post(heartbeatPath, heartbeat());
      await pause(minuteMs, undefined, { signal: ended.signal }).catch(() => {});
    }
  }

  const own = generateKeyPairSync("ed25519");
  const issued = await post<IssuedCertificate>(certificatePath, { public_key: x(own.publicKey) });
  if (issued === undefined) throw new Error("the hub issues no certificate");
  const client = await connectAsync(brokerUrl, {
    ...{ protocolVersion: 5, clientId: id, ca: issued.broker_ca, cert: issued.certificate },
    key: own.privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  });
  const running = run();
  running.catch((error) => console.error(String(error)));
  return {
    stop() {
      ended.abort();
      client.end(true);
      return counts;
    },
  };
}

/** The text of a home's minutes, each at its own place of the day that all homes have. */
function linesOf(
  rows: readonly Minute[],
  home: number,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const zone = zoneOf("UTC") as Zone;
  const lines: string[] = [];
  for (let at = from; at < to; at += minuteMs) {
    const row = rows[(at / minuteMs + home) % rows.length];
    if (row !== undefined) lines.push(minuteRow({ ...row, at }, zone));
  }
  return [minutesHeader, ...lines].join("\n");
}

function heartbeat(): Heartbeat {
  return {
    ...{ version: "0.1.0", os_version: null, uptime_s: 0, last_reboot_at: null },
    ...{ disk_free_bytes: null, memory_bytes: null, clock_at: new Date().toISOString() },
  };
}

/** The 32 bytes of a public key, as base64url. */
function x(key: KeyObject): string {
  return String(key.export({ format: "jwk" }).x);
}
