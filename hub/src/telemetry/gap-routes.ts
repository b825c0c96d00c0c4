import { sentPath } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { nodeParams } from "../nodes/node-routes.ts";
import { nodeOf, standingOf } from "../web/caller.ts";
import { nothing, problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { askedDateSchema, askedSpan, askedSpanSchema } from "./asked-span.ts";
import { gapReport } from "./gap-report.ts";
import { gapReportSchema } from "./gap-report-schema.ts";
import { recentMs } from "./gaps.ts";
import type { KeptFrom } from "./kept-from.ts";

const mostDays = 31;

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
          body: z.object({ from: askedDateSchema }),
          response: { 204: nothing, ...problemsOf(413, 415) },
        },
      },
      async (request, reply) => {
        const { node, tenant } = nodeOf(request);
        await database.transaction({ tenant }, (queries) =>
          queries.change(
            `insert into node_uploads (node_id, tenant_id, all_sent_at, from_date) values ($1, $2, $3, $4)
              on conflict (node_id) do update set all_sent_at = excluded.all_sent_at, from_date = excluded.from_date`,
            [node, tenant, new Date(clock.now()), request.body.from],
          ),
        );
        return reply.code(204).send();
      },
    );
    app.get(
      "/api/v1/nodes/:id/gaps",
      {
        config: { needs: "viewer" },
        schema: {
          summary: `The minutes that are missing of a node's heat pumps in a span of time of ${mostDays} days at most, and why`,
          params: nodeParams,
          querystring: askedSpanSchema,
          response: { 200: gapReportSchema, ...problemsOf(404) },
        },
      },
      async (request) => {
        const now = clock.now();
        const { from, to } = askedSpan(request.query, mostDays);
        const span = { from: Math.max(from, await keptFrom()), to: Math.min(to, now - recentMs) };
        return database.transaction({ tenant: standingOf(request).tenant }, (queries) =>
          gapReport(queries, request.params.id, span, now),
        );
      },
    );
  };
}
