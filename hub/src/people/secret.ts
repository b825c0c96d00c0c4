import { createHash, randomBytes } from "node:crypto";

/** A new secret of 256 random bits, as 43 characters that stand in a header or a URL as they are. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of such a secret (SHA-256): it has too many values to be found by trying, so a plain hash is enough. */
export function hashOfSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
