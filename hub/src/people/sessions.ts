import { randomUUID } from "node:crypto";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import type { Role } from "../web/caller.ts";
import { hashOfSecret, newSecret } from "./secret.ts";

/** A session ends so long after it began, whatever happens. */
export const longestSessionMs = 30 * dayMs;
/** A session that is not used ends. */
const idleSessionMs = 12 * hourMs;
/** A session gets a new secret each so often. */
const secretForMs = hourMs;
/** Requests that were on their way with the old secret are still answered. */
const graceMs = 2 * minuteMs;
/** When it was last used is written at most this often. */
const seenEachMs = minuteMs;
/** More than a person has browsers; beyond it the one that was not used for longest ends. */
export const mostSessions = 50;

/** A session that was shown by its secret. */
export type ShownSession = {
  readonly id: string;
  readonly user: string;
  readonly tenant: number | null;
  /** In that tenant; null where none is chosen, or the person does not work for it any more. */
  readonly role: Role | null;
  readonly isPlatformAdmin: boolean;
  /** Its secret was made long enough ago to be replaced. */
  readonly needsSecret: boolean;
  /** Ms from now until it ends whatever happens. */
  readonly restMs: number;
};

/** Of a secret: the session, none (any more), or one that was ended as this secret had been replaced before. */
export type FoundSession = ShownSession | "none" | "ended";

type Row = {
  readonly id: string;
  readonly user: string;
  readonly tenant: number | null;
  readonly role: Role | null;
  readonly isPlatformAdmin: boolean;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly endsAt: number;
  readonly madeAt: number;
  readonly replacedAt: number | null;
};

/** Finds the session of a secret, and notes that it is used. `now` in ms since the epoch. */
export function findSession(database: Database, secret: string, now: number): Promise<FoundSession> {
  const hash = hashOfSecret(secret);
  return database.transaction({ secret: hash }, async (queries) => {
    const row = await queries.first<Row>(
      `select s.id, s.user_id as user, s.tenant_id as tenant, m.role, u.is_platform_admin as "isPlatformAdmin",
         s.created_at as "createdAt", s.seen_at as "seenAt", s.ends_at as "endsAt",
         x.made_at as "madeAt", x.replaced_at as "replacedAt"
       from session_secrets x
         join sessions s on s.id = x.session_id
         join users u on u.id = s.user_id
         left join memberships m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
       where x.hash = $1`,
      [hash],
    );
    if (row === undefined || now >= row.endsAt) return "none";
    if (row.replacedAt !== null && now - row.replacedAt > graceMs) {
      await queries.change("delete from sessions where id = $1", [row.id]);
      return "ended";
    }
    if (now - row.seenAt >= seenEachMs) {
      await queries.change("update sessions set seen_at = $2, ends_at = $3 where id = $1", [
        row.id,
        new Date(now),
        new Date(endOf(row.createdAt, now)),
      ]);
    }
    return {
      ...row,
      needsSecret: row.replacedAt === null && now - row.madeAt >= secretForMs,
      restMs: row.createdAt + longestSessionMs - now,
    };
  });
}

/** Gives a session another secret in place of the one shown, and answers it; undefined where another request was faster. */
export function replaceSecret(
  database: Database,
  { id, user }: Pick<ShownSession, "id" | "user">,
  shown: string,
  now: number,
): Promise<string | undefined> {
  return database.transaction({ user }, async (queries) => {
    const replaced = await queries.change(
      "update session_secrets set replaced_at = $2 where hash = $1 and replaced_at is null",
      [hashOfSecret(shown), new Date(now)],
    );
    return replaced === 0 ? undefined : addSecret(queries, id, user, now);
  });
}

/** A session that was begun: what its owner shows from now on, and the tenant that is worked in. */
export type BegunHubSession = { readonly secret: string; readonly tenant: number | null };

/**
 * Begins a session in a transaction of its user. Who works for a single tenant works in it from the beginning. `program`: what
 * the browser says of itself.
 */
export async function beginSession(
  queries: Queries,
  user: string,
  program: string,
  now: number,
): Promise<BegunHubSession> {
  const id = randomUUID();
  const at = new Date(now);
  const begun = await queries.first<{ tenant: number | null }>(
    `insert into sessions (id, user_id, tenant_id, created_at, seen_at, ends_at, program)
     select $1, $2, case when count(*) = 1 then min(tenant_id) end, $3, $3, $4, $5 from memberships where user_id = $2
     returning tenant_id as tenant`,
    [id, user, at, new Date(endOf(now, now)), program.slice(0, 200)],
  );
  await queries.change(
    `delete from sessions where user_id = $1 and id in
       (select id from sessions where user_id = $1 order by seen_at desc, created_at desc offset $2)`,
    [user, mostSessions],
  );
  return { secret: await addSecret(queries, id, user, now), tenant: begun?.tenant ?? null };
}

async function addSecret(queries: Queries, session: string, user: string, now: number): Promise<string> {
  const secret = newSecret();
  await queries.change("insert into session_secrets (hash, session_id, user_id, made_at) values ($1, $2, $3, $4)", [
    hashOfSecret(secret),
    session,
    user,
    new Date(now),
  ]);
  return secret;
}

function endOf(createdAt: number, usedAt: number): number {
  return Math.min(createdAt + longestSessionMs, usedAt + idleSessionMs);
}
