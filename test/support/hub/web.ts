import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { openDatabase } from "@heatloop/hub/database/database";
import type { NodesBroker } from "@heatloop/hub/nodes/certificate-routes";
import { openNodeCa } from "@heatloop/hub/nodes/node-ca";
import { newNodePace } from "@heatloop/hub/nodes/node-pace";
import { nodesOf } from "@heatloop/hub/nodes/nodes";
import { heartbeatIntake } from "@heatloop/hub/nodes/presence";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import type { Caller, Role } from "@heatloop/hub/web/caller";
import { buildHubWeb } from "@heatloop/hub/web/web";
import { systemClock } from "@heatloop/program/clock";
import type { SignatureKey } from "@heatloop/program/http-signature";
import { signRequest } from "@heatloop/program/signed-request";
import { afterAll } from "vitest";
import { hubDatabase } from "#test/support/hub/database.ts";
import { newTenant, type TestTenant } from "#test/support/hub/tenants.ts";
import { recordingLog } from "#test/support/recording-log.ts";

/** The one whose `X-Forwarded-For` these hubs believe. */
export const trustedProxy = "192.0.2.100";

const hubUrl = "https://hub.example/heat";

/** A clock that a test sets, or that follows the machine's; its timers are the machine's. */
function settableClock(): Clock & { set(now: number): void; follow(): void } {
  let now: number | undefined = Date.UTC(2026, 10, 30, 12);
  return {
    ...systemClock(),
    now: () => now ?? Date.now(),
    set(to) {
      now = to;
    },
    follow() {
      now = undefined;
    },
  };
}

/** The hub's API in this process, on a database of its own, where people are who a test says they are. */
export async function nodesHub(how: { readonly publicUrl?: string; readonly broker?: NodesBroker } = {}) {
  const { publicUrl = hubUrl, broker } = how;
  const { database, ownerUrl } = await hubDatabase();
  const folder = await mkdtemp(join(tmpdir(), "heatloop-hub-"));
  afterAll(() => rm(folder, { recursive: true }));
  const secrets = await openSecrets(folder);
  const ca = await openNodeCa(secrets);
  const clock = settableClock();
  const pace = newNodePace();
  const log = recordingLog();
  const owner = openDatabase(ownerUrl, log, { max: 2 });
  const people = new Map<string, Caller>();

  function build() {
    const nodes = nodesOf({
      keepHeartbeat: heartbeatIntake(database),
      pace,
      database,
      secrets,
      clock,
      log,
      owner,
      ca: async () => ca,
      broker,
      publicUrl,
      trustedProxies: [trustedProxy],
    });
    return buildHubWeb({
      routes: nodes.routes,
      recognize: [async (request) => people.get(String(request.headers["x-person"])), nodes.recognize],
      secrets,
      version: "0.0.0",
      log,
    });
  }

  return {
    app: build(),
    /** Another hub on the same database. */
    another: build,
    database,
    ownerUrl,
    owner,
    ca,
    secrets,
    clock,
    pace,
    log,
    tenant: (name: string) => newTenant(ownerUrl, name),
    /** The header of somebody with a role in a tenant. */
    as(tenant: TestTenant, role: Role): Readonly<Record<string, string>> {
      const name = randomUUID();
      const standing = { tenant: tenant.id, role };
      people.set(name, { kind: "person", user: tenant.user, standing, isPlatformAdmin: false });
      return { "x-person": name };
    },
    /** A request that is signed by a node, or by whoever has the key. */
    async signed(
      key: SignatureKey & { readonly keyId: string },
      request: {
        readonly method?: "GET" | "POST" | "DELETE";
        readonly path: string;
        readonly json?: unknown;
        readonly at?: number;
      },
    ) {
      const { method = "POST", path, json, at = clock.now() } = request;
      const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
      const headers = await signRequest({ method, url: `${publicUrl}${path}`, ...(body && { body }) }, key, at);
      return {
        method,
        url: path,
        headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        ...(body && { payload: body }),
      };
    },
  };
}

export type NodesHub = Awaited<ReturnType<typeof nodesHub>>;
