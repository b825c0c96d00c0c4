import { randomUUID } from "node:crypto";
import { dayMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { callerOf, standingOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList, behind, newestFirst } from "../web/list.ts";
import { nameSchema } from "../web/names.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import { timeOf, timeOrNull, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import { type ApiScope, apiScopes, longestTokenDays, newApiToken } from "./api-tokens.ts";
import type { PeopleContext } from "./context.ts";
import { smallBodyBytes } from "./schemas.ts";
import { hashOfSecret } from "./secret.ts";

const tags = ["tokens"];
/** More than an organization has programs that ask. */
const mostTokens = 200;
const usualDays = 365;

const daysRule = `a whole number from 1 to ${longestTokenDays}`;
const madeSchema = z.object({
  id: idSchema,
  name: z.string(),
  scope: z.enum(apiScopes),
  created_at: timeSchema,
  expires_at: timeSchema,
});
const listedSchema = madeSchema.extend({
  last_used_at: timeSchema.nullable().describe("to ten minutes; null: never"),
  made_by_id: idSchema.nullable(),
});

/** API tokens of a tenant, for its administrators. */
export function apiTokenRoutes(context: PeopleContext): Routes {
  return (app) => {
    makeRoute(context)(app);
    listRoute(context)(app);
    revokeRoute(context)(app);
  };
}

function makeRoute({ database, clock, log }: PeopleContext): Routes {
  return (app) => {
    app.post(
      "/api/v1/api-tokens",
      {
        config: { needs: "admin" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Makes an API token; the answer has it this once",
          description: "read is what viewers may, write what operators may, admin what administrators may.",
          tags,
          body: z.strictObject({
            name: nameSchema,
            scope: z.enum(apiScopes),
            expires_in_days: z
              .number({ error: daysRule })
              .int({ error: daysRule })
              .min(1, { error: daysRule })
              .max(longestTokenDays, { error: daysRule })
              .default(usualDays),
          }),
          response: {
            201: madeSchema.extend({ token: z.string().describe("hlt_..., for Authorization: Bearer") }),
            ...problemsOf(409, 413, 415),
          },
        },
      },
      async (request, reply) => {
        const { tenant } = standingOf(request);
        const madeBy = personIn(callerOf(request));
        const { name, scope, expires_in_days: days } = request.body;
        const now = clock.now();
        const [id, token, expiresAt] = [randomUUID(), newApiToken(), now + days * dayMs];
        await database.transaction({ tenant }, async (queries) => {
          const there = await queries.first<{ count: number }>(
            "select count(*) as count from api_tokens where tenant_id = $1",
            [tenant],
          );
          if ((there?.count ?? 0) >= mostTokens)
            throw new Problem(409, `There are ${mostTokens} API tokens: revoke some.`);
          await queries.change(
            `insert into api_tokens (id, tenant_id, name, scope, secret_hash, made_by, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)`,
            [id, tenant, name, scope, hashOfSecret(token), madeBy, new Date(now), new Date(expiresAt)],
          );
        });
        log.info("an API token was made", { token: id, tenant, scope });
        const moments = { created_at: timeOf(now), expires_at: timeOf(expiresAt) };
        return reply.code(201).send({ id, name, scope, ...moments, token });
      },
    );
  };
}

type Row = {
  readonly id: string;
  readonly name: string;
  readonly scope: ApiScope;
  readonly created: number;
  readonly expires: number;
  readonly used: number | null;
  readonly made_by_id: string | null;
};

function listRoute({ database }: PeopleContext): Routes {
  return (app) =>
    addList(app, "/api/v1/api-tokens", {
      needs: "admin",
      summary: "The organization's API tokens, the newest first; the tokens themselves are shown to nobody again",
      tags,
      item: listedSchema,
      place: newestFirst,
      async read({ request }, { after, most }) {
        const { tenant } = standingOf(request);
        const rows = await database.transaction({ tenant }, (queries) =>
          queries.all<Row>(
            `select id, name, scope, created_at as created, expires_at as expires, last_used_at as used,
               made_by as made_by_id
             from api_tokens where tenant_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
             order by created_at desc, id desc limit $4`,
            [tenant, ...behind(after), most],
          ),
        );
        return rows.map(({ created, expires, used, ...row }) => ({
          item: { ...row, created_at: timeOf(created), expires_at: timeOf(expires), last_used_at: timeOrNull(used) },
          place: [created, row.id],
        }));
      },
    });
}

function revokeRoute({ database, log }: PeopleContext): Routes {
  return (app) => {
    app.delete(
      "/api/v1/api-tokens/:id",
      {
        config: { needs: "admin" },
        schema: {
          summary: "Revokes an API token, and the access tokens that were made of it, at once",
          tags,
          params: z.object({ id: askedIdSchema("an API token", "/api/v1/api-tokens") }),
          response: { 204: nothing, ...problemsOf(404) },
        },
      },
      async (request, reply) => {
        const { tenant } = standingOf(request);
        const { id } = request.params;
        const revoked = await database.transaction({ tenant }, (queries) =>
          queries.change("delete from api_tokens where id = $1 and tenant_id = $2", [id, tenant]),
        );
        if (revoked === 0) throw noSuch("API token");
        log.info("an API token was revoked", { token: id, tenant });
        return reply.code(204).send();
      },
    );
  };
}

/** Only a person makes tokens: one that is revoked must not have made others. */
function personIn(caller: ReturnType<typeof callerOf>): string {
  if (caller.kind === "person") return caller.user;
  throw new Problem(403, "Only a person may do this, and no API token.");
}
