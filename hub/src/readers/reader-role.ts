import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

const iterations = 4096;
const saltBytes = 16;
const passwordBytes = 24;

/** The login of a reader, whose name says nothing of whose it is. */
export function newReaderRole(): { readonly role: string; readonly password: string } {
  return {
    role: `heatloop_reader_${randomBytes(8).toString("hex")}`,
    password: randomBytes(passwordBytes).toString("base64url"),
  };
}

/**
 * What PostgreSQL keeps of a password (SCRAM-SHA-256, RFC 5803): with it no statement, and so no log of statements, has the password
 * itself. `password` is ASCII.
 */
export function scramVerifierOf(password: string, salt = randomBytes(saltBytes)): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyOf = (name: string) => createHmac("sha256", salted).update(name).digest();
  const storedKey = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${keyOf("Server Key").toString("base64")}`;
}
