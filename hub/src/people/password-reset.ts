import { hourMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { nothing, problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { emailSchema, newPasswordSchema, shownSecretSchema, smallBodyBytes } from "./schemas.ts";
import { hashOfSecret, newSecret } from "./secret.ts";

const tags = ["people"];
const linkForMs = hourMs;
/** More would only fill somebody's mailbox. */
const mostOpen = 3;

/** A forgotten password: a link by mail, with which another one is set. */
export function passwordResetRoutes(context: PeopleContext): Routes {
  const { resetTries, addressOf, log } = context;
  const mail = inBackground(log, "mailing a link for a new password", (email: string) => mailLink(context, email));
  return (app) => {
    app.post(
      "/api/v1/password-reset",
      {
        config: { needs: "nobody" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Mails a link for a new password to an address that has an account",
          description: "The answer is the same, and takes as long, whether there is an account or not.",
          tags,
          body: z.strictObject({ email: emailSchema }),
          response: { 202: nothing, ...problemsOf(413, 415) },
        },
      },
      async (request, reply) => {
        const { email } = request.body;
        await resetTries.begin({ person: email, address: addressOf(request) });
        void mail(email);
        return reply.code(202).send();
      },
    );
    app.post(
      "/api/v1/password-reset/confirm",
      {
        config: { needs: "nobody" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Sets a new password with the secret of the link that was mailed; all sessions end",
          description: "The link works once, for an hour. A second factor stays as it is.",
          tags,
          body: z.strictObject({ secret: shownSecretSchema, password: newPasswordSchema }),
          response: { 204: nothing, ...problemsOf(410, 413, 415) },
        },
      },
      async (request, reply) => {
        await setPassword(context, request.body);
        return reply.code(204).send();
      },
    );
  };
}

async function mailLink({ database, clock, outbox, wakeMails, publicUrl, log }: PeopleContext, email: string) {
  if (!outbox.isOn) {
    log.warn("somebody has asked for a new password, but the hub sends no mail: set HUB_SMTP_URL");
    return;
  }
  const account = await database.transaction({ email }, (queries) =>
    queries.first<{ id: string }>("select id from users where email = $1", [email]),
  );
  if (account === undefined) return;
  const { id: user } = account;
  const now = clock.now();
  const secret = newSecret();
  const isAdded = await database.transaction({ user }, async (queries) => {
    // Who asks several times at once takes turns.
    await queries.first("select id from users where id = $1 for update", [user]);
    const open = await queries.first<{ count: number }>(
      "select count(*) as count from password_resets where user_id = $1 and used_at is null and expires_at > $2",
      [user, new Date(now)],
    );
    if ((open?.count ?? 0) >= mostOpen) return false;
    await queries.change(
      "insert into password_resets (secret_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)",
      [hashOfSecret(secret), user, new Date(now), new Date(now + linkForMs)],
    );
    await outbox.add(
      queries,
      { ...textOf(email, `${publicUrl}/#password-reset=${secret}`), tenant: null, expiresAt: now + linkForMs },
      now,
    );
    return true;
  });
  if (!isAdded) {
    log.info("somebody has asked for one more link for a new password, which is not mailed", { user, open: mostOpen });
    return;
  }
  log.info("a link for a new password is mailed", { user });
  await wakeMails();
}

function textOf(to: string, link: string) {
  return {
    to,
    subject: "A new password for Heatloop",
    text: [
      "Somebody has asked for a new password for your account. Open this link within an hour to set one:",
      link,
      "If that was not you, there is nothing to do: without the link the password stays as it is.",
    ].join("\n\n"),
  };
}

async function setPassword(
  { database, clock, passwords, log }: PeopleContext,
  { secret, password }: { readonly secret: string; readonly password: string },
): Promise<void> {
  const hash = hashOfSecret(secret);
  const at = new Date(clock.now());
  const isOpen = "secret_hash = $1 and used_at is null and expires_at > $2";
  const reset = await database.transaction({ secret: hash }, (queries) =>
    queries.first<{ user: string }>(`select user_id as user from password_resets where ${isOpen}`, [hash, at]),
  );
  if (reset === undefined) throw linkIsOver();
  const { user } = reset;
  const kept = await passwords.hash(password);
  await database.transaction({ user }, async (queries) => {
    const used = await queries.change(`update password_resets set used_at = $2 where ${isOpen}`, [hash, at]);
    if (used === 0) throw linkIsOver();
    await queries.change("update password_resets set used_at = $2 where user_id = $1 and used_at is null", [user, at]);
    await queries.change(
      "update users set password_hash = $2, email_proven_at = coalesce(email_proven_at, $3) where id = $1",
      [user, kept, at],
    );
    await queries.change("delete from sessions where user_id = $1", [user]);
  });
  log.info("a password was set anew by a link, and all sessions ended", { user });
}

function linkIsOver(): Problem {
  return new Problem(410, "This link was used, or is too old: ask for another one.");
}
