import { refusePagesOfOtherSites } from "@heatloop/program/http/other-sites";
import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import type { Caller } from "../web/caller.ts";
import type { Recognize, Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { findSession, replaceSecret, type ShownSession } from "./sessions.ts";
import { rememberLetIn } from "./still-holds.ts";

type Shown = { readonly secret: string; readonly session: ShownSession };

/** The session that each request that is being answered has shown. */
const shown = new WeakMap<FastifyRequest, Shown>();

/** The session of a request's cookie; undefined where it has none. */
export function shownSessionOf(request: FastifyRequest): ShownSession | undefined {
  return shown.get(request)?.session;
}

/** The session of a request of a route that works with it. Throws a 403 for an API client, which has none. */
export function sessionOf(request: FastifyRequest): ShownSession {
  const session = shownSessionOf(request);
  if (session === undefined)
    throw new Problem(403, "Only who has signed in with a browser may do this, by its cookie.");
  return session;
}

/** Recognizes a person by the session's cookie. One that holds no more is as good as none, so that its owner can sign in. */
export function recognizeSession({ database, clock, log, sessionCookie, addressOf }: PeopleContext): Recognize {
  return async (request): Promise<Caller | undefined> => {
    const secret = sessionCookie.valueOf(request);
    if (secret === undefined) return undefined;
    const session = await findSession(database, secret, clock.now());
    if (session === "ended") {
      log.warn("a session was ended, as somebody has shown a secret of it that had been replaced", {
        from: addressOf(request),
      });
    }
    if (session === "none" || session === "ended") return undefined;
    shown.set(request, { secret, session });
    const { user, tenant, role, isPlatformAdmin } = session;
    const standing = tenant === null || role === null ? undefined : { tenant, role };
    if (standing !== undefined) {
      rememberLetIn(request, { kind: "session", session: session.id, user, tenant: standing.tenant });
    }
    return { kind: "person", user, standing, isPlatformAdmin };
  };
}

const changes = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * Holds for all routes: a page of another site changes nothing, and a session whose secret has served its time gets another
 * with the answer.
 */
export function guardSessions({ database, clock, sessionCookie, publicUrl }: PeopleContext): Routes {
  const { host } = new URL(publicUrl);
  return (app) => {
    app.addHook("onRequest", async (request, reply) => {
      if (changes.has(request.method)) refusePagesOfOtherSites(request, [request.headers.host, host]);
      const cookie = shown.get(request);
      if (cookie?.session.needsSecret !== true) return;
      // The answer that begins a websocket has no cookies: the browser would go on with the secret that was replaced.
      if (request.headers.upgrade !== undefined) return;
      const secret = await replaceSecret(database, cookie.session, cookie.secret, clock.now());
      if (secret !== undefined) reply.header("set-cookie", sessionCookie.keep(secret, cookie.session.restMs));
    });
  };
}
