import { createHmac, type KeyObject, sign, timingSafeEqual, verify } from "node:crypto";
import { httpbis } from "http-message-signatures";

/** How a signature is made, as RFC 9421 (6.2) names it. */
export const signatureAlgorithms = ["ed25519", "hmac-sha256"] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** A key and what is done with it: a private key or a shared secret signs, a public key or the same secret verifies. */
export type SignatureKey = { readonly alg: SignatureAlgorithm; readonly key: KeyObject };

/** A request as far as a signature can cover it; `url` is absolute. */
export type SignableRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** What a signature says of itself (RFC 9421, 2.3); `createdS` in seconds since the epoch. */
export type SignatureParameters = {
  readonly keyId: string;
  readonly createdS: number;
  readonly nonce?: string;
  readonly alg?: SignatureAlgorithm;
};

/** The headers `Signature` and `Signature-Input` of a request, whose signature covers these components (RFC 9421, 3.1). */
export async function signatureOf(
  request: SignableRequest,
  { alg, key }: SignatureKey,
  parts: { readonly components: readonly string[]; readonly label: string; readonly parameters: SignatureParameters },
): Promise<{ readonly signature: string; readonly signatureInput: string }> {
  const { keyId, createdS, nonce, alg: saidAlg } = parts.parameters;
  const signed = await httpbis.signMessage(
    {
      key: { sign: async (data) => (alg === "ed25519" ? sign(null, data, key) : hmac(data, key)) },
      name: parts.label,
      fields: [...parts.components],
      params: [
        "created",
        ...(nonce === undefined ? [] : ["nonce"]),
        "keyid",
        ...(saidAlg === undefined ? [] : ["alg"]),
      ],
      paramValues: {
        created: new Date(createdS * 1000),
        keyid: keyId,
        ...(nonce !== undefined && { nonce }),
        ...(saidAlg !== undefined && { alg: saidAlg }),
      },
    },
    { method: request.method, url: request.url, headers: { ...request.headers } },
  );
  return { signature: String(signed.headers.Signature), signatureInput: String(signed.headers["Signature-Input"]) };
}

/** What a request's only signature says of itself, as it came: of any kind, and nothing of it is checked. */
export type ClaimedParameters = Readonly<Record<string, unknown>>;

/**
 * Verifies the one signature of a request (RFC 9421, 3.2) with any of the keys that `keysFor` finds for what it says of
 * itself: the key that it holds with, or undefined where it does not hold, does not cover all of `components`, or is not the
 * only one. Times are the caller's to judge. What `keysFor` throws comes through.
 */
export async function verifiedKey<K extends SignatureKey>(
  request: SignableRequest,
  parts: {
    readonly components: readonly string[];
    readonly keysFor: (claimed: ClaimedParameters) => Promise<readonly K[]>;
  },
): Promise<K | undefined> {
  let signatures = 0;
  let holds: K | undefined;
  let refusal: { readonly error: unknown } | undefined;
  await httpbis
    .verifyMessage(
      {
        requiredFields: [...parts.components],
        notAfter: Number.MAX_SAFE_INTEGER,
        async keyLookup(parameters) {
          signatures += 1;
          if (signatures > 1) return null;
          const keys = await parts.keysFor(parameters).catch((error: unknown) => {
            refusal = { error };
            return [];
          });
          if (keys.length === 0) return null;
          return {
            async verify(data, signature) {
              holds = keys.find((key) => isSignedWith(key, data, signature));
              return holds !== undefined;
            },
          };
        },
      },
      { method: request.method, url: request.url, headers: { ...request.headers } },
    )
    // What cannot be read as a signature is none that holds.
    .catch(() => {
      holds = undefined;
    });
  if (refusal !== undefined) throw refusal.error;
  return signatures === 1 ? holds : undefined;
}

function isSignedWith({ alg, key }: SignatureKey, data: Buffer, signature: Buffer): boolean {
  if (alg === "ed25519") return verify(null, data, key, signature);
  const own = hmac(data, key);
  return own.length === signature.length && timingSafeEqual(own, signature);
}

function hmac(data: Buffer, key: KeyObject): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
