import { randomUUID } from "node:crypto";
import { dayMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import type { Role } from "../web/caller.ts";
import { hashOfSecret } from "./secret.ts";

/** An invitation that nobody accepts is over. */
export const invitationForMs = 7 * dayMs;

/** To whom an invitation is, and to what; without a tenant it makes an administrator of the platform. */
export type Invited = {
  readonly tenant: number | null;
  readonly role: Role | null;
  readonly email: string | null;
  readonly madeBy: string | null;
};

export type MadeInvitation = { readonly id: string; readonly expiresAt: number };

/** Makes an invitation in a transaction of the tenant, or of an administrator of the platform; `mail` is the one with its link. */
export async function makeInvitation(
  queries: Queries,
  invited: Invited,
  { now, secret, mail }: { readonly now: number; readonly secret: string; readonly mail: string | null },
): Promise<MadeInvitation> {
  const { tenant, role, email, madeBy } = invited;
  const id = randomUUID();
  const expiresAt = now + invitationForMs;
  await queries.change(
    `insert into invitations (id, tenant_id, role, email, made_by, secret_hash, created_at, expires_at, mail_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [id, tenant, role, email, madeBy, hashOfSecret(secret), new Date(now), new Date(expiresAt), mail],
  );
  return { id, expiresAt };
}

/** The link of an invitation: what stands behind the # is never part of a request. */
export function invitationLink(publicUrl: string, secret: string): string {
  return `${publicUrl}/#invitation=${secret}`;
}

/** An invitation that somebody has the link of. */
export type ShownInvitation = Invited & {
  readonly tenantName: string | null;
  readonly expiresAt: number;
  /** It came by mail alone, so who shows it reads the mails to its address. */
  readonly wasMailed: boolean;
};

/** Finds an open invitation. Throws a 404 or a 410 where there is none. */
export async function findInvitation(database: Database, secret: string, now: number): Promise<ShownInvitation> {
  const hash = hashOfSecret(secret);
  const row = await database.transaction({ secret: hash }, (queries) =>
    queries.first<ShownInvitation & { accepted: number | null; revoked: number | null }>(
      `select i.tenant_id as tenant, i.role, i.email, i.made_by as "madeBy", t.name as "tenantName",
         i.expires_at as "expiresAt", i.mail_id is not null as "wasMailed", i.accepted_at as accepted, i.revoked_at as revoked
       from invitations i left join tenants t on t.id = i.tenant_id where i.secret_hash = $1`,
      [hash],
    ),
  );
  if (row === undefined) throw new Problem(404, "There is no such invitation: take the whole link.");
  if (row.accepted !== null || row.revoked !== null || now >= row.expiresAt) throw invitationIsOver();
  return row;
}

export function invitationIsOver(): Problem {
  return new Problem(410, "This invitation was used or withdrawn, or is too old: ask for another one.");
}

/** Uses an invitation up in a transaction that shows its secret, and makes the user what it says. Throws a 410 where it is over. */
export async function acceptInvitation(
  queries: Queries,
  { tenant, role }: Pick<Invited, "tenant" | "role">,
  { secret, user, now }: { readonly secret: string; readonly user: string; readonly now: number },
): Promise<void> {
  const at = new Date(now);
  if (tenant === null) {
    const accepted = await queries.first<{ done: boolean }>("select accept_platform_invitation($1) as done", [at]);
    if (accepted?.done !== true) throw invitationIsOver();
    return;
  }
  const used = await queries.change(
    `update invitations set accepted_at = $2
     where secret_hash = $1 and accepted_at is null and revoked_at is null and expires_at > $2`,
    [hashOfSecret(secret), at],
  );
  if (used === 0) throw invitationIsOver();
  await queries.change(
    "insert into memberships (tenant_id, user_id, role) values ($1, $2, $3) on conflict do nothing",
    [tenant, user, role],
  );
}
