import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { type Role, standingOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { isLastAdmin } from "./last-admin.ts";
import { nextSchema, partOf, partSchema } from "./listing.ts";
import { nothing, roleSchema, smallBodyBytes } from "./schemas.ts";

const tags = ["members"];

const memberSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  since: timeSchema,
});
const memberId = z.object({ id: z.uuid({ error: "the id of a member, from GET /api/v1/members" }) });

/** Who works for a tenant, for its administrators. */
export function memberRoutes(context: PeopleContext): Routes {
  return (app) => {
    listRoute(context)(app);
    changeRoutes(context)(app);
  };
}

function listRoute({ database }: PeopleContext): Routes {
  return (app) => {
    app.get(
      "/api/v1/members",
      {
        config: { needs: "admin" },
        schema: {
          summary: "Who works for the organization",
          tags,
          querystring: partSchema,
          response: { 200: z.object({ members: z.array(memberSchema), next: nextSchema }), ...problemsOf() },
        },
      },
      async (request) => {
        const { tenant } = standingOf(request);
        const { limit, after } = request.query;
        const rows = await database.transaction({ tenant }, (queries) =>
          queries.all<{ id: string; email: string; name: string; role: Role; since: number }>(
            `select u.id, u.email, u.name, m.role, m.created_at as since
             from memberships m join users u on u.id = m.user_id
             where m.tenant_id = $1 and ($2::uuid is null or m.user_id > $2) order by m.user_id limit $3`,
            [tenant, after ?? null, limit + 1],
          ),
        );
        const { items, next } = partOf(rows, limit);
        return { members: items.map((row) => ({ ...row, since: timeOf(row.since) })), next };
      },
    );
  };
}

function changeRoutes({ database, log }: PeopleContext): Routes {
  return (app) => {
    app.patch(
      "/api/v1/members/:id",
      {
        config: { needs: "admin" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Changes what a member may do; the last administrator stays one",
          tags,
          params: memberId,
          body: z.strictObject({ role: roleSchema }),
          response: { 204: nothing, ...problemsOf(404, 409, 413, 415) },
        },
      },
      async (request, reply) => {
        const { tenant } = standingOf(request);
        const { role } = request.body;
        const { id } = request.params;
        await database.transaction({ tenant }, async (queries) => {
          if (role !== "admin") await refuseLastAdmin(queries, tenant, id);
          const changed = await queries.change(
            "update memberships set role = $3 where tenant_id = $1 and user_id = $2",
            [tenant, id, role],
          );
          if (changed === 0) throw noMember();
        });
        log.info("the role of a member was changed", { user: id, tenant, role });
        return reply.code(204).send(null);
      },
    );
    app.delete(
      "/api/v1/members/:id",
      {
        config: { needs: "admin" },
        schema: {
          summary: "Removes a member; the account stays, and the last administrator too",
          tags,
          params: memberId,
          response: { 204: nothing, ...problemsOf(404, 409) },
        },
      },
      async (request, reply) => {
        const { tenant } = standingOf(request);
        const { id } = request.params;
        await database.transaction({ tenant }, async (queries) => {
          await refuseLastAdmin(queries, tenant, id);
          const removed = await queries.change("delete from memberships where tenant_id = $1 and user_id = $2", [
            tenant,
            id,
          ]);
          if (removed === 0) throw noMember();
        });
        log.info("a member was removed", { user: id, tenant });
        return reply.code(204).send(null);
      },
    );
  };
}

function noMember(): Problem {
  return new Problem(404, "There is no such member, or not for you.");
}

async function refuseLastAdmin(queries: Queries, tenant: number, user: string): Promise<void> {
  if (await isLastAdmin(queries, tenant, user)) {
    throw new Problem(409, "This is the last administrator: make somebody else one first.");
  }
}
