import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { telemetryPath } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { hubApi } from "@heatloop/hub/app";
import { openDatabase } from "@heatloop/hub/database/database";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import { claimCodeHash } from "@heatloop/hub/nodes/new-claim-code";
import { newNodePace } from "@heatloop/hub/nodes/node-pace";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import { afterAll } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { emptyDatabase } from "./database.ts";
import { newTenant } from "./tenants.ts";

type WholeHubParts = {
  /** The one for nodes. */
  readonly broker?: { readonly url: string; readonly ca: string };
  /** When it ends: with the file's last test or, where it is opened within one, with that by `onTestFinished`. */
  readonly until?: (done: () => Promise<void>) => void;
};

/** The hub's whole API on a port of this machine, with one tenant, for the add-on's program as its node. */
export async function wholeHub(clock: Clock, { broker, until = afterAll }: WholeHubParts = {}) {
  const ownerUrl = await emptyDatabase();
  const log = recordingLog();
  const secretsFolder = mkdtempSync(join(tmpdir(), "heatloop-secrets-"));
  const secrets = await openSecrets(secretsFolder);
  if (broker !== undefined) writeFileSync(join(secretsFolder, "mqtt-ca.pem"), broker.ca);
  const prepared = { url: ownerUrl, appPassword: "of a test", keyFingerprint: "of a test", log };
  const database = openDatabase(await prepareDatabase(prepared), log);
  const owner = openDatabase(ownerUrl, log, { max: 2 });
  const environment = {
    ...{ databaseUrl: ownerUrl, mqttUrl: "mqtt://127.0.0.1:9", publicUrl: "http://127.0.0.1", host: "127.0.0.1" },
    ...{ port: 0, secretsFolder, trustedProxies: [], nodesMqttUrl: broker?.url },
    ...{ mail: undefined, oidc: undefined, exportsFolder: undefined },
  };
  const parts = { database, owner, environment, secrets, clock, log, version: "1", pace: newNodePace() };
  let batches = 0;
  const open = async () => {
    const opened = await hubApi(parts);
    // By which homes correct their clocks: of Node.js it would be the machine's.
    opened.web.addHook("onSend", async (request, reply) => {
      const { devices = [] } = (request.body ?? {}) as { devices?: readonly { readonly minutes?: string }[] };
      if (request.url === telemetryPath && devices.some(({ minutes }) => minutes !== undefined)) batches += 1;
      reply.header("date", new Date(clock.now()).toUTCString());
    });
    return opened;
  };
  let { web, people, rows } = await open();
  const url = await web.listen({ host: "127.0.0.1", port: 0 });
  const tenant = await newTenant(ownerUrl, "North");
  until(async () => {
    await web.close();
    await people.close();
    await Promise.all([database.close(), owner.close()]);
    rmSync(secretsFolder, { recursive: true });
  });
  let codes = 0;
  return {
    ...{ url, tenant, database, owner, rows, log, secrets },
    /** How many batches of minutes came by HTTPS. */
    batches: () => batches,
    /** Rows that the tenant sees. */
    all: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      database.transaction({ tenant: tenant.id }, (queries) => queries.all<Row>(text, values)),
    /** A claim code for a new home, or for one that comes back as a node. */
    async code({ name = "Mill Lane 3", returnsAs = null }: { name?: string; returnsAs?: string | null } = {}) {
      codes += 1;
      const code = `7K2M-Q9XA-${String(codes).padStart(4, "0")}`;
      await database.transaction({ tenant: tenant.id }, (queries) =>
        queries.change(
          `insert into claim_codes (tenant_id, name, returns_as, code_hash, created_at, expires_at)
            values ($1, $2, $3, $4, $5, $6)`,
          [tenant.id, name, returnsAs, claimCodeHash(code), new Date(clock.now()), new Date(clock.now() + 3_600_000)],
        ),
      );
      return code;
    },
    /** Takes the hub away, and brings it back at the same address. */
    async away(meanwhile: () => Promise<void>): Promise<void> {
      await web.close();
      await people.close();
      await meanwhile();
      ({ web, people, rows } = await open());
      await web.listen({ host: "127.0.0.1", port: Number(new URL(url).port) });
    },
  };
}
