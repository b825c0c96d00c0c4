import { minuteMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";
import type { Role } from "../web/caller.ts";
import { hashOfSecret, newSecret } from "./secret.ts";

/** What an API token may do, and the role that this is. */
export const roleOfScope = { read: "viewer", write: "operator", admin: "admin" } as const satisfies Record<
  string,
  Role
>;
export type ApiScope = keyof typeof roleOfScope;
export const apiScopes = ["read", "write", "admin"] as const satisfies readonly ApiScope[];

/** When it was last used is written at most this often. */
const usedEachMs = 10 * minuteMs;
/** Ten years. */
export const longestTokenDays = 3650;

/** Told apart from other secrets by its beginning, also by those who look for leaked ones. */
const beginning = "hlt_";
const form = /^hlt_[\w-]{43}$/;

/** A token that holds. */
export type HeldToken = { readonly id: string; readonly tenant: number; readonly role: Role };

export function newApiToken(): string {
  return `${beginning}${newSecret()}`;
}

export function isApiToken(text: string): boolean {
  return form.test(text);
}

type Row = {
  readonly id: string;
  readonly tenant: number;
  readonly scope: ApiScope;
  readonly expiresAt: number;
  readonly usedAt: number | null;
};

const columns = `id, tenant_id as tenant, scope, expires_at as "expiresAt", last_used_at as "usedAt"`;

/** Finds a token that holds, and notes that it is used; undefined where there is none. `now` in ms since the epoch. */
export function findApiToken(database: Database, token: string, now: number): Promise<HeldToken | undefined> {
  const hash = hashOfSecret(token);
  return database.transaction({ secret: hash }, async (queries) => {
    const row = await queries.first<Row>(`select ${columns} from api_tokens where secret_hash = $1`, [hash]);
    const held = heldOf(row, now);
    if (held !== undefined && (row?.usedAt == null || Math.abs(now - row.usedAt) >= usedEachMs)) {
      await queries.change("update api_tokens set last_used_at = $2 where id = $1", [held.id, new Date(now)]);
    }
    return held;
  });
}

/** Finds by its id a token that holds. */
export async function findTokenById(database: Database, id: string, now: number): Promise<HeldToken | undefined> {
  const row = await database.transaction({ token: id }, (queries) =>
    queries.first<Row>(`select ${columns} from api_tokens where id = $1`, [id]),
  );
  return heldOf(row, now);
}

function heldOf(row: Row | undefined, now: number): HeldToken | undefined {
  if (row === undefined || now >= row.expiresAt) return undefined;
  return { id: row.id, tenant: row.tenant, role: roleOfScope[row.scope] };
}
