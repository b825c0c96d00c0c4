import { secondMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { standingOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { type AccessClaims, accessTokenMs } from "./access-tokens.ts";
import { apiTokenOf } from "./bearer.ts";
import type { PeopleContext } from "./context.ts";
import { roleSchema, smallBodyBytes } from "./schemas.ts";
import { shownSessionOf } from "./session-caller.ts";

const tags = ["tokens"];
const keysForS = 300;

/** Access tokens: short JWTs for API clients, and the key that checks them. */
export function accessTokenRoutes({ database, clock, accessTokens }: PeopleContext): Routes {
  return (app) => {
    app.post(
      "/api/v1/token",
      {
        config: { needs: "viewer" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Makes an access token of the session or the API token that asks",
          description:
            "A JWT that is signed with Ed25519, for `Authorization: Bearer`. It holds for 10 minutes, and not longer than what " +
            "it is made of, and the role that it says.",
          tags,
          response: {
            200: z.object({
              access_token: z.string(),
              token_type: z.literal("Bearer"),
              expires_in: z.int().describe("seconds"),
              role: roleSchema,
            }),
            ...problemsOf(409, 413, 415),
          },
        },
      },
      async (request) => {
        const { tenant, role } = standingOf(request);
        const row = await database.transaction({ tenant }, (queries) =>
          queries.first<{ id: string }>("select public_id as id from tenants where id = $1", [tenant]),
        );
        if (row === undefined) throw new Error("the tenant of a caller is not there");
        const of = sourceOf(shownSessionOf(request), apiTokenOf(request));
        const token = await accessTokens.sign({ ...of, tenant: row.id, role }, clock.now());
        return { access_token: token, token_type: "Bearer" as const, expires_in: accessTokenMs / secondMs, role };
      },
    );
    app.get(
      "/.well-known/jwks.json",
      {
        config: { needs: "nobody" },
        schema: {
          summary: "The key that access tokens are checked with (RFC 7517)",
          tags,
          response: {
            200: z.object({
              keys: z.array(
                z.object({
                  kty: z.literal("OKP"),
                  crv: z.literal("Ed25519"),
                  x: z.string(),
                  kid: z.string(),
                  alg: z.literal("EdDSA"),
                  use: z.literal("sig"),
                }),
              ),
            }),
            ...problemsOf(),
          },
        },
      },
      async (_request, reply) => {
        const { keys } = await accessTokens.publicKeys();
        return reply.header("cache-control", `public, max-age=${keysForS}`).send({ keys: [...keys] });
      },
    );
  };
}

/** An access token makes no other one: it would hold for ever. */
function sourceOf(
  session: { readonly id: string; readonly user: string } | undefined,
  token: { readonly id: string } | undefined,
): Pick<AccessClaims, "kind" | "sub" | "sid"> {
  if (token !== undefined) return { kind: "program", sub: token.id, sid: token.id };
  if (session !== undefined) return { kind: "person", sub: session.user, sid: session.id };
  throw new Problem(403, "An access token makes no other one: ask with the session's cookie, or with an API token.");
}
