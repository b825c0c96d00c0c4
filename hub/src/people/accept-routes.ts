import { randomUUID } from "node:crypto";
import { badRequest, Problem } from "@heatloop/program/http/problem";
import { messageOf } from "@heatloop/program/log";
import { check } from "@heatloop/program/mistakes";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { nameSchema } from "../web/names.ts";
import { problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { removeFirstInvitation } from "./first-invitation.ts";
import { acceptInvitation, findInvitation, type ShownInvitation } from "./invitations.ts";
import { signedIn } from "./login.ts";
import { meOf, meSchema } from "./me.ts";
import { emailSchema, newPasswordSchema, roleSchema, shownSecretSchema, smallBodyBytes } from "./schemas.ts";
import { hashOfSecret } from "./secret.ts";
import { shownSessionOf } from "./session-caller.ts";
import { longestSessionMs } from "./sessions.ts";

const tags = ["invitations"];

const shownSchema = z.object({
  tenant_name: z
    .string()
    .nullable()
    .describe("the name of the organization; null: to be an administrator of the platform"),
  role: roleSchema.nullable(),
  email: z.string().nullable().describe("to whom it is; null: who accepts it says that"),
  expires_at: timeSchema,
  has_account: z.boolean().describe("who accepts it signs in first"),
});

const acceptSchema = z.strictObject({
  secret: shownSecretSchema,
  email: z.unknown().optional(),
  name: z.unknown().optional(),
  password: z.unknown().optional(),
});
/** What a new account needs. */
const accountSchema = z.object({ email: emailSchema, name: nameSchema, password: newPasswordSchema });

/** What the link of an invitation leads to. The secret is in the body, so that it is in no log of a proxy. */
export function acceptRoutes(context: PeopleContext): Routes {
  const { database, clock } = context;
  return (app) => {
    app.post(
      "/api/v1/invitation/look",
      {
        config: { needs: "nobody" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "What an invitation is to, by the secret of its link",
          tags,
          body: z.strictObject({ secret: shownSecretSchema }),
          response: { 200: shownSchema, ...problemsOf(404, 410, 413, 415) },
        },
      },
      async (request) => {
        const { email, role, tenantName, expiresAt } = await findInvitation(database, request.body.secret, clock.now());
        const has = email !== null && (await accountOf(context, email)) !== undefined;
        return { tenant_name: tenantName, role, email, expires_at: timeOf(expiresAt), has_account: has };
      },
    );
    app.post(
      "/api/v1/invitation/accept",
      {
        config: { needs: "nobody" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Accepts an invitation: with name and password, or signed in where one has an account",
          description:
            "A new account is signed in with the answer. `email` is only said where the invitation is to no address.",
          tags,
          body: acceptSchema,
          response: { 200: meSchema, ...problemsOf(404, 409, 410, 413, 415) },
        },
      },
      async (request, reply) => {
        const { secret, ...said } = request.body;
        const invitation = await findInvitation(database, secret, clock.now());
        const email = emailOf(invitation, said.email);
        const account = await accountOf(context, email);
        if (account !== undefined) return join(context, request, { invitation, secret, user: account, email });
        const user = await open(context, { invitation, secret, email, said });
        const begun = await signedIn(context, request, user);
        return reply.header("set-cookie", context.sessionCookie.keep(begun.secret, longestSessionMs)).send(begun.me);
      },
    );
  };
}

type Accepting = { readonly invitation: ShownInvitation; readonly secret: string; readonly email: string };

function emailOf({ email }: ShownInvitation, said: unknown): string {
  if (email !== null && said === undefined) return email;
  const checked = check(emailSchema, said, "email");
  if (!checked.ok) throw badRequest(checked.mistakes);
  if (email !== null && checked.value !== email) {
    throw new Problem(403, "The invitation is to another e-mail address: leave email out, or ask for one to yours.");
  }
  return checked.value;
}

async function accountOf({ database }: PeopleContext, email: string): Promise<string | undefined> {
  const user = await database.transaction({ email }, (queries) =>
    queries.first<{ id: string }>("select id from users where email = $1", [email]),
  );
  return user?.id;
}

/** Somebody with an account accepts, in the session that is signed in. */
async function join(
  context: PeopleContext,
  request: FastifyRequest,
  { invitation, secret, user }: Accepting & { readonly user: string },
) {
  const { database, clock, log } = context;
  const session = shownSessionOf(request);
  if (session?.user !== user) {
    throw new Problem(
      401,
      "There is an account with the e-mail address of the invitation: sign in with it first, then accept.",
    );
  }
  const { tenant } = invitation;
  const me = await database.transaction(scopeOf(invitation, secret, user), async (queries) => {
    await acceptInvitation(queries, invitation, { secret, user, now: clock.now() });
    if (tenant !== null) await queries.change("update sessions set tenant_id = $2 where id = $1", [session.id, tenant]);
    return meOf(queries, user, tenant ?? session.tenant);
  });
  await afterwards(context, invitation);
  log.info("somebody with an account has accepted an invitation", { user });
  return me;
}

/** Makes an account, and accepts with it; answers whose it is. */
async function open(
  context: PeopleContext,
  { invitation, secret, email, said }: Accepting & { readonly said: object },
): Promise<string> {
  const { database, clock, passwords, log } = context;
  const checked = check(accountSchema, { ...said, email });
  if (!checked.ok) throw badRequest(checked.mistakes);
  const { name, password } = checked.value;
  const kept = await passwords.hash(password);
  const user = randomUUID();
  const now = clock.now();
  await database
    .transaction({ ...scopeOf(invitation, secret, user), email }, async (queries) => {
      await queries.change(
        "insert into users (id, email, name, password_hash, email_proven_at) values ($1, $2, $3, $4, $5)",
        [user, email, name, kept, invitation.wasMailed ? new Date(now) : null],
      );
      await acceptInvitation(queries, invitation, { secret, user, now });
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== uniqueViolation) throw error;
      throw new Problem(409, "An account with this e-mail address was made meanwhile: sign in, then accept.");
    });
  await afterwards(context, invitation);
  log.info("somebody has accepted an invitation and has an account", { user });
  return user;
}

const uniqueViolation = "23505";

function scopeOf({ tenant }: ShownInvitation, secret: string, user: string) {
  return { secret: hashOfSecret(secret), user, ...(tenant !== null && { tenant }) };
}

async function afterwards({ secretsFolder, log }: PeopleContext, { tenant, madeBy }: ShownInvitation): Promise<void> {
  if (tenant !== null || madeBy !== null) return;
  await removeFirstInvitation(secretsFolder).catch((error: unknown) =>
    log.warn("the file first-invitation cannot be removed; its link does not work any more", { why: messageOf(error) }),
  );
}
