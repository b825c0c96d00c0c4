import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { personOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList, behind, newestFirst } from "../web/list.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { meOf, meSchema } from "./me.ts";
import { newPasswordSchema, shownPasswordSchema, smallBodyBytes } from "./schemas.ts";
import { sessionOf, shownSessionOf } from "./session-caller.ts";

const tags = ["people"];

const sessionSchema = z.object({
  id: idSchema,
  program: z.string().describe("what the browser said of itself"),
  created_at: timeSchema,
  seen_at: timeSchema.describe("when it was last used, to the minute"),
  ends_at: timeSchema.describe("when it ends if it is not used again"),
  is_own: z.boolean().describe("the one that asks"),
});

/** Who one is, where one works, and one's sessions. */
export function sessionRoutes(context: PeopleContext): Routes {
  return (app) => {
    meRoutes(context)(app);
    listRoutes(context)(app);
    passwordRoute(context)(app);
  };
}

function meRoutes({ database }: PeopleContext): Routes {
  return (app) => {
    app.get(
      "/api/v1/me",
      {
        config: { needs: "person" },
        schema: { summary: "Who is signed in", tags, response: { 200: meSchema, ...problemsOf() } },
      },
      async (request) => {
        const { user, standing } = personOf(request);
        return database.transaction({ user }, (queries) => meOf(queries, user, standing?.tenant ?? null));
      },
    );
    app.put(
      "/api/v1/session",
      {
        config: { needs: "person" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Chooses the organization that the session works in",
          tags,
          body: z.strictObject({ tenant_id: askedIdSchema("an organization", "/api/v1/me") }),
          response: { 200: meSchema, ...problemsOf(404, 413, 415) },
        },
      },
      async (request) => {
        const { id, user } = sessionOf(request);
        return database.transaction({ user }, async (queries) => {
          const chosen = await queries.first<{ tenant: number }>(
            `select t.id as tenant from tenants t join memberships m on m.tenant_id = t.id
             where t.public_id = $1 and m.user_id = $2`,
            [request.body.tenant_id, user],
          );
          if (chosen === undefined) throw noSuch("organization");
          await queries.change("update sessions set tenant_id = $2 where id = $1", [id, chosen.tenant]);
          return meOf(queries, user, chosen.tenant);
        });
      },
    );
  };
}

function listRoutes({ database, clock }: PeopleContext): Routes {
  return (app) => {
    addList(app, "/api/v1/sessions", {
      needs: "person",
      summary: "One's own sessions, the last used first",
      tags,
      item: sessionSchema,
      place: newestFirst,
      async read({ request }, { after, most }) {
        const { user } = personOf(request);
        const own = shownSessionOf(request)?.id;
        const rows = await database.transaction({ user }, (queries) =>
          queries.all<{ id: string; program: string; created: number; seen: number; ends: number }>(
            `select id, program, created_at as created, seen_at as seen, ends_at as ends from sessions
             where user_id = $1 and ends_at > $2 and ($3::timestamptz is null or (seen_at, id) < ($3, $4::uuid))
             order by seen_at desc, id desc limit $5`,
            [user, new Date(clock.now()), ...behind(after), most],
          ),
        );
        return rows.map(({ id, program, created, seen, ends }) => ({
          item: {
            ...{ id, program, is_own: id === own },
            ...{ created_at: timeOf(created), seen_at: timeOf(seen), ends_at: timeOf(ends) },
          },
          place: [seen, id],
        }));
      },
    });
    app.delete(
      "/api/v1/sessions/:id",
      {
        config: { needs: "person" },
        schema: {
          summary: "Ends one of one's own sessions",
          tags,
          params: z.object({ id: askedIdSchema("a session", "/api/v1/sessions") }),
          response: { 204: nothing, ...problemsOf(404) },
        },
      },
      async (request, reply) => {
        const { user } = personOf(request);
        const ended = await database.transaction({ user }, (queries) =>
          queries.change("delete from sessions where id = $1 and user_id = $2", [request.params.id, user]),
        );
        if (ended === 0) throw noSuch("session");
        return reply.code(204).send();
      },
    );
  };
}

function passwordRoute({ database, passwords, tries, addressOf, log }: PeopleContext): Routes {
  return (app) => {
    app.put(
      "/api/v1/password",
      {
        config: { needs: "person" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Changes one's password; all other sessions end",
          tags,
          body: z.strictObject({ current: shownPasswordSchema, password: newPasswordSchema }),
          response: { 204: nothing, ...problemsOf(413, 415) },
        },
      },
      async (request, reply) => {
        const { user } = personOf(request);
        const { current, password } = request.body;
        const own = shownSessionOf(request)?.id ?? null;
        const begun = await tries.begin({ person: user, address: addressOf(request) });
        const before = await database.transaction({ user }, (queries) =>
          queries.first<{ kept: string | null }>("select password_hash as kept from users where id = $1", [user]),
        );
        const { isRight } = await passwords.compare(current, before?.kept);
        if (!isRight) throw new Problem(403, "The current password is not right.");
        await begun.succeeded();
        const kept = await passwords.hash(password);
        await database.transaction({ user }, async (queries) => {
          const changed = await queries.change(
            "update users set password_hash = $2 where id = $1 and password_hash = $3",
            [user, kept, before?.kept],
          );
          if (changed === 0) throw new Problem(403, "The current password is not right.");
          await queries.change("delete from sessions where user_id = $1 and id is distinct from $2", [user, own]);
        });
        log.info("a password was changed", { user });
        return reply.code(204).send();
      },
    );
  };
}
