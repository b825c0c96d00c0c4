import type { Queries } from "../database/queries.ts";

/** Adds a node to the tenant of the transaction. */
export async function addNode(queries: Queries, { id, tenant, name, at, isClaimed }: NewNode): Promise<void> {
  await queries.change("insert into nodes (id, tenant_id, name, created_at, claimed_at) values ($1, $2, $3, $4, $5)", [
    id,
    tenant,
    name,
    new Date(at),
    isClaimed ? new Date(at) : null,
  ]);
  await queries.change("insert into node_presence (node_id, tenant_id) values ($1, $2)", [id, tenant]);
}

/** `at`: when it comes to be, ms since the epoch. */
export type NewNode = {
  readonly id: string;
  readonly tenant: number;
  readonly name: string;
  readonly at: number;
  readonly isClaimed: boolean;
};

/** What a key is, before it has an id: the public half, or the shared secret as it was sealed. */
export type NewKey =
  | { readonly alg: "ed25519"; readonly publicKey: string }
  | { readonly alg: "hmac-sha256"; readonly sealed: Buffer };

/** A key for a node, and who gives it. `at`: when, ms since the epoch. */
export type AddedKey = NewKey & {
  readonly node: string;
  readonly tenant: number;
  readonly at: number;
  readonly by: "node" | "person";
};

/**
 * Adds a key to a node of the transaction's tenant and answers its id, also where the node has that very key; undefined where it
 * has two others already. The node's keys stay as they are then until the transaction ends.
 */
export async function addKey(
  queries: Queries,
  { node, tenant, at, by, ...key }: AddedKey,
): Promise<string | undefined> {
  await queries.first("select from nodes where id = $1 for update", [node]);
  const publicKey = key.alg === "ed25519" ? Buffer.from(key.publicKey, "base64url") : null;
  const known = await queries.first<{ id: string }>("select id from node_keys where node_id = $1 and public_key = $2", [
    node,
    publicKey,
  ]);
  if (known !== undefined) return known.id;
  const row = await queries.first<{ id: string }>(
    `insert into node_keys (tenant_id, node_id, slot, alg, public_key, sealed_secret, created_at, added_by)
     select $1, $2, min(free), $3, $4, $5, $6, $7 from unnest(array[1, 2]) as free
     where free not in (select slot from node_keys where node_id = $2)
     having min(free) is not null returning id`,
    [tenant, node, key.alg, publicKey, key.alg === "hmac-sha256" ? key.sealed : null, new Date(at), by],
  );
  return row?.id;
}
