import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { nothing, problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import type { BegunTry } from "./login-tries.ts";
import { meOf, meSchema } from "./me.ts";
import { codeRule, codeSchema, emailSchema, shownPasswordSchema, smallBodyBytes } from "./schemas.ts";
import { hasFactor, takeCode } from "./second-factor.ts";
import { shownSessionOf } from "./session-caller.ts";
import { beginSession, longestSessionMs } from "./sessions.ts";

const bodySchema = z.strictObject({
  email: emailSchema,
  password: shownPasswordSchema,
  totp: codeSchema.optional().describe("where a second factor is on: a code of the app, or a recovery code"),
});
const waysSchema = z.object({
  oidc: z.boolean().describe("by a provider: GET /api/v1/oidc/login"),
  password_reset: z.boolean().describe("whether the hub mails a link to who has forgotten the password"),
});
const tags = ["people"];
const wrong = "The e-mail address or the password is not right.";

/** Signing in and out. */
export function loginRoutes(context: PeopleContext): Routes {
  const { database, sessionCookie, log, tries, outbox, hasProvider, addressOf } = context;
  return (app) => {
    app.get(
      "/api/v1/login",
      {
        config: { needs: "nobody" },
        schema: { summary: "How one can sign in", tags, response: { 200: waysSchema, ...problemsOf() } },
      },
      async () => ({ oidc: hasProvider, password_reset: outbox.isOn }),
    );
    app.post(
      "/api/v1/login",
      {
        config: { needs: "nobody" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Signs in with e-mail address and password: the answer brings the session's cookie",
          description: "A browser that has a session already gets a new one in its place.",
          tags,
          body: bodySchema,
          response: { 200: meSchema, ...problemsOf(413, 415) },
        },
      },
      async (request, reply) => {
        const address = addressOf(request);
        const begun = await tries.begin({ person: request.body.email, address });
        const user = await provenUser(context, request.body).catch(async (error: unknown) => {
          await begun.takenBack();
          throw error;
        });
        if (user === undefined) {
          log.warn("somebody tried to sign in and was refused", { from: address });
          throw new Problem(401, wrong);
        }
        await proveFactor(context, { user, code: request.body.totp, address }, begun);
        await begun.succeeded();
        const { secret, me } = await signedIn(context, request, user);
        return reply.header("set-cookie", sessionCookie.keep(secret, longestSessionMs)).send(me);
      },
    );
    app.post(
      "/api/v1/logout",
      {
        config: { needs: "nobody" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Ends the session of the cookie, if there is one",
          tags,
          response: { 204: nothing, ...problemsOf(413, 415) },
        },
      },
      async (request, reply) => {
        const session = shownSessionOf(request);
        if (session !== undefined) {
          await database.transaction({ user: session.user }, (queries) =>
            queries.change("delete from sessions where id = $1", [session.id]),
          );
        }
        return reply.code(204).header("set-cookie", sessionCookie.forget).send();
      },
    );
  };
}

/** The user of an e-mail address and a password; undefined where there is none, which takes as long. */
async function provenUser(
  { database, passwords }: PeopleContext,
  { email, password }: z.output<typeof bodySchema>,
): Promise<string | undefined> {
  const user = await database.transaction({ email }, (queries) =>
    queries.first<{ id: string; kept: string | null }>("select id, password_hash as kept from users where email = $1", [
      email,
    ]),
  );
  const { isRight, isOutdated } = await passwords.compare(password, user?.kept);
  if (user === undefined || !isRight) return undefined;
  if (isOutdated) {
    const kept = await passwords.hash(password);
    await database.transaction({ user: user.id }, (queries) =>
      queries.change("update users set password_hash = $2 where id = $1 and password_hash = $3", [
        user.id,
        kept,
        user.kept,
      ]),
    );
  }
  return user.id;
}

/** Throws a 401 where the person has a second factor and the code of it is missing or wrong. */
async function proveFactor(
  { database, secrets, clock, log }: PeopleContext,
  { user, code, address }: { readonly user: string; readonly code: string | undefined; readonly address: string },
  begun: BegunTry,
): Promise<void> {
  const found = await database.transaction({ user }, async (queries) => {
    if (!(await hasFactor(queries, user))) return "none";
    if (code === undefined) return "missing";
    return (await takeCode(queries, secrets, { user, code, now: clock.now() })) ? "right" : "wrong";
  });
  if (found === "none" || found === "right") return;
  if (found === "missing") await begun.takenBack();
  else log.warn("somebody tried to sign in with a wrong code of the second factor", { user, from: address });
  const detail = found === "missing" ? "Send the code of the second factor too, as totp." : "The code is not right.";
  const shown = found === "missing" ? "nothing" : "a code that is not right, or was used before";
  throw new Problem(401, detail, [{ path: "totp", found: shown, allowed: codeRule }]);
}

/** Begins a session of a person who has proven who that is, in place of the one that the browser has. */
export async function signedIn(
  { database, clock, log, addressOf }: PeopleContext,
  request: FastifyRequest,
  user: string,
) {
  const before = shownSessionOf(request);
  if (before !== undefined) {
    await database.transaction({ user: before.user }, (queries) =>
      queries.change("delete from sessions where id = $1", [before.id]),
    );
  }
  const begun = await database.transaction({ user }, async (queries) => {
    const program = String(request.headers["user-agent"] ?? "");
    const { secret, tenant } = await beginSession(queries, user, program, clock.now());
    return { secret, me: await meOf(queries, user, tenant) };
  });
  log.info("somebody has signed in", { user, from: addressOf(request) });
  return begun;
}
