import { generateKeyPairSync } from "node:crypto";
import type { NodeCa } from "@heatloop/hub/nodes/node-ca";

/** A new key of a node, and what an authority certifies of it at a time (ms since the epoch); both as PEM. */
export async function nodeCertificate(ca: NodeCa, node: string, at = Date.now()) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { certificate, serial } = await ca.issue(node, String(publicKey.export({ format: "jwk" }).x), at);
  return { cert: certificate, key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(), serial };
}
