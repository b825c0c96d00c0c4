import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import type { Database } from "../database/database.ts";
import type { Caller, Role, Standing } from "../web/caller.ts";
import type { Recognize } from "../web/web.ts";
import type { AccessClaims } from "./access-tokens.ts";
import { findApiToken, findTokenById, type HeldToken, isApiToken } from "./api-tokens.ts";
import type { PeopleContext } from "./context.ts";
import { rememberLetIn } from "./still-holds.ts";

/** The API token that each request that is being answered has shown. */
const shown = new WeakMap<FastifyRequest, HeldToken>();

/** The API token of a request; undefined where it has shown something else. */
export function apiTokenOf(request: FastifyRequest): HeldToken | undefined {
  return shown.get(request);
}

/** Recognizes programs by an API token, and API clients by an access token (RFC 6750). */
export function recognizeBearer({ database, clock, accessTokens }: PeopleContext): Recognize {
  return async (request) => {
    const token = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
    if (token === undefined) return undefined;
    const now = clock.now();
    if (isApiToken(token)) {
      const held = await findApiToken(database, token, now);
      if (held === undefined) throw holdsNot();
      shown.set(request, held);
      rememberLetIn(request, { kind: "token", token: held.id, standing: standingOfToken(held) });
      return programOf(held);
    }
    const claims = await accessTokens.read(token, now);
    const caller =
      claims && (await (claims.kind === "person" ? personOfClaims : programOfClaims)(database, claims, now));
    if (caller === undefined || claims === undefined) throw holdsNot();
    const { sid, until } = claims;
    if (caller.kind === "program") {
      rememberLetIn(request, { kind: "token", token: sid, standing: caller.standing, until });
    } else if (caller.kind === "person" && caller.standing !== undefined) {
      const { user, standing } = caller;
      rememberLetIn(request, { kind: "session token", session: sid, user, standing, until });
    }
    return caller;
  };
}

function programOf(held: HeldToken): Caller {
  return { kind: "program", standing: standingOfToken(held) };
}

function standingOfToken({ tenant, role }: HeldToken): Standing {
  return { tenant, role };
}

/** A token that was made of another one holds as long as that does, and says what it says. */
async function programOfClaims(database: Database, { sid, role }: AccessClaims, now: number) {
  const held = await findTokenById(database, sid, now);
  return held?.role === role ? programOf(held) : undefined;
}

/** A token of a session holds as long as the session does, and the person has the role that it says. */
async function personOfClaims(
  database: Database,
  { sub: user, sid, tenant, role }: AccessClaims,
  now: number,
): Promise<Caller | undefined> {
  const row = await database.transaction({ user }, (queries) =>
    queries.first<{ tenant: number; role: Role; isPlatformAdmin: boolean }>(
      `select t.id as tenant, m.role, u.is_platform_admin as "isPlatformAdmin"
       from sessions s
         join users u on u.id = s.user_id
         join memberships m on m.user_id = s.user_id
         join tenants t on t.id = m.tenant_id
       where s.id = $1 and s.user_id = $2 and s.ends_at > $3 and t.public_id = $4 and m.role = $5`,
      [sid, user, new Date(now), tenant, role],
    ),
  );
  if (row === undefined) return undefined;
  const standing = { tenant: row.tenant, role: row.role };
  return { kind: "person", user, standing, isPlatformAdmin: row.isPlatformAdmin };
}

function holdsNot(): Problem {
  return new Problem(
    401,
    "The token of this request does not hold: it was revoked, is too old, or was never valid.",
    [],
    {
      "www-authenticate": 'Bearer error="invalid_token"',
    },
  );
}
