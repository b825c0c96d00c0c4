import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { findNode } from "../nodes/found-node.ts";
import { nodeParams } from "../nodes/node-routes.ts";
import { standingOf } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";
import { addList, behind, newestFirst } from "../web/list.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import { deviceParams, findDevice } from "./found-device.ts";

const eventSchema = z.object({
  id: idSchema,
  at: timeSchema,
  kind: z.string().describe("such as alert_raised, heat_pump_lost, program_started: docs/hub-nodes.md has all"),
  device_id: idSchema.nullable().describe("the heat pump; null: it is of none"),
  node_id: idSchema,
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** The events that homes have told of. */
export function eventRoutes({ database }: { readonly database: Database }): Routes {
  return (app) => {
    addList(app, "/api/v1/devices/:id/events", {
      ...events,
      summary: "What happened to a heat pump, the newest first",
      params: deviceParams,
      read: ({ request, params }, part) =>
        database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
          const { id } = await findDevice(queries, params.id);
          return eventsBehind(queries, { column: "device_id", id }, part);
        }),
    });
    addList(app, "/api/v1/nodes/:id/events", {
      ...events,
      summary: "What happened at a home, the newest first",
      params: nodeParams,
      read: ({ request, params: { id } }, part) =>
        database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
          await findNode(queries, id);
          return eventsBehind(queries, { column: "node_id", id }, part);
        }),
    });
  };
}

const events = { needs: "viewer", item: eventSchema, place: newestFirst } as const;

type EventRow = Omit<z.output<typeof eventSchema>, "at"> & { readonly at: number };

async function eventsBehind(
  queries: Queries,
  of: { readonly column: "device_id" | "node_id"; readonly id: string | number },
  { after, most }: { readonly after: z.output<typeof newestFirst> | undefined; readonly most: number },
) {
  const rows = await queries.all<EventRow>(
    `select events.id, at, kind, devices.public_id as device_id, events.node_id, context
      from events left join devices on devices.id = events.device_id
      where events.${of.column} = $1 and ($2::timestamptz is null or (at, events.id) < ($2, $3::uuid))
      order by at desc, events.id desc limit $4`,
    [of.id, ...behind(after), most],
  );
  return rows.map((row) => ({ item: { ...row, at: timeOf(row.at) }, place: [row.at, row.id] as [number, string] }));
}
