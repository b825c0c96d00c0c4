import { z } from "zod";
import type { Database } from "../database/database.ts";
import { nodeParams } from "../nodes/node-routes.ts";
import { askedSpan, askedSpanSchema } from "../telemetry/asked-span.ts";
import { deviceParams, findDevice } from "../telemetry/found-device.ts";
import { standingOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import { timeOf } from "../web/times.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { dialectMessageKinds } from "./dialect-messages.ts";
import { findNode } from "./dialect-routes.ts";

const mostReadings = 1_000;

const messageSchema = z.object({
  dialect: z.string().describe("unknown: the topic is one of none"),
  kind: z.enum(dialectMessageKinds),
  topic: z.string(),
  content: z.string().describe("the first 2,000 characters of what came"),
  why: z.string().nullable().describe("of a malformed one: why it could not be read"),
  first_at: z.iso.datetime(),
  last_at: z.iso.datetime(),
  times: z.int().describe("how often it came with just this content"),
});

const readingSchema = z.object({
  at: z.iso.datetime().describe("by the device's clock"),
  values: z.record(z.string(), z.number()).describe("its numbers by their paths"),
});

/** What devices of other systems have sent, as it came. */
export function dialectMessageRoutes({ database }: { readonly database: Database }): Routes {
  return (app) => {
    addMessages(app, database);
    addReadings(app, database);
  };
}

function addMessages(app: HubServer, database: Database): void {
  app.get(
    "/api/v1/nodes/:id/dialects/messages",
    {
      config: { needs: "operator" },
      schema: {
        summary: "The last messages of other systems that were no readings: malformed ones, alerts, changes of status",
        params: nodeParams,
        querystring: z.object({ kind: z.enum(dialectMessageKinds).optional() }),
        response: { 200: z.object({ messages: z.array(messageSchema) }), ...problemsOf(404) },
      },
    },
    (request) =>
      database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
        await findNode(queries, request.params.id);
        const messages = await queries.all<
          Omit<z.output<typeof messageSchema>, "first_at" | "last_at"> & { first_at: number; last_at: number }
        >(
          `select dialect, kind, topic, content, why, first_at, last_at, times from dialect_messages
              where node_id = $1 and ($2::text is null or kind = $2) order by last_at desc, topic, content`,
          [request.params.id, request.query.kind ?? null],
        );
        return {
          messages: messages.map((message) => ({
            ...message,
            first_at: timeOf(message.first_at),
            last_at: timeOf(message.last_at),
          })),
        };
      }),
  );
}

function addReadings(app: HubServer, database: Database): void {
  app.get(
    "/api/v1/devices/:id/readings",
    {
      config: { needs: "viewer" },
      schema: {
        summary: `What a device of another system measured in a span of time, ${mostReadings} readings at most`,
        params: deviceParams,
        querystring: askedSpanSchema,
        response: {
          200: z.object({
            readings: z.array(readingSchema),
            next: z.iso.datetime().nullable().describe("where the rest begins, as from of another request"),
          }),
          ...problemsOf(404),
        },
      },
    },
    (request) => {
      const { from, to } = askedSpan(request.query);
      return database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
        const device = await findDevice(queries, request.params.id);
        const rows = await queries.all<{ at: number; values: Record<string, number> }>(
          `select at, content as values from readings where device_id = $1 and at >= $2 and at < $3
              order by at limit ${mostReadings + 1}`,
          [device.id, new Date(from), new Date(to)],
        );
        const behind = rows[mostReadings];
        return {
          readings: rows.slice(0, mostReadings).map(({ at, values }) => ({ at: timeOf(at), values })),
          next: behind === undefined ? null : timeOf(behind.at),
        };
      });
    },
  );
}
