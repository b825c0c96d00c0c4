import { Problem } from "@heatloop/program/http/problem";
import type { Queries } from "../database/queries.ts";
import { noSuch } from "../web/problems.ts";
import { type AddedKey, addKey } from "./new-node.ts";

/** The key that signed a request, and of which node, `at` ms since the epoch. */
export type SigningKey = { readonly node: string; readonly key: string; readonly at: number };

/**
 * Gives a node of the transaction's tenant a second key and answers its id, also where it is one of the node's keys already. Throws
 * the problem of a node that is none, was revoked, or has two other keys.
 */
export async function addSecondKey(queries: Queries, key: AddedKey): Promise<string> {
  const node = await queries.first<{ revoked: boolean }>(
    "select revoked_at is not null as revoked from nodes where id = $1",
    [key.node],
  );
  if (node === undefined) throw noSuch("node");
  if (node.revoked) throw new Problem(409, "This node was revoked; it gets no new keys.");
  const id = await addKey(queries, key);
  if (id === undefined) throw new Problem(409, "The node has two keys, which is the most: remove one of them first.");
  return id;
}

/**
 * Gives a node the key that it has made to sign with next, and answers its id. One that it had made before and does not sign with
 * makes room: of a change that was never finished. Throws the problem of a node whose second key somebody has given by hand.
 */
export async function addNextKey(queries: Queries, key: AddedKey, signedWith: string): Promise<string> {
  await lockKeys(queries, key.node, signedWith);
  const id = await addKey(queries, key);
  if (id !== undefined) return id;
  const removed = await queries.change("delete from node_keys where node_id = $1 and id <> $2 and added_by = 'node'", [
    key.node,
    signedWith,
  ]);
  if (removed === 0) throw new Problem(409, secondByHand);
  await revokeCertificates(queries, key.node, key.at);
  return addSecondKey(queries, key);
}

const secondByHand =
  "The node has a second key that it has not made itself. Remove it, by hand or with DELETE /api/v1/node/other-keys, or sign with it.";

/** Removes a key of a node, with the certificates that were asked for with it. Throws the problem of one that is none, or the last one. */
export async function removeKey(queries: Queries, { node, key, at }: SigningKey): Promise<void> {
  const found = await queries.first("select from nodes where id = $1 for update", [node]);
  if (found === undefined) throw noSuch("node");
  const keys = await queries.all<{ id: string }>("select id from node_keys where node_id = $1", [node]);
  if (!keys.some(({ id }) => id === key)) throw noSuch("key of the node");
  if (keys.length === 1)
    throw new Problem(409, "This is the only key of the node: add another first, or revoke the node.");
  await queries.change("delete from node_keys where id = $1", [key]);
  await revokeCertificates(queries, node, at);
}

/** Removes all keys of a node but the one that signed, with the certificates that were asked for with them; answers their ids. */
export async function removeOtherKeys(queries: Queries, { node, key, at }: SigningKey): Promise<readonly string[]> {
  await lockKeys(queries, node, key);
  const removed = await queries.all<{ id: string }>(
    "delete from node_keys where node_id = $1 and id <> $2 returning id",
    [node, key],
  );
  await revokeCertificates(queries, node, at);
  return removed.map(({ id }) => id);
}

/**
 * Has a node begin again without any key, as it was claimed at `at`, ms since the epoch: what it had before opens nothing any more. One
 * that was revoked is taken again, once it has a key.
 */
export async function takeBack(
  queries: Queries,
  { node, at }: { readonly node: string; readonly at: number },
): Promise<void> {
  await queries.first("select from nodes where id = $1 for update", [node]);
  await queries.change("delete from node_keys where node_id = $1", [node]);
  await revokeCertificates(queries, node, at);
  await queries.change("update nodes set revoked_at = null, claimed_at = $2 where id = $1", [node, new Date(at)]);
}

/** Keeps the keys of a node as they are until the transaction ends. Throws the problem of a request whose key was removed since. */
export async function lockKeys(queries: Queries, node: string, signedWith: string): Promise<void> {
  await queries.first("select from nodes where id = $1 for update", [node]);
  const live = await queries.first("select from node_keys where id = $1 and node_id = $2", [signedWith, node]);
  if (live === undefined) throw new Problem(401, "The key that signed this request was removed meanwhile.");
}

/** Revokes the certificates of a node that were asked for with a key which it has no more, or nobody knows with which. */
async function revokeCertificates(queries: Queries, node: string, at: number): Promise<void> {
  await queries.change(
    `update node_certificates set revoked_at = $2 where node_id = $1 and revoked_at is null
     and not exists (select from node_keys where node_keys.id = key_id)`,
    [node, new Date(at)],
  );
}
