import { z } from "zod";
import type { Database } from "../database/database.ts";
import { findNode } from "../nodes/found-node.ts";
import { nodeParams } from "../nodes/node-routes.ts";
import { askedSpan, askedSpanSchema } from "../telemetry/asked-span.ts";
import { deviceParams, findDevice } from "../telemetry/found-device.ts";
import { standingOf } from "../web/caller.ts";
import { addList } from "../web/list.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { dialectMessageKinds } from "./dialect-messages.ts";

const messageSchema = z.object({
  dialect: z.string().describe("unknown: the topic is one of none"),
  kind: z.enum(dialectMessageKinds),
  topic: z.string(),
  content: z.string().describe("the first 2,000 characters of what came"),
  why: z.string().nullable().describe("of a malformed one: why it could not be read"),
  first_at: timeSchema,
  last_at: timeSchema,
  times: z.int().describe("how often it came with just this content"),
});

const readingSchema = z.object({
  at: timeSchema.describe("by the device's clock"),
  values: z.record(z.string(), z.number()).describe("its numbers by their paths"),
});

type MessageRow = Omit<z.output<typeof messageSchema>, "first_at" | "last_at"> & {
  readonly first_at: number;
  readonly last_at: number;
  readonly digest: string;
};

/** When it came last, ms since the epoch; its dialect, kind and digest. */
const messagePlace = z.tuple([z.int(), z.string(), z.string(), z.string()]);

function behindMessage(after: z.output<typeof messagePlace> | undefined) {
  if (after === undefined) return [null, null, null, null];
  const [at, ...rest] = after;
  return [new Date(at), ...rest];
}

/** What devices of other systems have sent, as it came. */
export function dialectMessageRoutes({ database }: { readonly database: Database }): Routes {
  return (app) => {
    addMessages(app, database);
    addReadings(app, database);
  };
}

function addMessages(app: HubServer, database: Database): void {
  addList(app, "/api/v1/nodes/:id/dialects/messages", {
    needs: "operator",
    summary:
      "The last messages of other systems that were neither readings nor alerts, the newest first: malformed ones, changes of status",
    params: nodeParams,
    query: z.strictObject({ kind: z.enum(dialectMessageKinds).optional() }),
    item: messageSchema,
    place: messagePlace,
    read: ({ request, params, query }, { after, most }) =>
      database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
        await findNode(queries, params.id);
        const rows = await queries.all<MessageRow>(
          `select dialect, kind, topic, content, why, first_at, last_at, times, encode(digest, 'hex') as digest
            from dialect_messages where node_id = $1 and kind = any ($2::text[]) and ($3::timestamptz is null
              or last_at < $3 or last_at = $3 and (dialect, kind, digest) > ($4, $5, decode($6, 'hex')))
            order by last_at desc, dialect, kind, digest limit $7`,
          [params.id, query.kind === undefined ? dialectMessageKinds : [query.kind], ...behindMessage(after), most],
        );
        return rows.map(({ digest, first_at, last_at, ...message }) => ({
          item: { ...message, first_at: timeOf(first_at), last_at: timeOf(last_at) },
          place: [last_at, message.dialect, message.kind, digest] satisfies z.output<typeof messagePlace>,
        }));
      }),
  });
}

function addReadings(app: HubServer, database: Database): void {
  addList(app, "/api/v1/devices/:id/readings", {
    needs: "viewer",
    summary: "What a device of another system measured in a span of time",
    params: deviceParams,
    query: askedSpanSchema,
    item: readingSchema,
    place: z.int(),
    read({ request, params, query }, { after, most }) {
      const { from, to } = askedSpan(query);
      return database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
        const device = await findDevice(queries, params.id);
        const rows = await queries.all<{ at: number; values: Record<string, number> }>(
          `select at, content as values from readings
            where device_id = $1 and at >= $2 and at < $3 and ($4::timestamptz is null or at > $4) order by at limit $5`,
          [device.id, new Date(from), new Date(to), after === undefined ? null : new Date(after), most],
        );
        return rows.map(({ at, values }) => ({ item: { at: timeOf(at), values }, place: at }));
      });
    },
  });
}
