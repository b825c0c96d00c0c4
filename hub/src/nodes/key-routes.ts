import { randomUUID } from "node:crypto";
import { nodeKeysPath } from "@heatloop/core/hub/node-paths";
import type { Clock } from "@heatloop/core/time/clock";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Database, Scope } from "../database/database.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import { nodeOf, standingOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { nameSchema } from "../web/names.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { addKey, addNode, type NewKey } from "./new-node.ts";
import { newSharedSecret, publicKeySchema } from "./node-key.ts";
import { nodeParams } from "./node-routes.ts";

type KeyParts = { readonly database: Database; readonly secrets: HubSecrets; readonly clock: Clock };

const keyParams = z.object({ key_id: askedIdSchema("a key", "/api/v1/nodes/{id}") });
const newKeySchema = z.object({ key_id: idSchema });
const newSecretSchema = z.object({
  key_id: idSchema,
  secret: z
    .string()
    .nullable()
    .describe("32 bytes as base64url, for hmac-sha256, shown this once; null where a public_key was given"),
});

/** Nodes that are registered by hand, and the keys of all. */
export function keyRoutes(parts: KeyParts): Routes {
  return (app) => {
    addRegistering(app, parts);
    addKeysByHand(app, parts);
    addRotation(app, parts);
  };
}

/** The key that a person has given, or a new shared secret. */
function keyFor(node: string, publicKey: string | undefined, secrets: HubSecrets) {
  if (publicKey !== undefined) return { key: { alg: "ed25519", publicKey } satisfies NewKey, told: { secret: null } };
  const { secret, sealed } = newSharedSecret(node, secrets);
  return { key: { alg: "hmac-sha256", sealed } satisfies NewKey, told: { secret } };
}

function addRegistering(app: HubServer, { database, secrets, clock }: KeyParts): void {
  app.post(
    "/api/v1/nodes",
    {
      config: { needs: "operator" },
      schema: {
        summary: "Registers a node by hand, with its public key or, for what can't do Ed25519, a new shared secret",
        description: "The node signs its requests with the id of the answer as keyid.",
        body: z.strictObject({ name: nameSchema, public_key: publicKeySchema.optional() }),
        response: { 201: newSecretSchema.extend({ id: idSchema, name: z.string() }), ...problemsOf(413, 415) },
      },
    },
    async (request, reply) => {
      const { tenant } = standingOf(request);
      const { name, public_key: publicKey } = request.body;
      const [id, at] = [randomUUID(), clock.now()];
      const { key, told } = keyFor(id, publicKey, secrets);
      const keyId = await database.transaction({ tenant }, async (queries) => {
        await addNode(queries, { id, tenant, name, at, isClaimed: false });
        return addKey(queries, { ...key, node: id, tenant, at });
      });
      return reply.code(201).send({ id, name, key_id: String(keyId), ...told });
    },
  );
}

function addKeysByHand(app: HubServer, { database, secrets, clock }: KeyParts): void {
  app.post(
    "/api/v1/nodes/:id/keys",
    {
      config: { needs: "operator" },
      schema: {
        summary: "Gives a node a second key, with which the first one can be replaced",
        params: nodeParams,
        body: z.strictObject({ public_key: publicKeySchema.optional() }),
        response: { 201: newSecretSchema, ...problemsOf(404, 409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { tenant } = standingOf(request);
      const node = request.params.id;
      const { key, told } = keyFor(node, request.body.public_key, secrets);
      const keyId = await add(database, { tenant }, { ...key, node, tenant, at: clock.now() });
      return reply.code(201).send({ key_id: keyId, ...told });
    },
  );
  app.delete(
    "/api/v1/nodes/:id/keys/:key_id",
    {
      config: { needs: "operator" },
      schema: {
        summary: "Removes a key of a node; its last one only goes with revoking the node",
        params: nodeParams.extend(keyParams.shape),
        response: { 204: nothing, ...problemsOf(404, 409) },
      },
    },
    async (request, reply) => {
      const { id, key_id: key } = request.params;
      await remove(database, { tenant: standingOf(request).tenant }, { node: id, key });
      return reply.code(204).send();
    },
  );
}

function addRotation(app: HubServer, { database, clock }: KeyParts): void {
  app.post(
    nodeKeysPath,
    {
      config: { needs: "node" },
      schema: {
        summary: "Adds a key to the node that asks, beside the one that it signs with",
        body: z.object({ public_key: publicKeySchema }),
        response: { 201: newKeySchema, ...problemsOf(409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { node, tenant } = nodeOf(request);
      const key = { alg: "ed25519", publicKey: request.body.public_key } as const;
      const keyId = await add(database, { tenant, node }, { ...key, node, tenant, at: clock.now() });
      return reply.code(201).send({ key_id: keyId });
    },
  );
  app.delete(
    `${nodeKeysPath}/:key_id`,
    {
      config: { needs: "node" },
      schema: {
        summary: "Removes a key of the node that asks, but not its last one",
        params: keyParams,
        response: { 204: nothing, ...problemsOf(404, 409) },
      },
    },
    async (request, reply) => {
      const { node } = nodeOf(request);
      await remove(database, { node }, { node, key: request.params.key_id });
      return reply.code(204).send();
    },
  );
}

function add(
  database: Database,
  scope: Scope,
  key: NewKey & { readonly node: string; readonly tenant: number; readonly at: number },
): Promise<string> {
  return database.transaction(scope, async (queries) => {
    const node = await queries.first<{ revoked: boolean }>(
      "select revoked_at is not null as revoked from nodes where id = $1",
      [key.node],
    );
    if (node === undefined) throw noSuch("node");
    if (node.revoked) throw new Problem(409, "This node was revoked; it gets no new keys.");
    const id = await addKey(queries, key);
    if (id === undefined) throw new Problem(409, "The node has two keys, which is the most: remove one of them first.");
    return id;
  });
}

function remove(database: Database, scope: Scope, of: { readonly node: string; readonly key: string }): Promise<void> {
  return database.transaction(scope, async (queries) => {
    const node = await queries.first("select from nodes where id = $1 for update", [of.node]);
    if (node === undefined) throw noSuch("node");
    const keys = await queries.all<{ id: string }>("select id from node_keys where node_id = $1", [of.node]);
    if (!keys.some(({ id }) => id === of.key)) throw noSuch("key of the node");
    if (keys.length === 1)
      throw new Problem(409, "This is the only key of the node: add another first, or revoke the node.");
    await queries.change("delete from node_keys where id = $1", [of.key]);
  });
}
