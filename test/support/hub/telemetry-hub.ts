import type { TelemetryAnswer } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { type Database, openDatabase } from "@heatloop/hub/database/database";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import { dialectMessageRoutes } from "@heatloop/hub/dialects/dialect-message-routes";
import { dialectRoutes } from "@heatloop/hub/dialects/dialect-routes";
import { energyRoutes } from "@heatloop/hub/rollups/energy-routes";
import { bodySpacesOfHeap } from "@heatloop/hub/telemetry/body-space";
import { deviceRoutes } from "@heatloop/hub/telemetry/device-routes";
import { eventRoutes } from "@heatloop/hub/telemetry/event-routes";
import { gapRoutes } from "@heatloop/hub/telemetry/gap-routes";
import { type KeptFrom, keptFromOf } from "@heatloop/hub/telemetry/kept-from";
import { newLoad } from "@heatloop/hub/telemetry/load";
import { moveRoute } from "@heatloop/hub/telemetry/move-route";
import { openPartitions } from "@heatloop/hub/telemetry/partitions";
import { telemetryIntake } from "@heatloop/hub/telemetry/take-telemetry";
import { telemetryRoutes } from "@heatloop/hub/telemetry/telemetry-routes";
import { buildHubWeb } from "@heatloop/hub/web/web";
import type { FastifyInstance } from "fastify";
import { recordingLog } from "#test/support/recording-log.ts";
import { emptyDatabase } from "./database.ts";
import { newTenant, type TestTenant } from "./tenants.ts";

/** A hub that takes telemetry of nodes who say who they are, in a header of the tests. */
export type TelemetryHub = {
  readonly log: ReturnType<typeof recordingLog>;
  readonly database: Database;
  readonly owner: Database;
  readonly keptFrom: KeptFrom;
  readonly ownerUrl: string;
  readonly web: FastifyInstance;
  readonly tenant: TestTenant;
  /** Sends rows as a node does; of the tenant's own node unless another one is named. */
  send(body: unknown, as?: TestTenant): Promise<{ readonly status: number; readonly answer: TelemetryAnswer }>;
};

/** Makes a hub with one tenant; `now` is its clock. */
export async function telemetryHub(clock: Clock): Promise<TelemetryHub> {
  const ownerUrl = await emptyDatabase();
  const log = recordingLog();
  const appUrl = await prepareDatabase({ url: ownerUrl, appPassword: "of a test", keyFingerprint: "of a test", log });
  const database = openDatabase(appUrl, log);
  const owner = openDatabase(ownerUrl, log, { max: 2 });
  const partitions = openPartitions(owner, clock);
  const keptFrom = keptFromOf(database, clock);
  const tenant = await newTenant(ownerUrl, "North");
  // As small as they are anywhere.
  const spaces = bodySpacesOfHeap(0);
  const web = buildHubWeb({
    routes: [
      telemetryRoutes(telemetryIntake({ database, partitions, clock, keptFrom, load: newLoad(spaces) }), spaces),
      deviceRoutes({ database }),
      eventRoutes({ database }),
      moveRoute({ database, clock, log }),
      gapRoutes({ database, clock, keptFrom }),
      energyRoutes({ database, clock, keptFrom }),
      dialectRoutes({ database }),
      dialectMessageRoutes({ database }),
    ],
    recognize: [
      async ({ headers: { "x-test-viewer": tenant } }) =>
        tenant === undefined ? undefined : { kind: "program", standing: { tenant: Number(tenant), role: "viewer" } },
      async ({ headers: { "x-test-operator": tenant } }) =>
        tenant === undefined ? undefined : { kind: "program", standing: { tenant: Number(tenant), role: "operator" } },
      async ({ headers: { "x-test-node": node } }) => {
        if (typeof node !== "string") return undefined;
        const [id = "", of] = node.split(" ");
        return { kind: "node", node: id, tenant: Number(of), key: id };
      },
    ],
    secrets: { keyFor: () => Buffer.alloc(32, 7) },
    version: "0.0.0",
    log,
  });
  return {
    database,
    log,
    owner,
    keptFrom,
    ownerUrl,
    web,
    tenant,
    async send(body, as = tenant) {
      const headers = { "x-test-node": `${as.node} ${as.id}` };
      const reply = await web.inject({ method: "POST", url: "/api/v1/telemetry", headers, payload: body as object });
      return { status: reply.statusCode, answer: reply.json() };
    },
  };
}
