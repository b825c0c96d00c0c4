import { nodeKeysPath, otherNodeKeysPath } from "@heatloop/core/hub/node-paths";
import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { nodeOf } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";
import { nothing, problemsOf } from "../web/problems.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { publicKeySchema } from "./node-key.ts";
import { addNextKey, removeKey, removeOtherKeys } from "./node-keys.ts";
import { keyParams } from "./node-routes.ts";

type OwnKeyParts = { readonly database: Database; readonly clock: Clock; readonly log: Log };

/** A node changes the keys that it signs with. */
export function ownKeyRoutes(parts: OwnKeyParts): Routes {
  return (app) => {
    addAdding(app, parts);
    addRemovingOthers(app, parts);
    addRemoving(app, parts);
  };
}

function addAdding(app: HubServer, { database, clock }: OwnKeyParts): void {
  app.post(
    nodeKeysPath,
    {
      config: { needs: "node" },
      schema: {
        summary: "Adds a key to the node that asks, beside the one that it signs with",
        description:
          "A key that it has already is answered the same again. Another one that it had added itself and does not sign with makes " +
          "room; one that was given by hand does not.",
        body: z.object({ public_key: publicKeySchema }),
        response: { 201: z.object({ key_id: idSchema }), ...problemsOf(409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { node, tenant, key: signedWith } = nodeOf(request);
      const key = { alg: "ed25519", publicKey: request.body.public_key } as const;
      const added = { ...key, node, tenant, at: clock.now(), by: "node" } as const;
      const keyId = await database.transaction({ tenant, node }, (queries) => addNextKey(queries, added, signedWith));
      return reply.code(201).send({ key_id: keyId });
    },
  );
}

function addRemovingOthers(app: HubServer, { database, clock, log }: OwnKeyParts): void {
  app.delete(
    otherNodeKeysPath,
    {
      config: { needs: "node" },
      schema: {
        summary: "Removes all keys of the node that asks but the one that it signs with, whoever gave them",
        description: "The certificates for the broker that were asked for with them go too.",
        response: { 204: nothing, ...problemsOf() },
      },
    },
    async (request, reply) => {
      const { node, tenant, key } = nodeOf(request);
      const gone = await database.transaction({ tenant, node }, (queries) =>
        removeOtherKeys(queries, { node, key, at: clock.now() }),
      );
      if (gone.length > 0) log.info("a node has removed its other keys", { node, kept: key, removed: gone.join(" ") });
      return reply.code(204).send();
    },
  );
}

function addRemoving(app: HubServer, { database, clock, log }: OwnKeyParts): void {
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
      const { node, tenant } = nodeOf(request);
      const { key_id: key } = request.params;
      await database.transaction({ tenant, node }, (queries) => removeKey(queries, { node, key, at: clock.now() }));
      log.info("a node has removed a key", { node, key });
      return reply.code(204).send();
    },
  );
}
