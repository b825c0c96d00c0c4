import { createHash } from "node:crypto";
import { type Readable, Transform } from "node:stream";
import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import type { SignatureKey } from "@heatloop/program/http-signature";
import { checkSignature, type SignedRequest } from "@heatloop/program/signed-request";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import type { Caller } from "../web/caller.ts";
import type { Recognize, Routes } from "../web/web.ts";
import { type NodeKeyRow, nodeKeyColumns, publicKeyOf, publicKeySchema, signatureKeyOf } from "./node-key.ts";
import { type NodePace, savedMinutes, unitsPerMinute } from "./node-pace.ts";

/** Who signs requests: nodes, each with a live key of its own, and homes that show that they have a key. */
export type SignedCallers = {
  readonly recognize: Recognize;
  /** Lets no route have a body that is not the one that was signed; to be added beside the routes. */
  readonly checkBodies: Routes;
  /** The public key that a request of no node is signed with: its keyid is that very key. */
  keyShownBy(request: FastifyRequest): string | undefined;
};

type CallersParts = {
  readonly database: Database;
  readonly secrets: HubSecrets;
  readonly clock: Clock;
  readonly pace: NodePace;
  /** How nodes reach the hub: what they sign is below its path. */
  readonly publicUrl: string;
};

type KeyOf = SignatureKey & ({ readonly id: string; readonly tenant: number } | { readonly shown: string });

/** Recognizes signed requests. Each is taken once, by any number of hubs on one database. */
export function openSignedCallers(parts: CallersParts): SignedCallers {
  const { database, clock, pace, publicUrl } = parts;
  const digests = new WeakMap<FastifyRequest, Buffer>();
  const shownKeys = new WeakMap<FastifyRequest, string>();
  return {
    async recognize(request) {
      const { method, url, headers } = request;
      const texts = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(", ")] as const);
      const signable = {
        method,
        url: `${publicUrl}${url}`,
        headers: Object.fromEntries(texts.filter(([, text]) => text)),
      };
      const checked = await checkSignature(signable, { now: clock.now(), keysOf: (keyId) => keysOf(parts, keyId) });
      if (checked.kind === "unsigned") return undefined;
      if (checked.kind === "refused") throw refusal(`The signature of the request does not hold: ${checked.why}.`);
      refuseMissingBody(request, checked.bodySha256);
      digests.set(request, checked.bodySha256);
      if ("shown" in checked.key) {
        shownKeys.set(request, checked.key.shown);
        return { kind: "nobody" };
      }
      refuseTooMany(pace.take(checked.keyId, 1, clock.now()));
      return takeOnce(database, { ...checked, key: checked.key });
    },
    checkBodies: (app) => {
      app.addHook("preParsing", (request, _reply, payload, done) => {
        const sha256 = digests.get(request);
        done(null, sha256 === undefined ? payload : checkedBody(payload as Readable, sha256));
      });
    },
    keyShownBy: (request) => shownKeys.get(request),
  };
}

function refuseTooMany(waitMs: number): void {
  if (waitMs === 0) return;
  const waitS = Math.ceil(waitMs / secondMs);
  const why = `The node sends more than ${unitsPerMinute} requests a minute, and has sent more than those of ${savedMinutes} minutes at once`;
  throw new Problem(429, `${why}: send again in ${waitS} s.`, [], { "retry-after": String(waitS) });
}

async function keysOf({ database, secrets }: CallersParts, keyId: string): Promise<readonly KeyOf[]> {
  if (publicKeySchema.safeParse(keyId).success) return [{ alg: "ed25519", key: publicKeyOf(keyId), shown: keyId }];
  if (!z.uuid().safeParse(keyId).success) return [];
  const rows = await database.transaction({ node: keyId }, (queries) =>
    queries.all<NodeKeyRow & { tenant_id: number }>(
      `select ${nodeKeyColumns}, nodes.tenant_id from node_keys join nodes on nodes.id = node_id where node_id = $1`,
      [keyId],
    ),
  );
  return rows.map((row) => ({ ...signatureKeyOf(row, keyId, secrets), tenant: row.tenant_id }));
}

/** Remembers the nonce, or refuses the request where that was seen before, or its node is revoked. */
async function takeOnce(
  database: Database,
  { keyId: node, nonce, createdAt, key }: SignedRequest<{ readonly id: string; readonly tenant: number }>,
): Promise<Caller> {
  const taken = await database.transaction({ node }, async (queries) => {
    const row = await queries.first<{ revoked: boolean }>(
      "select revoked_at is not null as revoked from nodes where id = $1",
      [node],
    );
    if (row === undefined || row.revoked)
      throw new Problem(403, "This node was revoked. To join again it needs a new code of whoever runs the hub.");
    return queries.change(
      "insert into node_nonces (created_at, node_id, nonce) values ($1, $2, $3) on conflict do nothing",
      [new Date(createdAt), node, nonce],
    );
  });
  if (taken === 0) throw refusal("This request was made before: sign it anew.");
  return { kind: "node", node, tenant: key.tenant, key: key.id };
}

const ofNothing = createHash("sha256").digest();

/** A route whose request has no body never reads one, so that is looked at here. */
function refuseMissingBody({ method, headers }: FastifyRequest, sha256: Buffer): void {
  const isWithout =
    method === "GET" ||
    method === "HEAD" ||
    (headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0);
  if (isWithout && !ofNothing.equals(sha256)) throw otherBody();
}

function checkedBody(body: Readable, sha256: Buffer): Readable {
  const hash = createHash("sha256");
  const checked = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest().equals(sha256) ? null : otherBody());
    },
  });
  body.on("error", (error) => checked.destroy(error));
  return body.pipe(checked);
}

function otherBody(): Problem {
  return new Problem(400, "The body is not the one that was signed: its SHA-256 is not that of Content-Digest.");
}

function refusal(detail: string): Problem {
  return new Problem(401, detail);
}
