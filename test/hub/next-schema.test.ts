import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimPath, heartbeatPath } from "@heatloop/core/hub/node-paths";
import { type TelemetryAnswer, telemetryPath } from "@heatloop/core/hub/telemetry";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foundOrganization, type HubAccount } from "#scripts/hub-scene/hub-people.ts";
import { type HubProcess, startHubProcess } from "#scripts/hub-scene/hub-process.ts";
import { signedPost } from "#scripts/hub-scene/signed-post.ts";
import { emptyDatabase, hubDatabase } from "#test/support/hub/database.ts";
import { breakingStatements } from "#test/support/hub/migration-rules.ts";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

const folder = mkdtempSync(join(tmpdir(), "heatloop-next-schema-"));
const secretsFolder = join(folder, "secrets");
const key = newTestKey();
const day = Math.floor((Date.now() - 3 * dayMs) / dayMs) * dayMs;
const date = new Date(day).toISOString().slice(0, 10);
let hub: HubProcess;
let admin: HubAccount;
let url: string;
let node: string;

beforeAll(async () => {
  const { ownerUrl } = await hubDatabase();
  const next = nextMigration(await tablesOf(ownerUrl));
  expect(breakingStatements(next)).toEqual([]);
  const migrations = join(folder, "migrations");
  mkdirSync(migrations);
  cpSync(join(import.meta.dirname, "../../hub/migrations"), migrations, { recursive: true });
  writeFileSync(join(migrations, "999_next.sql"), next);
  const secrets = await openSecrets(secretsFolder);
  url = await emptyDatabase();
  const appPassword = secrets.keyFor("database role").toString("base64url");
  const keyFingerprint = secrets.keyFor("fingerprint").toString("hex");
  await prepareDatabase({ url, appPassword, keyFingerprint, log: recordingLog(), migrations });
  const environment = { HUB_DATABASE_URL: url, HUB_MQTT_URL: "mqtt://127.0.0.1:9", HUB_SECRETS: secretsFolder };
  hub = await startHubProcess({ ...environment, HUB_PORT: "0" });
  ({ admin } = await foundOrganization(hub.url, { secretsFolder, name: "Green Homes" }));
}, 30_000);
afterAll(async () => {
  await hub?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("this version's hub lets homes join a database of the next version, and hears them", async () => {
  const { code } = await admin.post<{ code: string }>("/api/v1/claim-codes", { name: "Mill Lane" });
  const claimed = await post<{ node_id: string }>(claimPath, { code, public_key: key.x }, key.x);
  node = claimed.node_id;
  const heartbeat = { version: "0.1.0", os_version: null, uptime_s: 1, last_reboot_at: null, disk_free_bytes: null };
  await post(heartbeatPath, { ...heartbeat, memory_bytes: null, clock_at: new Date().toISOString() });
  const { items: nodes } = await admin.get<{ items: { id: string; status: string }[] }>("/api/v1/nodes");
  expect(nodes).toMatchObject([{ id: node, status: "ONLINE" }]);
});

test("it stores rows there, sums them up, and shows both", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const time = new Date(day + i * minuteMs).toISOString().replace(".000Z", "+00:00");
    return `${time},60,${60 + i},${60 + i},20,35.5`;
  });
  const minutes = ["time,covered_s,heat_wh,heating_wh,electricity_wh,flow_temperature_c", ...rows].join("\n");
  const sent = { devices: [{ device: "pump", time_zone: "UTC", minutes }] };
  const answer = await post<TelemetryAnswer>(telemetryPath, sent);
  expect(answer.devices[0]?.minutes).toMatchObject({ stored: 60 });
  const { items: devices } = await admin.get<{ items: { id: string }[] }>("/api/v1/devices");
  const path = `/api/v1/devices/${devices[0]?.id}/days?from=${date}&to=${date}`;
  const { items: days } = await admin.get<{ items: object[] }>(path);
  expect(days).toMatchObject([{ date, heat_wh: 5370, electricity_wh: 1200, covered_s: 3600 }]);
  await ask("update dirty_days set due_at = now() - interval '1 minute'");
  const summed = () => ask("select heat_wh, next_count from days where covered_s > 0");
  await waitFor(async () => (await summed()).length > 0, "the day is summed up", 20_000);
  expect(await summed()).toEqual([{ heat_wh: 5370, next_count: 7 }]);
  const [from, to] = [day, day + dayMs].map((at) => new Date(at).toISOString());
  await admin.get(`/api/v1/nodes/${node}/gaps?from=${from}&to=${to}`);
});

test("what it wrote stands in the tables of the next version, with the values that are usual there", async () => {
  const rows = await ask("select count(*)::int as rows, min(next_count) as usual from minutes");
  expect(rows).toEqual([{ rows: 60, usual: 7 }]);
});

async function ask(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, options: "-c search_path=hub" });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function post<T>(path: string, body: object, keyId = node): Promise<T> {
  const bytes = Buffer.from(JSON.stringify(body));
  const by = { alg: "ed25519", key: key.key, keyId } as const;
  const reply = await signedPost(hub.url + path, bytes, by);
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** All that a migration may add, to each table. */
function nextMigration(tables: readonly string[]): string {
  const added = tables.flatMap((table) => [
    `alter table ${table} add column next_note text;`,
    `alter table ${table} add column next_count int not null default 7;`,
    `create index ${table}_next on ${table} (next_count);`,
  ]);
  const later = `create table later (tenant_id int not null, at timestamptz not null);
    alter table later enable row level security;
    alter table later force row level security;
    create policy of_tenant on later using (tenant_id = (select tenant()));
    grant select, insert on later to heatloop_hub_app;`;
  return `-- Up Migration\n${added.join("\n")}\n${later}\n`;
}

async function tablesOf(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'hub'::regnamespace and relkind in ('r', 'p')
      and not relispartition and relname <> 'migrations' order by relname`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}
