import { randomUUID } from "node:crypto";
import { claimCodeIn } from "@heatloop/core/hub/claim-code";
import { claimPath } from "@heatloop/core/hub/node-paths";
import type { Clock } from "@heatloop/core/time/clock";
import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { idSchema } from "../web/ids.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { claimAttemptsOf } from "./claim-attempts.ts";
import { claimCodeHash } from "./new-claim-code.ts";
import { addKey, addNode } from "./new-node.ts";
import { publicKeySchema } from "./node-key.ts";
import { takeBack } from "./node-keys.ts";
import type { SignedCallers } from "./signed-callers.ts";

type ClaimParts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly callers: Pick<SignedCallers, "keyShownBy">;
  readonly addressOf: (request: FastifyRequest) => string;
};

/** Where a home that was given a code becomes a node. */
export function claimRoute({ database, clock, callers, addressOf }: ClaimParts): Routes {
  return (app) => {
    app.post(
      claimPath,
      {
        config: { needs: "nobody" },
        schema: {
          summary:
            "Makes the home that has a code a node, or the node that the code is for, with the key that signs this request",
          description:
            "The request is signed with the private half of `public_key`, which is its keyid too. Asked again with the " +
            "same code and key, it answers the same.",
          // Later homes may say more of themselves.
          body: z.object({ code: z.string().max(100), public_key: publicKeySchema }),
          response: {
            201: z.object({ node_id: idSchema, name: z.string() }),
            ...problemsOf(413, 415),
          },
        },
      },
      async (request, reply) => {
        const { code, public_key: publicKey } = request.body;
        if (callers.keyShownBy(request) !== publicKey) {
          throw new Problem(401, "Sign the request with the private half of public_key, and name that as keyid.");
        }
        const attempts = claimAttemptsOf(database, addressOf(request));
        await attempts.begin(clock.now());
        const claimed = await claim(database, { code: claimCodeIn(code), publicKey, now: clock.now() });
        if (claimed === undefined) throw new Problem(403, noSuchCode);
        await attempts.wasRight();
        return reply.code(201).send(claimed);
      },
    );
  };
}

/** The same for every reason, so that nothing is learned of codes. */
const noSuchCode =
  "This is no code that can be used: it is wrong, older than an hour, used or withdrawn. Ask for a new one.";

type Asked = { readonly code: string | undefined; readonly publicKey: string; readonly now: number };
type Claimed = { readonly node_id: string; readonly name: string };

async function claim(database: Database, { code, publicKey, now }: Asked): Promise<Claimed | undefined> {
  if (code === undefined) return undefined;
  const secret = claimCodeHash(code);
  const found = await database.transaction({ secret }, (queries) =>
    queries.first<{ tenant_id: number }>("select tenant_id from claim_codes where code_hash = $1", [secret]),
  );
  if (found === undefined) return undefined;
  const tenant = found.tenant_id;
  return database.transaction({ tenant, secret }, async (queries) => {
    const row = await queries.first<ClaimRow>(
      "select id, name, node_id, returns_as, expires_at from claim_codes where code_hash = $1 for update",
      [secret],
    );
    if (row === undefined) return undefined;
    // The answer of the first time may have been lost on its way.
    if (row.node_id !== null) return isKeyOf(queries, row.node_id, publicKey);
    if (row.expires_at <= now) return undefined;
    const node = row.returns_as ?? randomUUID();
    if (row.returns_as === null) await addNode(queries, { id: node, tenant, name: row.name, at: now, isClaimed: true });
    else await takeBack(queries, { node, at: now });
    await addKey(queries, { node, tenant, at: now, by: "node", alg: "ed25519", publicKey });
    await queries.change("update claim_codes set used_at = $2, node_id = $3 where id = $1", [
      row.id,
      new Date(now),
      node,
    ]);
    const named = await queries.first<{ name: string }>("select name from nodes where id = $1", [node]);
    return { node_id: node, name: named?.name ?? row.name };
  });
}

type ClaimRow = {
  readonly id: string;
  readonly name: string;
  readonly node_id: string | null;
  readonly returns_as: string | null;
  readonly expires_at: number;
};

function isKeyOf(queries: Queries, node: string, publicKey: string): Promise<Claimed | undefined> {
  return queries.first<Claimed>(
    `select nodes.id as node_id, nodes.name from node_keys join nodes on nodes.id = node_id
     where node_id = $1 and public_key = $2 and revoked_at is null`,
    [node, Buffer.from(publicKey, "base64url")],
  );
}
