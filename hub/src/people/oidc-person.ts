import { randomUUID } from "node:crypto";
import type { Queries } from "../database/queries.ts";
import type { Role } from "../web/caller.ts";
import type { PeopleContext } from "./context.ts";
import type { OidcIdentity } from "./oidc-provider.ts";
import { removeFactor } from "./second-factor.ts";
import { hashOfSecret } from "./secret.ts";

/** Whose account a provider's person has; or why nobody's. */
export type FoundPerson = { readonly user: string } | "not-verified" | "not-invited";

type Known = OidcIdentity & { readonly email: string };
type OpenInvitation = { readonly id: string; readonly tenant: number; readonly role: Role };

/**
 * The account of somebody whom a provider has signed in: the one that was joined before, the one of the verified e-mail
 * address, or a new one where there are open invitations to that address. Nobody becomes a member without an invitation.
 */
export async function personOfIdentity(context: PeopleContext, identity: OidcIdentity): Promise<FoundPerson> {
  const { database } = context;
  const key = keyOf(identity);
  const known = await database.transaction({ secret: key }, (queries) =>
    queries.first<{ user: string }>("select user_id as user from identities where key = $1", [key]),
  );
  if (known !== undefined) return known;
  const { email } = identity;
  if (email === undefined) return "not-verified";
  const account = await database.transaction({ email }, (queries) =>
    queries.first<{ user: string; isProven: boolean }>(
      `select id as user, email_proven_at is not null as "isProven" from users where email = $1`,
      [email],
    ),
  );
  if (account === undefined) return newPerson(context, { ...identity, email }, key);
  await joinAccount(context, identity, key, account);
  return { user: account.user };
}

function keyOf({ issuer, subject }: OidcIdentity): Buffer {
  return hashOfSecret(JSON.stringify([issuer, subject]));
}

/**
 * Joins an account. Where nobody has shown before that its e-mail address is theirs, somebody else may have made it: what lets
 * in until now is taken away.
 */
async function joinAccount(
  { database, clock, log }: PeopleContext,
  identity: OidcIdentity,
  key: Buffer,
  { user, isProven }: { readonly user: string; readonly isProven: boolean },
): Promise<void> {
  const at = new Date(clock.now());
  await database.transaction({ user, secret: key }, async (queries) => {
    await addIdentity(queries, identity, key, user, at);
    if (isProven) return;
    await queries.change("update users set password_hash = null, email_proven_at = $2 where id = $1", [user, at]);
    await queries.change("delete from sessions where user_id = $1", [user]);
    await removeFactor(queries, user);
  });
  log.info("somebody has joined an account by the provider of sign-ins", { user });
}

/** Makes an account where there is an open invitation, and accepts all of them. */
async function newPerson({ database, clock, log }: PeopleContext, identity: Known, key: Buffer): Promise<FoundPerson> {
  const { email, name } = identity;
  const at = new Date(clock.now());
  const [first, ...more] = await database.transaction({ email }, (queries) =>
    queries.all<OpenInvitation>(
      `select id, tenant_id as tenant, role from invitations
       where email = $1 and tenant_id is not null and accepted_at is null and revoked_at is null and expires_at > $2
       order by created_at limit 100`,
      [email, at],
    ),
  );
  if (first === undefined) return "not-invited";
  const user = randomUUID();
  const isMade = await database.transaction({ user, email, secret: key, tenant: first.tenant }, async (queries) => {
    await queries.change("insert into users (id, email, name, email_proven_at) values ($1, $2, $3, $4)", [
      user,
      email,
      name,
      at,
    ]);
    await addIdentity(queries, identity, key, user, at);
    return accept(queries, first, user, at);
  });
  if (!isMade) return "not-invited";
  for (const invitation of more) {
    await database.transaction({ user, email, tenant: invitation.tenant }, (queries) =>
      accept(queries, invitation, user, at),
    );
  }
  log.info("somebody has accepted invitations by the provider of sign-ins and has an account", { user });
  return { user };
}

async function accept(
  queries: Queries,
  { id, tenant, role }: OpenInvitation,
  user: string,
  at: Date,
): Promise<boolean> {
  const used = await queries.change(
    "update invitations set accepted_at = $2 where id = $1 and accepted_at is null and revoked_at is null",
    [id, at],
  );
  if (used === 0) return false;
  await queries.change(
    "insert into memberships (tenant_id, user_id, role) values ($1, $2, $3) on conflict do nothing",
    [tenant, user, role],
  );
  return true;
}

function addIdentity(queries: Queries, { issuer }: OidcIdentity, key: Buffer, user: string, at: Date) {
  return queries.change(
    "insert into identities (key, user_id, issuer, created_at) values ($1, $2, $3, $4) on conflict do nothing",
    [key, user, issuer, at],
  );
}
