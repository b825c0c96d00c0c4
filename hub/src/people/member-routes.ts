import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { standingOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList } from "../web/list.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { isLastAdmin } from "./last-admin.ts";
import { roleSchema, smallBodyBytes } from "./schemas.ts";

const tags = ["members"];

const memberSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  joined_at: timeSchema,
});
const memberId = z.object({ id: askedIdSchema("a member", "/api/v1/members") });

/** Who works for a tenant, for its administrators. */
export function memberRoutes(context: PeopleContext): Routes {
  return (app) => {
    listRoute(context)(app);
    changeRoutes(context)(app);
  };
}

type MemberRow = Omit<z.output<typeof memberSchema>, "joined_at"> & { readonly joined: number };

const selectMembers = `select u.id, u.email, u.name, m.role, m.created_at as joined
  from memberships m join users u on u.id = m.user_id where m.tenant_id = $1`;

function memberJson({ joined, ...row }: MemberRow): z.output<typeof memberSchema> {
  return { ...row, joined_at: timeOf(joined) };
}

function listRoute({ database }: PeopleContext): Routes {
  return (app) =>
    addList(app, "/api/v1/members", {
      needs: "admin",
      summary: "Who works for the organization",
      tags,
      item: memberSchema,
      place: idSchema,
      async read({ request }, { after = null, most }) {
        const { tenant } = standingOf(request);
        const rows = await database.transaction({ tenant }, (queries) =>
          queries.all<MemberRow>(
            `${selectMembers} and ($2::uuid is null or m.user_id > $2) order by m.user_id limit $3`,
            [tenant, after, most],
          ),
        );
        return rows.map((row) => ({ item: memberJson(row), place: row.id }));
      },
    });
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
          response: { 200: memberSchema, ...problemsOf(404, 409, 413, 415) },
        },
      },
      async (request) => {
        const { tenant } = standingOf(request);
        const { role } = request.body;
        const { id } = request.params;
        const changed = await database.transaction({ tenant }, async (queries) => {
          if (role !== "admin") await refuseLastAdmin(queries, tenant, id);
          await queries.change("update memberships set role = $3 where tenant_id = $1 and user_id = $2", [
            tenant,
            id,
            role,
          ]);
          const row = await queries.first<MemberRow>(`${selectMembers} and m.user_id = $2`, [tenant, id]);
          if (row === undefined) throw noSuch("member");
          return memberJson(row);
        });
        log.info("the role of a member was changed", { user: id, tenant, role });
        return changed;
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
          if (removed === 0) throw noSuch("member");
        });
        log.info("a member was removed", { user: id, tenant });
        return reply.code(204).send();
      },
    );
  };
}

async function refuseLastAdmin(queries: Queries, tenant: number, user: string): Promise<void> {
  if (await isLastAdmin(queries, tenant, user)) {
    throw new Problem(409, "This is the last administrator: make somebody else one first.");
  }
}
