import { Problem } from "@heatloop/program/http/problem";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { passwordLength } from "../../access/password.ts";
import type { BegunSession, PasswordRefusal } from "../../access/sign-in.ts";
import type { WebParts, WebServer } from "../parts.ts";
import { problems, problemsOf } from "../problem.ts";
import { mayChange } from "./admit.ts";
import { clientOf } from "./client.ts";
import { forgetSession, keepSession } from "./cookie.ts";
import { accountRoute, openRoute } from "./route-access.ts";
import { sessionSchema } from "./schemas.ts";
import { signInFirst } from "./standing-alone.ts";
import { setVisitor, userOf, type Visitor, visitorOf } from "./user.ts";

const passwordRule = `a text of ${passwordLength.least} to ${passwordLength.most} characters`;
const newPassword = z
  .string({ error: passwordRule })
  .min(passwordLength.least, { error: passwordRule })
  .max(passwordLength.most, { error: passwordRule });
const shownPassword = z.string({ error: "a text" }).min(1, { error: "a text" }).max(1_000, { error: "a text" });

/** A password, not a book: more is not even read. */
const largestBodyBytes = 8 * 1024;
const tags = ["access"];
const refusals = problemsOf(409, 413, 415, 429);

/** Who is there, signing in and out, and the password. */
export function sessionRoutes(app: WebServer, parts: WebParts): void {
  app.get(
    "/api/session",
    {
      config: openRoute,
      schema: {
        summary: "Who is asking, and what they may",
        description: "Needs no signing in.",
        tags,
        response: { 200: sessionSchema, ...problems },
      },
    },
    async (request) => sessionJson(request, parts),
  );
  signInRoutes(app, parts);
  passwordRoute(app, parts);
}

function signInRoutes(app: WebServer, parts: WebParts): void {
  const { access } = parts;
  app.post(
    "/api/login",
    {
      config: openRoute,
      bodyLimit: largestBodyBytes,
      schema: {
        summary: "Signs in with the password: the answer brings the session's cookie",
        tags,
        body: z.strictObject({ password: shownPassword }),
        response: { 200: sessionSchema, ...problems, ...refusals },
      },
    },
    async (request, reply) => {
      refuseUnderIngress(parts);
      if (access.trouble !== undefined) throw new Problem(503, access.trouble);
      const { isMachine, address } = clientOf(request);
      const begun = await access.signIn(request.body.password, { address, isMachine });
      if (!begun.ok && begun.why === "wrong") throw signInFirst("The password is not right.");
      return begin(request, reply, begun, parts);
    },
  );
  app.post(
    "/api/logout",
    {
      config: openRoute,
      bodyLimit: largestBodyBytes,
      schema: {
        summary: "Ends the session of the cookie, if there is one",
        tags,
        response: { 204: z.null().describe("nobody is signed in any more"), ...problems, ...problemsOf(413, 415) },
      },
    },
    async (request, reply) => {
      const visitor = visitorOf(request);
      if (visitor.kind === "session") {
        await access.signOut(visitor.id).catch((error: unknown) => notWritten(parts, error, "You are signed out"));
      }
      forgetSession(reply as unknown as FastifyReply, clientOf(request));
      return reply.code(204).send(null);
    },
  );
}

function passwordRoute(app: WebServer, parts: WebParts): void {
  const { access } = parts;
  app.put(
    "/api/password",
    {
      config: accountRoute,
      bodyLimit: largestBodyBytes,
      schema: {
        summary: "Sets the password: the first one from this machine only, another one with the current one",
        description: "Ends all sessions; the answer brings the cookie of a new one. API tokens go on.",
        tags,
        body: z.strictObject({ password: newPassword, current: shownPassword.optional() }),
        response: { 200: sessionSchema, ...problems, ...refusals },
      },
    },
    async (request, reply) => {
      refuseUnderIngress(parts);
      const { isMachine, address } = clientOf(request);
      const { password, current } = request.body;
      const begun = await access
        .setPassword({ password, current }, { address, isMachine })
        .catch((error: unknown) => notWritten(parts, error, "The password stays as it was"));
      if (!begun.ok && begun.why === "wrong") throw new Problem(403, "The current password is not right.");
      return begin(request, reply, begun, parts);
    },
  );
}

/** Answers with the session that was begun, or throws why there is none. */
function begin(request: FastifyRequest, reply: unknown, begun: BegunSession | PasswordRefusal, parts: WebParts) {
  if (begun.ok) {
    keepSession(reply as FastifyReply, clientOf(request), begun.secret);
    const session: Visitor = parts.access.credentialOf("session", begun.secret) ?? { kind: "stranger" };
    setVisitor(request, session);
    return sessionJson(request, parts);
  }
  switch (begun.why) {
    case "too many tries":
      throw new Problem(429, `Too many tries: wait ${begun.waitS} s before the next one.`, [], {
        "retry-after": String(begun.waitS),
      });
    case "none is set":
      throw new Problem(409, "No password is set: set one first, with PUT /api/password.");
    default:
      throw new Problem(409, "The password was changed meanwhile: try again with the new one.");
  }
}

async function sessionJson(request: FastifyRequest, parts: WebParts): Promise<z.output<typeof sessionSchema>> {
  return {
    mode: parts.trustedPeers === undefined ? "standalone" : "ingress",
    user: userOf(request),
    may_change: await mayChange(request, parts),
    password_set: parts.trustedPeers === undefined && parts.access.isPasswordSet(),
    signed_in: visitorOf(request).kind !== "stranger",
  };
}

/** Passwords and tokens are of a Heatloop that runs by itself. */
export function refuseUnderIngress({ trustedPeers }: WebParts): void {
  if (trustedPeers === undefined) return;
  throw new Problem(409, "Here Home Assistant says who may: there are no passwords and no API tokens.");
}

/** Throws a 500 that says what holds now. */
export function notWritten({ log }: WebParts, error: unknown, whatHolds: string): never {
  log.error("access.json could not be written", { error: String(error) });
  throw new Problem(500, `${whatHolds}, but the data folder could not be written: is it full or read-only?`);
}
