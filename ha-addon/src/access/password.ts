import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { z } from "zod";

const base64url = z.string().regex(/^[\w-]{22,128}$/);

/** What is kept of a password: its scrypt hash (RFC 7914), with the salt and the parameters that it was made with. */
export const passwordHashSchema = z.strictObject({
  cost: z.int().min(1024).max(1_048_576),
  block_size: z.int().min(1).max(32),
  parallelization: z.int().min(1).max(16),
  salt: base64url,
  hash: base64url,
});
export type PasswordHash = z.output<typeof passwordHashSchema>;

/** As strong as OWASP's other settings of scrypt, and the one that fits a small machine: 16 MB at a time. */
const usual = { cost: 16_384, block_size: 8, parallelization: 5 } as const;
const hashBytes = 32;

/** A password is a text of 12 to 200 characters. */
export const passwordLength = { least: 12, most: 200 } as const;

export async function hashOfPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derived(password, { ...usual, salt });
  return { ...usual, salt: salt.toString("base64url"), hash: hash.toString("base64url") };
}

/** Whether it is the password, in a time that does not depend on how much of it is right. */
export async function isPassword(password: string, kept: PasswordHash): Promise<boolean> {
  const hash = Buffer.from(kept.hash, "base64url");
  const tried = await derived(password, { ...kept, salt: Buffer.from(kept.salt, "base64url") });
  return hash.length === tried.length && timingSafeEqual(hash, tried);
}

/** Keyboards write the same letter in several ways: NFKC makes them one. */
function derived(
  password: string,
  how: Pick<PasswordHash, "cost" | "block_size" | "parallelization"> & { readonly salt: Buffer },
): Promise<Buffer> {
  const { cost: N, block_size: r, parallelization: p, salt } = how;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, hashBytes, { N, r, p, maxmem: 256 * N * r }, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
