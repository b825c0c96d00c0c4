import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { telemetryPath } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { hubApi } from "@heatloop/hub/app";
import { type Database, openDatabase } from "@heatloop/hub/database/database";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import { storeTable } from "@heatloop/hub/dialects/stored-table";
import { dialectIntake } from "@heatloop/hub/dialects/take-dialect";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import { type HubSecrets, openSecrets } from "@heatloop/hub/settings/secrets";
import type { HubServer, Routes } from "@heatloop/hub/web/web";
import { signRequest } from "@heatloop/program/signed-request";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { emptyDatabase } from "../database.ts";
import { type SignInProvider, signInProvider } from "../sign-in-provider.ts";
import { markedDialects } from "./marked-dialects.ts";
import { markedTelemetry } from "./marked-telemetry.ts";
import { type MarkedTenants, makeMarkedTenants } from "./marked-tenants.ts";
import { tenantNames } from "./marked-words.ts";
import { type StatementRecord, statementRecord } from "./recorded-database.ts";
import { type FuzzedRoute, routesOf } from "./route-inputs.ts";

export const fuzzedHubUrl = "https://hub.example/heat";

/** A hub with all that its program wires, in this process, with tenants that have some of everything. */
export type FuzzedHub = {
  readonly web: FastifyInstance;
  readonly routes: readonly FuzzedRoute[];
  readonly database: Database;
  readonly clock: SimulatedClock;
  readonly ownerUrl: string;
  readonly tenants: MarkedTenants;
  /** By whom people may sign in. */
  readonly provider: SignInProvider;
  readonly statements: StatementRecord;
  asOwner<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
};

/** What a route of a test may do: as the hub's role, or as the owner, whom no policy binds. */
export type MoreRoutes = (parts: {
  readonly database: Database;
  readonly owner: Database;
  readonly secrets: HubSecrets;
  readonly clock: Clock;
}) => Routes;

/** Opens the hub; `more` adds routes that it does not have. It is closed after the file's last test. */
export async function fuzzedHub(more?: MoreRoutes): Promise<FuzzedHub> {
  const ownerUrl = await emptyDatabase();
  const log = recordingLog();
  const secretsFolder = mkdtempSync(join(tmpdir(), "heatloop-secrets-"));
  const secrets = await openSecrets(secretsFolder);
  const clock = simulatedClock(Date.UTC(2026, 9, 25, 12));
  const prepared = { url: ownerUrl, appPassword: "of a test", keyFingerprint: "of a test", log };
  const statements = statementRecord();
  const database = openDatabase(await prepareDatabase(prepared), log);
  const owner = openDatabase(ownerUrl, log, { max: 2 });
  const pool = new pg.Pool({ connectionString: ownerUrl, options: "-c search_path=hub", max: 1 });
  pool.on("error", () => {});
  const asOwner = async <T extends object>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<T>(text, [...values])).rows;
  const tenants = await makeMarkedTenants({ database, secrets, now: clock.now(), asOwner });
  const provider = await signInProvider();
  writeFileSync(join(secretsFolder, "oidc-client-secret"), provider.clientSecret);
  const recorded = { database: statements.record(database), owner: statements.record(owner) };
  const environment = {
    ...{ databaseUrl: ownerUrl, mqttUrl: "mqtt://127.0.0.1:9", publicUrl: fuzzedHubUrl, host: "127.0.0.1", port: 0 },
    ...{ secretsFolder, trustedProxies: [] },
    nodesMqttUrl: "mqtts://hub.example",
    mail: { host: "127.0.0.1", port: 9, isTls: false, user: undefined, from: "hub@hub.example" },
    oidc: { issuer: provider.issuer, clientId: provider.clientId },
  };
  const { web, people, rows } = await hubApi({
    ...{ ...recorded, environment, secrets, clock, log, version: "1" },
    // The fuzz asks more than any node may.
    pace: { take: () => 0 },
  });
  const routes = routesOf(web);
  if (more !== undefined) {
    web.register((scope, _options, done) => {
      more({ ...recorded, secrets, clock })(scope as unknown as HubServer);
      done();
    });
  }
  await web.ready();
  for (const name of tenantNames) {
    await sendTelemetry(web, tenants, name, clock.now());
    const sender = { tenant: tenants[name].id, node: tenants[name].node.id };
    await database.transaction({ tenant: sender.tenant }, (queries) =>
      storeTable(queries, sender, markedDialects(name, clock.now()).table),
    );
    for (const said of markedDialects(name, clock.now()).messages)
      await dialectIntake({ ...rows, database })(sender, said);
  }
  await asOwner("update dirty_days set due_at = $1", [new Date(clock.now())]);
  await sumUpDue({ ...rows, database, owner });
  const [summedUp] = await asOwner<{ days: number }>("select count(*)::int as days from days");
  if (summedUp?.days !== 2 * tenantNames.length) throw new Error(`${summedUp?.days} days were summed up`);
  afterAll(async () => {
    await web.close();
    await people.close();
    await Promise.all([database.close(), owner.close(), pool.end()]);
    rmSync(secretsFolder, { recursive: true });
  });
  return { web, routes, database, clock, ownerUrl, tenants, provider, statements, asOwner };
}

async function sendTelemetry(
  web: FastifyInstance,
  tenants: MarkedTenants,
  name: (typeof tenantNames)[number],
  now: number,
) {
  const payload = JSON.stringify(markedTelemetry(name, now));
  const request = { method: "POST" as const, url: `${fuzzedHubUrl}${telemetryPath}`, body: Buffer.from(payload) };
  const signature = await signRequest(request, tenants[name].node.key, now);
  const headers = { ...signature, "content-type": "application/json" };
  const answer = await web.inject({ method: "POST", url: telemetryPath, payload, headers });
  if (answer.statusCode !== 200) throw new Error(`no rows were stored: ${answer.body}`);
}
