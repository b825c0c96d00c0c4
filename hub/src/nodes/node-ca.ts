// x509 makes its parts by a container that needs it.
import "reflect-metadata";
import { createPrivateKey, createPublicKey, randomBytes, webcrypto } from "node:crypto";
import { dayMs, hourMs } from "@heatloop/core/time/durations";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
  X509CrlGenerator,
} from "@peculiar/x509";
import type { HubSecrets } from "../settings/secrets.ts";

const alg = { name: "Ed25519" };
const subject = "CN=Heatloop hub nodes";
const certificateLivesMs = 30 * dayMs;
/** Clocks of brokers are not the hub's. */
const beforeMs = hourMs;
const crlLivesMs = 7 * dayMs;
const serialBytes = 16;

/** A private key of Ed25519 is 32 bytes behind this head (RFC 8410, 7). */
const pkcs8Head = Buffer.from("302e020100300506032b657004220420", "hex");

/** A certificate of a node, as PEM. */
export type NodeCertificate = {
  readonly certificate: string;
  /** 32 hexadecimal digits. */
  readonly serial: string;
  readonly expiresAt: number;
};

/** Issues the certificates by which a broker knows nodes: the common name is the node's id. */
export type NodeCa = {
  /** Its own certificate as PEM: the same of every hub that has the same secrets. */
  readonly certificate: string;
  /** `publicKey`: 32 bytes of Ed25519 as base64url. */
  issue(node: string, publicKey: string, now: number): Promise<NodeCertificate>;
  /** The list of certificates that are revoked, as PEM (RFC 5280, 5). */
  revocations(revoked: readonly { readonly serial: string; readonly at: number }[], now: number): Promise<string>;
};

/** The authority that `secrets` make: no hub keeps anything of it. */
export async function openNodeCa(secrets: HubSecrets): Promise<NodeCa> {
  const pkcs8 = Buffer.concat([pkcs8Head, secrets.keyFor("node certificates")]);
  const signingKey = await webcrypto.subtle.importKey("pkcs8", pkcs8, alg, false, ["sign"]);
  const own = createPublicKey(createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }));
  const common = { issuer: subject, signingAlgorithm: alg, signingKey };
  // Ed25519 signs the same in the same way, so that every hub makes the same certificate of it.
  const certificate = await X509CertificateGenerator.create({
    ...common,
    subject,
    serialNumber: "01",
    notBefore: new Date(Date.UTC(2026, 0)),
    notAfter: new Date(Date.UTC(2126, 0)),
    publicKey: await imported(own.export({ format: "der", type: "spki" })),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    certificate: certificate.toString("pem"),
    async issue(node, publicKey, now) {
      const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
      const serial = newSerial();
      const expiresAt = now + certificateLivesMs;
      const made = await X509CertificateGenerator.create({
        ...common,
        subject: [{ CN: [node] }],
        serialNumber: serial,
        notBefore: new Date(now - beforeMs),
        notAfter: new Date(expiresAt),
        publicKey: await imported(key.export({ format: "der", type: "spki" })),
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
        ],
      });
      return { certificate: made.toString("pem"), serial, expiresAt };
    },
    async revocations(revoked, now) {
      const list = await X509CrlGenerator.create({
        ...common,
        thisUpdate: new Date(now - beforeMs),
        nextUpdate: new Date(now + crlLivesMs),
        entries: revoked.map(({ serial, at }) => ({ serialNumber: serial, revocationDate: new Date(at) })),
      });
      // As RFC 7468 (5) calls it, and OpenSSL looks for.
      return list.toString("pem").replaceAll(" CRL-----", " X509 CRL-----");
    },
  };
}

function imported(spki: Buffer): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("spki", spki, alg, true, ["verify"]);
}

/** A positive number that begins with no zero: so it reads the same everywhere. */
function newSerial(): string {
  const bytes = randomBytes(serialBytes);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString("hex");
}
