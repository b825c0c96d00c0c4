import { createHmac, randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import type { HubSecrets } from "../settings/secrets.ts";
import { invitationForMs, invitationLink, makeInvitation } from "./invitations.ts";
import { hashOfSecret } from "./secret.ts";

export type FirstInvitationParts = {
  readonly database: Database;
  readonly secrets: HubSecrets;
  readonly secretsFolder: string;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Log;
};

function fileIn(folder: string): string {
  return join(folder, "first-invitation");
}

/**
 * Where the hub knows nobody, writes the link that makes its first administrator into the file `first-invitation` of the
 * secrets, for the folder's owner alone. Hubs that start together write the same link, as they have the same key. Throws with a
 * sentence for a person where the file cannot be written.
 */
export async function offerFirstInvitation(parts: FirstInvitationParts): Promise<void> {
  const { database, secrets, secretsFolder, publicUrl, clock, log } = parts;
  const now = clock.now();
  const nonce = await nonceOf(database, now);
  if (nonce === undefined) return removeFirstInvitation(secretsFolder);
  const secret = createHmac("sha256", secrets.keyFor("first invitation")).update(nonce).digest("base64url");
  await database.transaction({ secret: hashOfSecret(secret) }, (queries) =>
    makeInvitation(queries, { tenant: null, role: null, email: null, madeBy: null }, { now, secret, mail: null }),
  );
  const file = fileIn(secretsFolder);
  const unfinished = `${file}-${randomBytes(4).toString("hex")}`;
  try {
    await writeFile(unfinished, `${invitationLink(publicUrl, secret)}\n`, { mode: 0o600, flush: true });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new Error(`HUB_SECRETS: ${file} cannot be written (${String(error)})`);
  }
  log.info("nobody has an account yet: open the link in this file to become the platform's administrator", { file });
}

/** Removes the file, as its link has served. */
export async function removeFirstInvitation(secretsFolder: string): Promise<void> {
  await rm(fileIn(secretsFolder), { force: true });
}

/** What the link is made of; another one when its invitation is over. Undefined where somebody has an account. */
function nonceOf(database: Database, now: number): Promise<string | undefined> {
  return database.transaction({}, async (queries) => {
    await queries.change(
      "update first_start set nonce = gen_random_uuid(), made_at = $1 where first_person_at is null and made_at <= $2",
      [new Date(now), new Date(now - invitationForMs)],
    );
    const row = await queries.first<{ nonce: string }>("select nonce from first_start where first_person_at is null");
    return row?.nonce;
  });
}
