import { createPublicKey, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { SignatureAlgorithm, SignatureKey } from "@heatloop/program/http-signature";
import { z } from "zod";
import type { HubSecrets } from "../settings/secrets.ts";

const publicKeyRule = { error: "the 32 bytes of an Ed25519 public key as base64url, 43 characters without =" };

/** An Ed25519 public key as JWK's `x` has it (RFC 8037, 2). */
export const publicKeySchema = z
  .string(publicKeyRule)
  .regex(/^[\w-]{43}$/, publicKeyRule)
  .refine((text) => Buffer.from(text, "base64url").toString("base64url") === text, publicKeyRule);

/** The key that verifies what its private half has signed; `x` as `publicKeySchema` takes it. */
export function publicKeyOf(x: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

/** A key of a node as the database has it. */
export type NodeKeyRow = {
  readonly id: string;
  readonly alg: SignatureAlgorithm;
  readonly public_key: Buffer | null;
  readonly sealed_secret: Buffer | null;
};

/** Columns of `node_keys` for a `NodeKeyRow`. */
export const nodeKeyColumns = "node_keys.id, alg, public_key, sealed_secret";

/** A key of a node, ready to verify with. */
export function signatureKeyOf(
  row: NodeKeyRow,
  node: string,
  secrets: HubSecrets,
): SignatureKey & { readonly id: string } {
  const { id, alg, public_key: x, sealed_secret: sealed } = row;
  if (x !== null) return { id, alg, key: publicKeyOf(x.toString("base64url")) };
  if (sealed === null) throw new Error("a key has neither a public half nor a secret");
  return { id, alg, key: createSecretKey(secrets.open(sealed, sealedFor(node))) };
}

const secretBytes = 32;

/** A new shared secret of a node: as it is told once, and as it is stored. */
export function newSharedSecret(
  node: string,
  secrets: HubSecrets,
): { readonly secret: string; readonly sealed: Buffer } {
  const secret = randomBytes(secretBytes);
  return { secret: secret.toString("base64url"), sealed: secrets.seal(secret, sealedFor(node)) };
}

function sealedFor(node: string): string {
  return `secret of node ${node}`;
}
