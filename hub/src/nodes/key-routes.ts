import { randomUUID } from "node:crypto";
import type { Clock } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import { standingOf } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";
import { nameSchema } from "../web/names.ts";
import { nothing, problemsOf } from "../web/problems.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { addKey, addNode, type NewKey } from "./new-node.ts";
import { newSharedSecret, publicKeySchema } from "./node-key.ts";
import { addSecondKey, removeKey } from "./node-keys.ts";
import { keyParams, nodeParams } from "./node-routes.ts";

type KeyParts = { readonly database: Database; readonly secrets: HubSecrets; readonly clock: Clock };

const newSecretSchema = z.object({
  key_id: idSchema,
  secret: z
    .string()
    .nullable()
    .describe("32 bytes as base64url, for hmac-sha256, shown this once; null where a public_key was given"),
});

/** Nodes that are registered by hand, and keys that people give and take. */
export function keyRoutes(parts: KeyParts): Routes {
  return (app) => {
    addRegistering(app, parts);
    addKeysByHand(app, parts);
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
        return addKey(queries, { ...key, node: id, tenant, at, by: "person" });
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
      const added = { ...key, node, tenant, at: clock.now(), by: "person" } as const;
      const keyId = await database.transaction({ tenant }, (queries) => addSecondKey(queries, added));
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
      const { id: node, key_id: key } = request.params;
      const { tenant } = standingOf(request);
      await database.transaction({ tenant }, (queries) => removeKey(queries, { node, key, at: clock.now() }));
      return reply.code(204).send();
    },
  );
}
