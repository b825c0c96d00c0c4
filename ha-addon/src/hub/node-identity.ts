import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { claimCodeIn } from "@heatloop/core/hub/claim-code";
import type { SignatureKey } from "@heatloop/program/http-signature";
import { z } from "zod";
import type { HubSettings } from "../settings/hub-settings.ts";

const keptSchema = z.object({
  /** The hub that it is for, and the code that it was or will be claimed with. */
  url: z.string(),
  code: z.string(),
  /** null until the hub has taken the code. */
  node: z.uuid().nullable(),
  /** PKCS #8 as base64. */
  private_key: z.string(),
});

/** Who this home is for one hub, as it is kept over restarts: a secret. */
export type NodeIdentity = z.output<typeof keptSchema>;

/** The identity for the hub of the settings in what was kept; undefined where there is none. */
export function identityIn(kept: unknown, { url, claim_code: code }: HubSettings): NodeIdentity | undefined {
  const read = keptSchema.safeParse(kept).data;
  if (read === undefined || read.url !== hubUrlOf(url) || privateKeyIn(read) === undefined) return undefined;
  const isSame = code === "" ? read.node !== null : read.code === claimCodeIn(code);
  return isSame ? read : undefined;
}

/** A new identity with a key of its own, to be claimed with the code of the settings. */
export function newIdentity({ url, claim_code: code }: HubSettings): NodeIdentity {
  const { privateKey } = generateKeyPairSync("ed25519");
  return {
    url: hubUrlOf(url),
    code: claimCodeIn(code) ?? "",
    node: null,
    private_key: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
  };
}

/** The hub's address as requests begin with it: without a slash at its end. */
function hubUrlOf(url: string): string {
  return (URL.parse(url)?.href ?? url).replace(/\/+$/, "");
}

/** What this home signs with: as the node that it is or, before that, in the name of its public key. */
export function signingKeyOf(identity: NodeIdentity): SignatureKey & { readonly keyId: string } {
  const key = privateKeyIn(identity);
  if (key === undefined) throw new Error("an identity without its key");
  return { alg: "ed25519", key, keyId: identity.node ?? publicKeyOfNode(identity) };
}

/** The public half as the hub takes it: base64url of its 32 bytes. */
export function publicKeyOfNode(identity: NodeIdentity): string {
  const key = privateKeyIn(identity);
  if (key === undefined) throw new Error("an identity without its key");
  return String(createPublicKey(key).export({ format: "jwk" }).x);
}

function privateKeyIn({ private_key: text }: NodeIdentity) {
  try {
    const key = createPrivateKey({ key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" });
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}
