import type { FastifyRequest } from "fastify";
import type { Database } from "../database/database.ts";
import type { Role, Standing } from "../web/caller.ts";
import { findTokenById } from "./api-tokens.ts";

/** What let a request in, by its id: no secret is kept, and none is shown again. */
export type LetInBy =
  | { readonly kind: "session"; readonly session: string; readonly user: string; readonly tenant: number }
  /** An access token of a session, which holds for the role that it says. */
  | {
      readonly kind: "session token";
      readonly session: string;
      readonly user: string;
      readonly standing: Standing;
      readonly until: number;
    }
  /** An API token; `until`: an access token that was made of it, which ends then (ms since the epoch). */
  | { readonly kind: "token"; readonly token: string; readonly standing: Standing; readonly until?: number };

/** What each request was let in by that is being answered. */
const letIn = new WeakMap<FastifyRequest, LetInBy>();

export function rememberLetIn(request: FastifyRequest, by: LetInBy): void {
  letIn.set(request, by);
}

/** What a request was let in by, in its tenant; undefined where it shows nothing that lets it into one. */
export function letInBy(request: FastifyRequest): LetInBy | undefined {
  return letIn.get(request);
}

/**
 * Whether what let a request in lets it in still, at `now`, ms since the epoch: a session that has not ended and works in the
 * same tenant, a token that was not revoked. It does not count as a use of it.
 */
export async function stillHolds(database: Database, by: LetInBy, now: number): Promise<boolean> {
  if (by.kind === "session") return (await roleInSession(database, by, now, true)) !== undefined;
  if (by.until !== undefined && now >= by.until) return false;
  const { tenant, role } = by.standing;
  if (by.kind === "session token") {
    return (await roleInSession(database, { ...by, tenant }, now, false)) === role;
  }
  const held = await findTokenById(database, by.token, now);
  return held?.tenant === tenant && held.role === role;
}

/** The role in a tenant of somebody whose session holds; `worksIn`: only where it is the tenant that the session works in. */
async function roleInSession(
  database: Database,
  { session, user, tenant }: { readonly session: string; readonly user: string; readonly tenant: number },
  now: number,
  worksIn: boolean,
): Promise<Role | undefined> {
  const row = await database.transaction({ user }, (queries) =>
    queries.first<{ role: Role }>(
      `select m.role from sessions s join memberships m on m.user_id = s.user_id
       where s.id = $1 and s.user_id = $2 and s.ends_at > $3 and m.tenant_id = $4 and (not $5 or s.tenant_id = $4)`,
      [session, user, new Date(now), tenant, worksIn],
    ),
  );
  return row?.role;
}
