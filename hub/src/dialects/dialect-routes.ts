import { foreignDialects } from "@heatloop/core/hub/dialects";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { findNode } from "../nodes/found-node.ts";
import { nodeParams } from "../nodes/node-routes.ts";
import { standingOf } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";
import { problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import { aboveAllowance } from "./allowances.ts";
import { mappableColumns, usualPoints } from "./dialect-points.ts";
import { dialectTableSchema } from "./dialect-table.ts";
import { storeTable, tableOf } from "./stored-table.ts";

const mostHeard = 500;
const pointsSchema = z.array(z.object({ path: z.string(), point: z.string() }));

const answerSchema = z.object({
  sources: dialectTableSchema.shape.sources,
  usual: z
    .object(Object.fromEntries(foreignDialects.map((dialect) => [dialect, pointsSchema])))
    .describe("what numbers become of which the table says nothing, by dialect"),
  columns: z.array(z.string()).describe("what a number may become"),
  heard: z
    .array(
      z.object({
        id: idSchema.describe("the device, as GET /api/v1/devices has it"),
        device: z.string(),
        dialect: z.enum(foreignDialects),
        source: z.string(),
        last_at: timeSchema.nullable().describe("of its last reading, by its own clock"),
      }),
    )
    .describe("the devices of which readings have come"),
  other: z
    .array(z.object({ dialect: z.string(), kind: z.string(), messages: z.int(), last_at: timeSchema }))
    .describe(
      "how many messages were no readings; those that could not be read are malformed, those above what a node may send refused",
    ),
});

/** What the devices of other systems at a node are: shown, and written as a whole. */
export function dialectRoutes({ database }: { readonly database: Database }): Routes {
  return (app) => {
    app.get(
      "/api/v1/nodes/:id/dialects",
      {
        config: { needs: "viewer" },
        schema: {
          summary: "Devices of other systems at a node, and which columns of a minute their numbers become",
          params: nodeParams,
          response: { 200: answerSchema, ...problemsOf(404) },
        },
      },
      (request) =>
        database.transaction({ tenant: standingOf(request).tenant }, (queries) => answerOf(queries, request.params.id)),
    );
    app.put(
      "/api/v1/nodes/:id/dialects",
      {
        config: { needs: "operator" },
        schema: {
          summary: "Says what devices of other systems are; of what is not said, what is usual for the dialect holds",
          params: nodeParams,
          body: dialectTableSchema,
          response: { 200: answerSchema, ...problemsOf(404, 413, 415) },
        },
      },
      (request) => {
        const { tenant } = standingOf(request);
        const node = request.params.id;
        return database.transaction({ tenant }, async (queries) => {
          await findNode(queries, node);
          await storeTable(queries, { tenant, node }, request.body.sources);
          return answerOf(queries, node);
        });
      },
    );
  };
}

async function answerOf(queries: Queries, node: string): Promise<z.output<typeof answerSchema>> {
  await findNode(queries, node);
  const heard = await queries.all<{ id: string; device: string; dialect: "site"; source: string; last: number | null }>(
    `select devices.public_id as id, home_id as device, dialect, source,
        (select max(at) from readings where readings.device_id = devices.id) as last
      from dialect_devices join devices on devices.id = device_id
      where dialect_devices.node_id = $1 order by home_id limit ${mostHeard}`,
    [node],
  );
  const other = await queries.all<{ dialect: string; kind: string; messages: number; last: number }>(
    `select dialect, kind, messages, last_at as last from dialect_counts where node_id = $1
      union all
      select 'any', 'refused', rows, last_at from refused_rows where node_id = $1 and stream = 'messages' and why = $2
      order by 1, 2`,
    [node, aboveAllowance],
  );
  return {
    sources: await tableOf(queries, node),
    usual: Object.fromEntries(foreignDialects.map((dialect) => [dialect, [...usualPoints[dialect]]])),
    columns: [...mappableColumns],
    heard: heard.map(({ last, ...device }) => ({ ...device, last_at: last === null ? null : timeOf(last) })),
    other: other.map(({ last, ...counted }) => ({ ...counted, last_at: timeOf(last) })),
  };
}
