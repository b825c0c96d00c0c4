import { generateKeyPairSync, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Heartbeat } from "@heatloop/core/hub/heartbeat";
import { heartbeatPath } from "@heatloop/core/hub/node-paths";
import pg from "pg";
import { signedPost } from "../hub-scene/signed-post.ts";

/** Many nodes that have lost their hub at one moment, and come back at one. */
export type Crowd = {
  /** Resolves once a hub has heard each of them. */
  comeBack(): Promise<void>;
};

/** So many connections at once are what a machine of this size takes. */
const atOnce = 200;
const retryMs = 500;

/** Makes nodes of a tenant, all with the same key: what a hub has to do for each is the same. */
export async function makeCrowd(parts: {
  readonly size: number;
  readonly databaseUrl: string;
  readonly urls: () => readonly string[];
  readonly random: () => number;
}): Promise<Crowd> {
  const { size, databaseUrl, urls, random } = parts;
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const ids = Array.from({ length: size }, () => randomUUID());
  const raw = Buffer.from(String(publicKey.export({ format: "jwk" }).x), "base64url");
  const client = new pg.Client({ connectionString: databaseUrl, options: "-c search_path=hub" });
  await client.connect();
  const { rows } = await client.query<{ id: number }>("select min(id) as id from tenants");
  const tenant = rows[0]?.id;
  await client.query("insert into nodes (id, tenant_id, name) select id, $1, 'Crowd' from unnest($2::uuid[]) as id", [
    tenant,
    ids,
  ]);
  await client.query(
    `insert into node_keys (tenant_id, node_id, slot, alg, public_key, created_at)
      select $1, id, 1, 'ed25519', $3, now() from unnest($2::uuid[]) as id`,
    [tenant, ids, raw],
  );
  await client.query("insert into node_presence (node_id, tenant_id) select id, $1 from unnest($2::uuid[]) as id", [
    tenant,
    ids,
  ]);
  await client.end();

  async function beat(id: string): Promise<boolean> {
    const all = urls();
    const url = `${all[Math.floor(random() * all.length)]}${heartbeatPath}`;
    const said: Heartbeat = {
      ...{ version: "0.1.0", os_version: null, uptime_s: 1, last_reboot_at: null, disk_free_bytes: null },
      ...{ memory_bytes: null, clock_at: new Date().toISOString() },
    };
    const body = Buffer.from(JSON.stringify(said));
    const reply = await signedPost(url, body, { alg: "ed25519", key: privateKey, keyId: id });
    await reply.arrayBuffer();
    return reply.ok;
  }

  return {
    async comeBack() {
      const waiting = [...ids];
      const comeIn = async () => {
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          if (await beat(id).catch(() => false)) continue;
          waiting.unshift(id);
          await pause(retryMs * random());
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, size) }, comeIn));
    },
  };
}
