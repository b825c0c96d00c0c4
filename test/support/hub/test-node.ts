import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** A key pair of a home: `x` is its public half as the hub takes it. */
export type TestKey = { readonly alg: "ed25519"; readonly key: KeyObject; readonly x: string };

export function newTestKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { alg: "ed25519", key: privateKey, x: String(publicKey.export({ format: "jwk" }).x) };
}
