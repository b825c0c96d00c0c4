import { createSecretKey, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@heatloop/hub/database/database";
import { claimCodeHash } from "@heatloop/hub/nodes/new-claim-code";
import { addKey, addNode } from "@heatloop/hub/nodes/new-node";
import { newSharedSecret } from "@heatloop/hub/nodes/node-key";
import { argon2idOf } from "@heatloop/hub/people/argon2id";
import { makeInvitation } from "@heatloop/hub/people/invitations";
import { hashOfSecret, newSecret } from "@heatloop/hub/people/secret";
import type { HubSecrets } from "@heatloop/hub/settings/secrets";
import { type Role, roles } from "@heatloop/hub/web/caller";
import type { SignatureKey } from "@heatloop/program/http-signature";
import { newTestKey } from "../test-node.ts";
import { type MarkedFactors, markedFactors } from "./marked-factors.ts";
import { type TenantName, tenantNames, wordOf } from "./marked-words.ts";

export const markedPassword = "correct horse battery";
const kept = argon2idOf(markedPassword);

/** A person of the fuzz, by id and address. */
export type MarkedPerson = { readonly id: string; readonly email: string };
/** A node of the fuzz, and what it signs with. */
export type MarkedNode = { readonly id: string; readonly key: SignatureKey & { readonly keyId: string } };

/** A tenant that has some of everything, with its word in every text. */
export type MarkedTenant = {
  readonly name: TenantName;
  readonly id: number;
  readonly people: Readonly<Record<Role, MarkedPerson>>;
  readonly node: MarkedNode;
  readonly sharingNode: MarkedNode;
  readonly revokedNode: MarkedNode;
  /** What somebody was given, and lets do what it is for. */
  readonly secrets: { readonly invitation: string; readonly reset: string; readonly claimCode: string };
  readonly factors: MarkedFactors;
};

/** All tenants of the fuzz, and people who are not of one alone. */
export type MarkedTenants = Readonly<Record<TenantName, MarkedTenant>> & {
  /** Works for north as operator and for south as viewer. */
  readonly ofTwo: MarkedPerson;
  /** Worked for north, and does no more. */
  readonly gone: MarkedPerson;
  readonly platform: MarkedPerson;
};

/** What the tenants are made with. */
export type MarkedTenantsParts = {
  readonly database: Database;
  readonly secrets: HubSecrets;
  readonly now: number;
  readonly asOwner: <T extends object>(text: string, values?: readonly unknown[]) => Promise<T[]>;
};

export async function makeMarkedTenants(parts: MarkedTenantsParts): Promise<MarkedTenants> {
  const made: Partial<Record<TenantName, MarkedTenant>> = {};
  for (const name of tenantNames) made[name] = await tenant(parts, name);
  const tenants = made as Record<TenantName, MarkedTenant>;
  const ofTwo = await person(parts, "zqtwoqz@two.example", [
    { tenant: tenants.north.id, role: "operator" },
    { tenant: tenants.south.id, role: "viewer" },
  ]);
  const gone = await person(parts, "zqgoneqz@gone.example", [{ tenant: tenants.north.id, role: "admin" }]);
  const platform = await person(parts, "zqplatformqz@platform.example", []);
  await parts.asOwner("update users set is_platform_admin = true where id = $1", [platform.id]);
  return { ...tenants, ofTwo, gone, platform };
}

async function tenant(parts: MarkedTenantsParts, name: TenantName): Promise<MarkedTenant> {
  const { asOwner } = parts;
  const word = wordOf(name);
  const [row] = await asOwner<{ id: number }>("insert into tenants (name) values ($1) returning id", [`Homes ${word}`]);
  const id = Number(row?.id);
  const people: Partial<Record<Role, MarkedPerson>> = {};
  for (const role of roles) people[role] = await person(parts, `${role}@${word}.example`, [{ tenant: id, role }]);
  const staff = people as Record<Role, MarkedPerson>;
  // Two administrators, so that one may go.
  await person(parts, `second@${word}.example`, [{ tenant: id, role: "admin" }]);
  const [node, sharingNode, revokedNode] = [
    await signingNode(parts, id, `node ${word}`),
    await secretNode(parts, id, `sharing ${word}`),
    await signingNode(parts, id, `revoked ${word}`),
  ];
  await asOwner("update nodes set revoked_at = $2 where id = $1", [revokedNode.id, new Date(parts.now)]);
  await asOwner("update node_presence set status = 'ONLINE', version = $2, os_version = $2 where node_id = $1", [
    node.id,
    word,
  ]);
  await asOwner(
    "insert into node_statuses (tenant_id, node_id, at, status, why) values ($1, $2, $3, 'ONLINE', 'heard')",
    [id, node.id, new Date(parts.now - 60_000)],
  );
  for (const nth of ["first", "second"]) {
    await asOwner("insert into readers (role, tenant_id, name, created_at) values ($1, $2, $3, $4)", [
      `heatloop_reader_${randomBytes(8).toString("hex")}`,
      ...[id, `${nth} reader ${word}`, new Date(parts.now)],
    ]);
  }
  return {
    ...{ name, id, people: staff, node, sharingNode, revokedNode },
    secrets: await secretsOf(parts, id, word, staff),
    factors: await markedFactors(parts, staff),
  };
}

async function person(
  { asOwner }: MarkedTenantsParts,
  email: string,
  memberships: readonly { readonly tenant: number; readonly role: Role }[],
): Promise<MarkedPerson> {
  const id = randomUUID();
  const name = `Somebody ${email.replace("@", " at ")}`;
  await asOwner("insert into users (id, email, name, password_hash) values ($1, $2, $3, $4)", [
    id,
    email,
    name,
    await kept,
  ]);
  for (const { tenant, role } of memberships) {
    await asOwner("insert into memberships (tenant_id, user_id, role) values ($1, $2, $3)", [tenant, id, role]);
  }
  return { id, email };
}

function signingNode({ database, now: at }: MarkedTenantsParts, tenant: number, name: string): Promise<MarkedNode> {
  const id = randomUUID();
  const [first, second] = [newTestKey(), newTestKey()];
  return database.transaction({ tenant }, async (queries) => {
    await addNode(queries, { id, tenant, name, at, isClaimed: false });
    for (const { x } of [first, second])
      await addKey(queries, { node: id, tenant, at, by: "person", alg: "ed25519", publicKey: x });
    return { id, key: { ...first, keyId: id } };
  });
}

function secretNode(parts: MarkedTenantsParts, tenant: number, name: string): Promise<MarkedNode> {
  const { database, secrets, now: at } = parts;
  const id = randomUUID();
  const { secret, sealed } = newSharedSecret(id, secrets);
  const key: KeyObject = createSecretKey(Buffer.from(secret, "base64url"));
  return database.transaction({ tenant }, async (queries) => {
    await addNode(queries, { id, tenant, name, at, isClaimed: false });
    await addKey(queries, { node: id, tenant, at, by: "person", alg: "hmac-sha256", sealed });
    return { id, key: { alg: "hmac-sha256", key, keyId: id } };
  });
}

async function secretsOf(
  { database, asOwner, now }: MarkedTenantsParts,
  tenant: number,
  word: string,
  people: Readonly<Record<Role, MarkedPerson>>,
): Promise<MarkedTenant["secrets"]> {
  const [invitation, reset] = [newSecret(), newSecret()];
  const claimCode = `7K2M-Q9XA-${word
    .slice(2, 6)
    .toUpperCase()
    .replaceAll(/[ILOU]/g, "0")}`;
  const [at, until] = [new Date(now), new Date(now + 3_000_000)];
  const invited = { tenant, role: "viewer" as const, email: `invited@${word}.example`, madeBy: people.admin.id };
  for (const secret of [invitation, newSecret()]) {
    await database.transaction({ tenant }, (queries) => makeInvitation(queries, invited, { now, secret, mail: null }));
  }
  await asOwner("insert into password_resets (secret_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)", [
    hashOfSecret(reset),
    people.viewer.id,
    at,
    until,
  ]);
  for (const code of [claimCode, claimCode.replace(/^7K2M/, "8K2M")]) {
    await asOwner(
      "insert into claim_codes (tenant_id, name, code_hash, created_at, expires_at) values ($1, $2, $3, $4, $5)",
      [tenant, `claimed ${word}`, claimCodeHash(code), at, until],
    );
  }
  return { invitation, reset, claimCode };
}
