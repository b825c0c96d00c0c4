import { createPrivateKey, createPublicKey, randomUUID } from "node:crypto";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { calculateJwkThumbprint, errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { type Role, roles } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";

/** So long an access token holds at most; what it was made of may end before. */
export const accessTokenMs = 10 * minuteMs;
const audience = "heatloop-hub";
/** The ASN.1 of an Ed25519 private key in PKCS #8 (RFC 8410), up to its 32 bytes. */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

const claimsSchema = z.object({
  sub: idSchema,
  kind: z.enum(["person", "program"]),
  tenant: idSchema,
  role: z.enum(roles),
  sid: idSchema,
  jti: idSchema,
});

/** Who an access token is of: a person in a session, or a program with an API token (`sub` and `sid` are its id). */
export type AccessClaims = {
  readonly kind: "person" | "program";
  readonly sub: string;
  /** The public id of the tenant. */
  readonly tenant: string;
  readonly role: Role;
  readonly sid: string;
};

/** Makes and reads JWTs that are signed with Ed25519; hubs of one key know each other's. */
export type AccessTokens = {
  sign(claims: AccessClaims, now: number): Promise<string>;
  /** What a token says; undefined where it is forged, of somebody else, or too old. `until`: ms since the epoch. */
  read(token: string, now: number): Promise<(AccessClaims & { readonly until: number }) | undefined>;
  /** The key that anybody can check them with (RFC 7517). */
  publicKeys(): Promise<{ readonly keys: readonly PublicKey[] }>;
};

export type PublicKey = {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly kid: string;
  readonly alg: "EdDSA";
  readonly use: "sig";
};

/** `seed`: 32 bytes that only hubs have; `issuer`: how people reach them. */
export function accessTokensOf(seed: Buffer, issuer: string): AccessTokens {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key);
  const { x = "" } = publicKey.export({ format: "jwk" });
  const jwk = { kty: "OKP", crv: "Ed25519", x } as const;
  const kid = calculateJwkThumbprint(jwk);
  return {
    async sign({ sub, ...claims }, now) {
      const at = Math.floor(now / secondMs);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: await kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(sub)
        .setJti(randomUUID())
        .setIssuedAt(at)
        .setExpirationTime(at + accessTokenMs / secondMs)
        .sign(key);
    },
    async read(token, now) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: ["EdDSA"],
          typ: "at+jwt",
          issuer,
          audience,
          requiredClaims: ["exp", "iat"],
          currentDate: new Date(now),
        });
        const claims = claimsSchema.safeParse(payload);
        return claims.success ? { ...claims.data, until: (payload.exp ?? 0) * secondMs } : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    publicKeys: async () => ({ keys: [{ ...jwk, kid: await kid, alg: "EdDSA", use: "sig" }] }),
  };
}
