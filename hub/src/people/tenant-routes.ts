import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { personOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList } from "../web/list.ts";
import { nameSchema } from "../web/names.ts";
import { noSuch, problemsOf } from "../web/problems.ts";
import { timeOf, timeOrNull, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { invite, madeInvitationSchema } from "./invite.ts";
import { emailSchema, smallBodyBytes } from "./schemas.ts";

const tags = ["platform"];

const tenantSchema = z.object({
  id: idSchema,
  name: z.string(),
  created_at: timeSchema,
  held_at: timeSchema.nullable().describe("since when nothing of it may be deleted; null: it may"),
  members: z.int(),
  nodes: z.int(),
});

/** Organizations, for the administrators of the platform, who see of each its name and how big it is. */
export function tenantRoutes(context: PeopleContext): Routes {
  return (app) => {
    listRoute(context)(app);
    makeRoute(context)(app);
    holdRoute(context)(app);
    inviteRoutes(context)(app);
  };
}

function listRoute({ database }: PeopleContext): Routes {
  return (app) =>
    addList(app, "/api/v1/tenants", {
      needs: "platform",
      summary: "All organizations: their names, and how many members and nodes they have",
      tags,
      item: tenantSchema,
      place: z.int(),
      async read({ request }, { after = 0, most }) {
        const { user } = personOf(request);
        const rows = await database.transaction({ user }, (queries) =>
          queries.all<{ tenant: number; id: string; name: string; created: number; held: number | null }>(
            `select id as tenant, public_id as id, name, created_at as created, on_hold_since as held from tenants
             where id > $1 order by tenants.id limit $2`,
            [after, most],
          ),
        );
        const tenants = [];
        for (const { tenant, id, name, created, held } of rows) {
          const counts = await database.transaction({ tenant }, countsOf);
          const item = { id, name, created_at: timeOf(created), held_at: timeOrNull(held), ...counts };
          tenants.push({ item, place: tenant });
        }
        return tenants;
      },
    });
}

async function countsOf(queries: Queries): Promise<{ readonly members: number; readonly nodes: number }> {
  const counts = await queries.first<{ members: number; nodes: number }>(
    `select (select count(*) from memberships where tenant_id = tenant()) as members,
       (select count(*) from nodes where tenant_id = tenant() and revoked_at is null) as nodes`,
  );
  return counts ?? { members: 0, nodes: 0 };
}

function makeRoute(context: PeopleContext): Routes {
  const { database, log, wakeMails } = context;
  return (app) => {
    app.post(
      "/api/v1/tenants",
      {
        config: { needs: "platform" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Makes an organization, and invites its first administrator",
          tags,
          body: z.strictObject({ name: nameSchema, admin_email: emailSchema }),
          response: {
            201: z.object({ id: idSchema, name: z.string(), invitation: madeInvitationSchema }),
            ...problemsOf(413, 415),
          },
        },
      },
      async (request, reply) => {
        const { user } = personOf(request);
        const { name, admin_email: email } = request.body;
        const { tenant, invitation } = await database.transaction({ user }, async (queries) => {
          const made = await queries.first<{ tenant: number; id: string }>(
            "insert into tenants (name) values ($1) returning id as tenant, public_id as id",
            [name],
          );
          if (made === undefined) throw new Error("a tenant that was made is not there");
          const invited = { tenant: made.tenant, role: "admin" as const, email, madeBy: user };
          return { tenant: made, invitation: await invite(context, queries, invited) };
        });
        log.info("an organization was made", { tenant: tenant.tenant });
        void wakeMails();
        return reply.code(201).send({ id: tenant.id, name, invitation });
      },
    );
  };
}

const tenantParams = z.object({ id: askedIdSchema("an organization", "/api/v1/tenants") });

function holdRoute({ database, clock, log }: PeopleContext): Routes {
  return (app) => {
    app.put(
      "/api/v1/tenants/:id/hold",
      {
        config: { needs: "platform" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Puts an organization on hold, so that nothing of it is deleted, or ends that",
          tags,
          params: tenantParams,
          body: z.strictObject({ on: z.boolean() }),
          response: { 200: z.object({ held_at: timeSchema.nullable() }), ...problemsOf(404, 413, 415) },
        },
      },
      async (request) => {
        const { on } = request.body;
        const held = await database.transaction({ user: personOf(request).user }, (queries) =>
          queries.first<{ tenant: number; since: number | null }>(
            `update tenants set on_hold_since = case when $2 then coalesce(on_hold_since, $3) end where public_id = $1
              returning id as tenant, on_hold_since as since`,
            [request.params.id, on, new Date(clock.now())],
          ),
        );
        if (held === undefined) throw noSuch("organization");
        log.info(on ? "an organization is on hold" : "an organization is on hold no more", { tenant: held.tenant });
        return { held_at: timeOrNull(held.since) };
      },
    );
  };
}

function inviteRoutes(context: PeopleContext): Routes {
  const { database, log, wakeMails } = context;
  return (app) => {
    app.post(
      "/api/v1/tenants/:id/invitations",
      {
        config: { needs: "platform" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Invites an administrator to an organization, such as one whose administrators are gone",
          tags,
          params: tenantParams,
          body: z.strictObject({ email: emailSchema }),
          response: { 201: madeInvitationSchema, ...problemsOf(404, 413, 415) },
        },
      },
      async (request, reply) => {
        const { user } = personOf(request);
        const { email } = request.body;
        const made = await database.transaction({ user }, async (queries) => {
          const found = await queries.first<{ tenant: number }>(
            "select id as tenant from tenants where public_id = $1",
            [request.params.id],
          );
          if (found === undefined) throw noSuch("organization");
          return invite(context, queries, { tenant: found.tenant, role: "admin", email, madeBy: user });
        });
        log.info("an administrator of an organization was invited", { invitation: made.id });
        void wakeMails();
        return reply.code(201).send(made);
      },
    );
    app.post(
      "/api/v1/platform/invitations",
      {
        config: { needs: "platform" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Invites one more administrator of the platform",
          tags,
          body: z.strictObject({ email: emailSchema }),
          response: { 201: madeInvitationSchema, ...problemsOf(413, 415) },
        },
      },
      async (request, reply) => {
        const { user } = personOf(request);
        const { email } = request.body;
        const made = await database.transaction({ user }, (queries) =>
          invite(context, queries, { tenant: null, role: null, email, madeBy: user }),
        );
        log.info("an administrator of the platform was invited", { invitation: made.id });
        void wakeMails();
        return reply.code(201).send(made);
      },
    );
  };
}
