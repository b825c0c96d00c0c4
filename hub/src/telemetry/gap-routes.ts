import { sentPath } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { isDate } from "@heatloop/core/time/local-day";
import { badRequest, Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { nodeOf, standingOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { gapOf, gapReasons, missingSpans, type NodePast, type RowSpan, readingsWaitMs } from "./gaps.ts";
import type { KeptFrom } from "./kept-from.ts";

const mostDays = 31;
const mostGaps = 500;
/** The rows of the last minutes are still being made. */
const recentMs = 3 * minuteMs;

const time = z.iso.datetime({ offset: true, error: "a time such as 2026-01-31T00:00:00+01:00" });

const gapSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  minutes: z.int(),
  why: z
    .enum(gapReasons)
    .describe(
      "on_its_way: it may still come; node_offline: it may come when the node is back; revoked: it is not taken; home_off: the home was " +
        "silent then and has no rows of it; not_logged: it was there and has none",
    ),
});

const reportSchema = z.object({
  all_sent_at: z.iso.datetime().nullable().describe("when the node last had nothing that it had not sent"),
  devices: z.array(z.object({ id: z.guid(), home_id: z.string(), missing_minutes: z.int(), gaps: z.array(gapSchema) })),
  refused: z
    .array(
      z.object({
        device: z.string(),
        stream: z.string(),
        why: z.string(),
        rows: z.int(),
        last_at: z.iso.datetime(),
        sample: z.string(),
      }),
    )
    .describe("rows that came and were not stored"),
});

export type GapParts = { readonly database: Database; readonly clock: Clock; readonly keptFrom: KeptFrom };

/** What is missing of a node's rows, and why; and where a node says that it has sent all. */
export function gapRoutes({ database, clock, keptFrom }: GapParts): Routes {
  return (app) => {
    app.post(
      sentPath,
      {
        config: { needs: "node" },
        schema: {
          summary: "Says that the node has nothing that it has not sent, of the dates since `from`",
          body: z.object({ from: z.string().refine(isDate, { error: "a date such as 2026-01-31" }) }),
          response: { 200: z.object({}), ...problemsOf(415) },
        },
      },
      async (request) => {
        const { node, tenant } = nodeOf(request);
        await database.transaction({ tenant }, (queries) =>
          queries.change(
            `insert into node_uploads (node_id, tenant_id, all_sent_at, from_date) values ($1, $2, $3, $4)
              on conflict (node_id) do update set all_sent_at = excluded.all_sent_at, from_date = excluded.from_date`,
            [node, tenant, new Date(clock.now()), request.body.from],
          ),
        );
        return {};
      },
    );
    app.get(
      "/api/v1/nodes/:id/gaps",
      {
        config: { needs: "viewer" },
        schema: {
          summary: "The minutes that are missing of a node's heat pumps in a span of time, and why",
          params: z.object({ id: z.guid({ error: "the id of a node, as GET /api/v1/nodes has it" }) }),
          querystring: z.object({ from: time, to: time }),
          response: { 200: reportSchema, ...problemsOf(404) },
        },
      },
      async (request) => {
        const now = clock.now();
        const { from, to } = checkedSpan(request.query, now);
        const span = { from: Math.max(from, await keptFrom()), to };
        return database.transaction({ tenant: standingOf(request).tenant }, (queries) =>
          reportOf(queries, request.params.id, span, now),
        );
      },
    );
  };
}

function checkedSpan(query: { readonly from: string; readonly to: string }, now: number): RowSpan {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  if (to > from && to - from <= mostDays * dayMs) return { from, to: Math.min(to, now - recentMs) };
  throw badRequest([{ path: "to", found: "no such span", allowed: `a time after from, by ${mostDays} days at most` }]);
}

async function reportOf(
  queries: Queries,
  node: string,
  span: RowSpan,
  now: number,
): Promise<z.output<typeof reportSchema>> {
  const past = await pastOf(queries, node, now);
  const devices = await queries.all<{ id: number; public_id: string; home_id: string; is_foreign: boolean }>(
    `select id, public_id, home_id, exists (select from dialect_devices where device_id = devices.id) as is_foreign
      from devices where node_id = $1 order by home_id`,
    [node],
  );
  // What other systems send is here once it is sent, and their minutes once they are made.
  const foreignPast = { ...past, allSentAt: past.revokedAt ?? now };
  const foreignSpan = { ...span, to: Math.min(span.to, now - readingsWaitMs - recentMs) };
  const refused = await queries.all<z.output<typeof reportSchema>["refused"][number] & { last_at: number }>(
    `select device, stream, why, rows, last_at, sample from refused_rows where node_id = $1
      order by last_at desc limit ${mostGaps}`,
    [node],
  );
  const reports = [];
  for (const { id, public_id: publicId, home_id: homeId, is_foreign: isForeign } of devices) {
    const known = await spanOf(queries, id, isForeign ? foreignSpan : span);
    const missing = known === undefined ? [] : missingSpans(await timesOf(queries, id, known), known);
    const gaps = missing.map((each) => gapOf(each, isForeign ? foreignPast : past));
    reports.push({
      id: publicId,
      home_id: homeId,
      missing_minutes: gaps.reduce((sum, { minutes }) => sum + minutes, 0),
      gaps: gaps.slice(-mostGaps).map(({ from, to, ...gap }) => ({ ...gap, from: isoOf(from), to: isoOf(to) })),
    });
  }
  return {
    all_sent_at: past.allSentAt === null ? null : isoOf(past.allSentAt),
    devices: reports,
    refused: refused.map((row) => ({ ...row, last_at: isoOf(row.last_at) })),
  };
}

async function pastOf(queries: Queries, node: string, now: number): Promise<NodePast> {
  const found = await queries.first<{ status: string; revoked_at: number | null; all_sent_at: number | null }>(
    `select coalesce(status, 'NEW') as status, revoked_at, all_sent_at from nodes
      left join node_presence on node_presence.node_id = nodes.id
      left join node_uploads on node_uploads.node_id = nodes.id where nodes.id = $1`,
    [node],
  );
  if (found === undefined) throw new Problem(404, "There is no node with this id.");
  const statuses = await queries.all<{ at: number; status: string }>(
    "select at, status from node_statuses where node_id = $1 order by at, id",
    [node],
  );
  const silences = statuses.flatMap(({ at, status }, i) =>
    status === "OFFLINE" ? [{ from: at, to: statuses[i + 1]?.at ?? now }] : [],
  );
  return {
    isOnline: found.status === "ONLINE",
    revokedAt: found.revoked_at,
    allSentAt: found.all_sent_at,
    silences,
  };
}

/** A heat pump has nothing missing before its first row; undefined: all of the span is before that. */
async function spanOf(queries: Queries, device: number, { from, to }: RowSpan): Promise<RowSpan | undefined> {
  const row = await queries.first<{ first: number | null }>(
    "select min(at) as first from minutes where device_id = $1",
    [device],
  );
  if (row?.first == null || row.first >= to) return undefined;
  return { from: Math.max(from, row.first), to };
}

async function timesOf(queries: Queries, device: number, { from, to }: RowSpan): Promise<number[]> {
  const rows = await queries.all<{ at: number }>(
    "select at from minutes where device_id = $1 and at >= $2 and at < $3 order by at",
    [device, new Date(from), new Date(to)],
  );
  return rows.map(({ at }) => at);
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
