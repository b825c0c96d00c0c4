import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { claimCodeIn } from "@heatloop/core/hub/claim-code";
import type { SignatureKey } from "@heatloop/program/http-signature";
import { z } from "zod";
import type { HubSettings } from "../settings/hub-settings.ts";

/** PKCS #8 as base64. */
const privateKeySchema = z.string().refine((text) => privateKeyIn(text) !== undefined);

const noChange = { kind: "none" } as const;

/** How far a change of the key is; how it goes on: `key-change.ts`. */
const changeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal(noChange.kind) }),
  /** The hub is to take `next` beside the key that signs; it may have it already. */
  z.object({ kind: z.literal("adding"), next: privateKeySchema }),
  /** The hub has taken the key that signs, and is to remove `former`; it may have done so already. */
  z.object({ kind: z.literal("removing"), former: privateKeySchema }),
]);

const keptSchema = z.object({
  /** The hub that it is for, and the code that it was or will be claimed with. */
  url: z.string(),
  code: z.string(),
  /** null until the hub has taken the code. */
  node: z.uuid().nullable(),
  /** The key that signs. */
  private_key: privateKeySchema,
  /** Since when, ms since the epoch by the hub's clock; null: not noted yet. */
  key_since: z.number().nullable().catch(null),
  /** One that cannot be read is none: the key that signs is what counts. */
  key_change: changeSchema.catch(noChange),
});

/** Who this home is for one hub, as it is kept over restarts: a secret. */
export type NodeIdentity = z.output<typeof keptSchema>;

/** The identity for the hub of the settings in what was kept; undefined where there is none. */
export function identityIn(kept: unknown, { url, claim_code: code }: HubSettings): NodeIdentity | undefined {
  const read = keptSchema.safeParse(kept).data;
  if (read === undefined || read.url !== hubUrlOf(url)) return undefined;
  const isSame = code === "" ? read.node !== null : read.code === claimCodeIn(code);
  return isSame ? read : undefined;
}

/** A new identity with a key of its own, to be claimed with the code of the settings. */
export function newIdentity({ url, claim_code: code }: HubSettings): NodeIdentity {
  return {
    url: hubUrlOf(url),
    code: claimCodeIn(code) ?? "",
    node: null,
    private_key: newPrivateKey(),
    key_since: null,
    key_change: noChange,
  };
}

/** A new key of Ed25519 as an identity keeps it. */
export function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
}

/** The hub's address as requests begin with it: without a slash at its end. */
function hubUrlOf(url: string): string {
  return (URL.parse(url)?.href ?? url).replace(/\/+$/, "");
}

/** What this home signs with: as the node that it is or, before that, in the name of its public key. */
export function signingKeyOf({ node, private_key: text }: NodeIdentity): SignatureKey & { readonly keyId: string } {
  return { alg: "ed25519", key: knownKey(text), keyId: node ?? publicHalfOf(text) };
}

/** The public half of a kept key as the hub takes it: base64url of its 32 bytes. */
export function publicHalfOf(privateKey: string): string {
  return String(createPublicKey(knownKey(privateKey)).export({ format: "jwk" }).x);
}

function knownKey(text: string): KeyObject {
  const key = privateKeyIn(text);
  if (key === undefined) throw new Error("an identity without its key");
  return key;
}

function privateKeyIn(text: string): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" });
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}
