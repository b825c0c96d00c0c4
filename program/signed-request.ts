import { createHash, randomBytes } from "node:crypto";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import {
  type ClaimedParameters,
  type SignableRequest,
  type SignatureAlgorithm,
  type SignatureKey,
  signatureAlgorithms,
  signatureOf,
  verifiedKey,
} from "./http-signature.ts";

/**
 * What a signature of ours covers. Host and scheme are not in it, as a reverse proxy changes them: the key is of one hub, so
 * that a request means nothing at another one. A body is covered by its digest.
 */
const components = ["@method", "@path", "@query", "content-digest"] as const;

/** How far apart the clocks of who signs and who verifies may be. */
export const signatureWindowMs = minuteMs;

const label = "heatloop";
const nonceBytes = 16;

/** The headers that sign a request; `now` is the verifier's time, ms since the epoch. */
export async function signRequest(
  request: { readonly method: string; readonly url: string; readonly body?: Uint8Array },
  key: SignatureKey & { readonly keyId: string },
  now: number,
): Promise<Readonly<Record<"content-digest" | "signature" | "signature-input", string>>> {
  const { method, url, body = new Uint8Array() } = request;
  const digest = contentDigest(body);
  const { signature, signatureInput } = await signatureOf({ method, url, headers: { "content-digest": digest } }, key, {
    components,
    label,
    parameters: {
      keyId: key.keyId,
      createdS: Math.floor(now / secondMs),
      nonce: randomBytes(nonceBytes).toString("base64url"),
      alg: key.alg,
    },
  });
  return { "content-digest": digest, signature, "signature-input": signatureInput };
}

/** `Content-Digest` of a body as it is sent, after its content coding (RFC 9530, 2). */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
}

/** The SHA-256 of a header `Content-Digest`; undefined where there is none, or more than one. */
export function sha256In(header: string): Buffer | undefined {
  const found = [...header.matchAll(/(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/g)];
  return found.length === 1 ? Buffer.from(String(found[0]?.[1]), "base64") : undefined;
}

/** A request whose signature holds. The body is not read yet: its SHA-256 has to be `bodySha256`. */
export type SignedRequest<K> = {
  readonly kind: "signed";
  readonly keyId: string;
  readonly key: K;
  readonly createdAt: number;
  readonly nonce: string;
  readonly bodySha256: Buffer;
};

export type SignatureCheck<K> =
  | SignedRequest<K>
  /** It has no signature at all. */
  | { readonly kind: "unsigned" }
  /** `why` is a part of a sentence for who signed. */
  | { readonly kind: "refused"; readonly why: string };

/**
 * Checks that a request is signed as `signRequest` does it, within a minute of `now`. That each is taken once alone is up to
 * the caller, by its `nonce`. `url` is what the client asked for, with the path that a proxy took away.
 */
export async function checkSignature<K extends SignatureKey>(
  request: SignableRequest,
  parts: { readonly now: number; readonly keysOf: (keyId: string) => Promise<readonly K[]> },
): Promise<SignatureCheck<K>> {
  const { headers } = request;
  if (headers.signature === undefined && headers["signature-input"] === undefined) return { kind: "unsigned" };
  if (!isWrittenPlainly(request.url)) return refused("its path is not written in its plain form");
  const bodySha256 = sha256In(headers["content-digest"] ?? "");
  if (bodySha256 === undefined) return refused("it has no Content-Digest with one sha-256");
  let said: OwnParameters | string = "its headers Signature and Signature-Input cannot be read";
  const key = await verifiedKey(request, {
    components,
    async keysFor(claimed) {
      said = parametersIn(claimed, parts.now);
      if (typeof said === "string") return [];
      const { keyId, alg } = said;
      return (await parts.keysOf(keyId)).filter((each) => each.alg === alg);
    },
  });
  const read = said as OwnParameters | string;
  if (typeof read === "string") return refused(read);
  if (key === undefined) {
    return refused(
      `it is not made by a live key of its keyid over ${components.join(", ")}, or there is more than one`,
    );
  }
  const { keyId, createdAt, nonce } = read;
  return { kind: "signed", keyId, key, createdAt, nonce, bodySha256 };
}

type OwnParameters = {
  readonly keyId: string;
  readonly alg: SignatureAlgorithm;
  readonly createdAt: number;
  readonly nonce: string;
};

/** The parameters where they are as ours are, else what is wrong with them. */
function parametersIn({ keyid, alg, created, nonce, expires }: ClaimedParameters, now: number): OwnParameters | string {
  const known = signatureAlgorithms.find((each) => each === alg);
  if (known === undefined) return `its alg is not one of ${signatureAlgorithms.join(", ")}`;
  if (typeof keyid !== "string" || keyid.length > 100) return "it has no keyid of up to 100 characters";
  if (typeof nonce !== "string" || !/^[\w-]{16,64}$/.test(nonce))
    return "it has no nonce of 16 to 64 letters and digits";
  if (!(created instanceof Date) || Number.isNaN(created.getTime())) return "it does not say when it was created";
  if (expires !== undefined) return "it has a parameter expires, which is not known here";
  const earlyS = Math.round((now - created.getTime()) / secondMs);
  if (Math.abs(now - created.getTime()) > signatureWindowMs) {
    return `it was created ${Math.abs(earlyS)} s ${earlyS > 0 ? "before" : "after"} this machine's time`;
  }
  return { keyId: keyid, alg: known, createdAt: created.getTime(), nonce };
}

/** `/x/../y` would be signed as `/y`, while a route may see it as something else. */
function isWrittenPlainly(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && `${parsed.origin}${parsed.pathname}${parsed.search}` === url;
}

function refused(why: string): { readonly kind: "refused"; readonly why: string } {
  return { kind: "refused", why };
}
