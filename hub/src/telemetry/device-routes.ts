import { Readable } from "node:stream";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { dayMs } from "@heatloop/core/time/durations";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { standingOf } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";
import { addList } from "../web/list.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { askedSpan, askedSpanSchema } from "./asked-span.ts";
import { otherClaimSchema, otherClaims } from "./claimed-devices.ts";
import { deviceParams, findDevice } from "./found-device.ts";
import { storedLine } from "./stored-line.ts";
import { minutesBetween } from "./stored-minutes.ts";

const deviceSchema = z.object({
  id: idSchema,
  node_id: idSchema.describe("the home's program"),
  home_id: z.string().describe("the heat pump's id at home"),
  time_zone: z.string(),
  claimed_also_by: z
    .array(otherClaimSchema)
    .describe("other nodes of the organization that log the same heat pump; their rows stay apart"),
  continued_as_id: idSchema.nullable().describe("the heat pump that its history was moved on to"),
});

type DeviceRow = Omit<z.output<typeof deviceSchema>, "claimed_also_by"> & { readonly number: number };

/** The heat pumps of a tenant, and their minutes. */
export function deviceRoutes({ database }: { readonly database: Database }): Routes {
  return (app) => {
    addList(app, "/api/v1/devices", {
      needs: "viewer",
      summary: "The heat pumps, in order of their ids",
      item: deviceSchema,
      place: idSchema,
      async read({ request }, { after = null, most }) {
        const { tenant } = standingOf(request);
        return database.transaction({ tenant }, (queries) => devicesBehind(queries, after, most));
      },
    });
    app.get(
      "/api/v1/devices/:id/minutes.csv",
      {
        config: { needs: "viewer" },
        schema: {
          summary: "The minutes that began in a span of time, as the log at home has them",
          params: deviceParams,
          querystring: askedSpanSchema,
          response: {
            200: { description: "A header and a row a minute", content: { "text/csv": { schema: z.string() } } },
            ...problemsOf(404),
          },
        },
      },
      async (request, reply) => {
        const { tenant } = standingOf(request);
        const span = askedSpan(request.query);
        const { id } = await database.transaction({ tenant }, (queries) => findDevice(queries, request.params.id));
        reply.header("content-type", "text/csv; charset=utf-8");
        const rows: FastifyReply = reply as never;
        return rows.send(Readable.from(csvOf(database, { tenant, id }, span)));
      },
    );
  };
}

async function devicesBehind(queries: Queries, after: string | null, most: number) {
  const rows = await queries.all<DeviceRow>(
    `select devices.id as number, devices.public_id as id, devices.node_id, devices.home_id, devices.time_zone,
      next.public_id as continued_as_id
      from devices left join devices next on next.id = devices.continued_as
      where ($1::uuid is null or devices.public_id > $1) order by devices.public_id limit $2`,
    [after, most],
  );
  const claims = await otherClaims(
    queries,
    rows.map(({ number }) => number),
  );
  return rows.map(({ number, ...row }) => ({
    item: { ...row, claimed_also_by: [...(claims.get(number) ?? [])] },
    place: row.id,
  }));
}

/** Day after day, so that a slow reader holds no connection and little memory. */
async function* csvOf(
  database: Database,
  { tenant, id }: { readonly tenant: number; readonly id: number },
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<string> {
  yield `${minutesHeader}\n`;
  const stored = await database.transaction({ tenant }, (queries) =>
    queries.first<{ first: number | null; last: number | null }>(
      "select min(at) as first, max(at) as last from minutes where device_id = $1 and at >= $2 and at < $3",
      [id, new Date(from).toISOString(), new Date(to).toISOString()],
    ),
  );
  if (stored?.first == null || stored.last == null) return;
  for (let at = stored.first; at <= stored.last; at += dayMs) {
    const span = { from: at, to: Math.min(at + dayMs, to) };
    const records = await database.transaction({ tenant }, (queries) => minutesBetween(queries, id, span));
    yield records.map((record) => `${storedLine(record)}\n`).join("");
  }
}
