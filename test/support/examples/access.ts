import { scryptSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const examplePassword = "correct horse battery";

/** What access.json has of the example's password, with a cost that tests can pay. */
function cheapHash() {
  const salt = Buffer.alloc(16, 7);
  const hash = scryptSync(examplePassword, salt, 32, { N: 1024, r: 8, p: 1 });
  const cost = { cost: 1024, block_size: 8, parallelization: 1 };
  return { ...cost, salt: salt.toString("base64url"), hash: hash.toString("base64url") };
}

/** Sets the example's password in a folder, before the program reads it. */
export function writeExamplePassword(folder: string): void {
  const kept = { password: cheapHash(), sessions: [], tokens: [] };
  writeFileSync(join(folder, "access.json"), JSON.stringify(kept), { mode: 0o600 });
}
