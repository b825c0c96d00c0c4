import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { standingOf } from "../web/caller.ts";
import { cursorOf, placeIn } from "../web/cursor.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { deviceParams, findDevice } from "./found-device.ts";

const eventSchema = z.object({
  id: z.guid(),
  at: z.iso.datetime(),
  kind: z.string().describe("such as alert_raised, heat_pump_lost, program_started: docs/hub-nodes.md has all"),
  device: z.guid().nullable().describe("the heat pump; null: it is of none"),
  node: z.guid(),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const eventsSchema = z.object({
  events: z.array(eventSchema).describe("the newest first"),
  next_cursor: z.string().nullable().describe("null: that was all"),
});

const partQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(1_000).optional().describe("next_cursor of the answer before"),
});

/** The events that homes have told of. */
export function eventRoutes({ database }: { readonly database: Database }): Routes {
  return (app) => {
    app.get(
      "/api/v1/devices/:id/events",
      {
        config: { needs: "viewer" },
        schema: {
          summary: "What happened to a heat pump",
          params: deviceParams,
          querystring: partQuery,
          response: { 200: eventsSchema, ...problemsOf(404) },
        },
      },
      (request) =>
        database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
          const { id } = await findDevice(queries, request.params.id);
          return partOfEvents(queries, { column: "device_id", id }, request.query);
        }),
    );
    app.get(
      "/api/v1/nodes/:id/events",
      {
        config: { needs: "viewer" },
        schema: {
          summary: "What happened at a home",
          params: z.object({ id: z.guid({ error: "the id of a node, as GET /api/v1/nodes has it" }) }),
          querystring: partQuery,
          response: { 200: eventsSchema, ...problemsOf(404) },
        },
      },
      (request) =>
        database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
          const { id } = request.params;
          const found = await queries.first("select id from nodes where id = $1", [id]);
          if (found === undefined) throw new Problem(404, "There is no node with this id.");
          return partOfEvents(queries, { column: "node_id", id }, request.query);
        }),
    );
  };
}

/** The time, ms since the epoch, and the id behind which a part of the list begins. */
const placeSchema = z.tuple([z.int().min(0).max(Date.UTC(9999, 0)), z.guid()]);

type EventRow = Omit<z.output<typeof eventSchema>, "at"> & { readonly at: number };

async function partOfEvents(
  queries: Queries,
  of: { readonly column: "device_id" | "node_id"; readonly id: string | number },
  { limit, cursor }: z.output<typeof partQuery>,
): Promise<z.output<typeof eventsSchema>> {
  const [at, id = null] = cursor === undefined ? [] : placeIn(cursor, placeSchema);
  const rows = await queries.all<EventRow>(
    `select events.id, at, kind, devices.public_id as device, events.node_id as node, context
      from events left join devices on devices.id = events.device_id
      where events.${of.column} = $1 and ($2::timestamptz is null or (at, events.id) < ($2, $3::uuid))
      order by at desc, events.id desc limit $4`,
    [of.id, at === undefined ? null : new Date(at), id, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    events: shown.map(({ at, ...event }) => ({ ...event, at: new Date(at).toISOString() })),
    next_cursor: last === undefined ? null : cursorOf([last.at, last.id]),
  };
}
