import type { Clock } from "@heatloop/core/time/clock";
import { dialectIntake } from "@heatloop/hub/dialects/take-dialect";
import { openPartitions } from "@heatloop/hub/telemetry/partitions";
import { telemetryHub } from "./telemetry-hub.ts";
import type { TestTenant } from "./tenants.ts";

/** A hub that takes what other systems publish, without a broker. */
export async function dialectHub(clock: Clock) {
  const hub = await telemetryHub(clock);
  const { tenant, database, owner, log, keptFrom } = hub;
  const parts = { database, partitions: openPartitions(owner, clock), clock, log, keptFrom };
  const takeDialect = dialectIntake(parts);
  return {
    ...hub,
    ...parts,
    takeDialect,
    /** Publishes something under a node. */
    say: (topic: string, message: unknown, how: { readonly as?: TestTenant; readonly isRetained?: boolean } = {}) => {
      const { as = tenant, isRetained = false } = how;
      const payload = Buffer.isBuffer(message)
        ? message
        : Buffer.from(typeof message === "string" ? message : JSON.stringify(message));
      const sender = { tenant: as.id, node: as.node };
      return takeDialect(sender, { topic, payload, arrivedAt: clock.now(), isRetained });
    },
    rows: <Row extends object>(text: string, of = tenant) =>
      database.transaction({ tenant: of.id }, (queries) => queries.all<Row>(text)),
    async ask(path: string, how: { readonly put?: unknown; readonly as?: TestTenant; readonly role?: string } = {}) {
      const { put, as = tenant, role = "operator" } = how;
      const reply = await hub.web.inject({
        method: put === undefined ? "GET" : "PUT",
        url: `/api/v1${path}`,
        headers: { [`x-test-${role}`]: String(as.id) },
        ...(put !== undefined && { payload: put as object }),
      });
      return { status: reply.statusCode, json: reply.json() };
    },
  };
}
