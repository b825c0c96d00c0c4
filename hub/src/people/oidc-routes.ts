import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { HubSecrets } from "../settings/secrets.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { hubCookie } from "./cookie.ts";
import { signedIn } from "./login.ts";
import { personOfIdentity } from "./oidc-person.ts";
import { type OidcProvider, type PendingSignIn, pendingForMs, pendingSchema } from "./oidc-provider.ts";
import { longestSessionMs } from "./sessions.ts";

const tags = ["people"];
const back = "/api/v1/oidc/callback";
const belongingTo = "sign-in by a provider";
const redirect = z.null().describe("Location has where to go");

/** Why somebody is back and not signed in, as the page's address says it behind `#sign-in-failed=`. */
type Reason = "expired" | "provider" | "not-verified" | "not-invited";

/** Signing in by a provider (OpenID Connect). What is kept meanwhile is in a cookie, so that any hub can go on. */
export function oidcRoutes(context: PeopleContext, provider: OidcProvider): Routes {
  const { publicUrl, clock, secrets, sessionCookie, log, addressOf } = context;
  // Lax: the provider's page sends the browser back.
  const cookie = hubCookie("heatloop_hub_sign_in", publicUrl, "Lax");
  return (app) => {
    app.get(
      "/api/v1/oidc/login",
      {
        config: { needs: "nobody" },
        schema: {
          summary: "Sends the browser to the provider that signs people in",
          tags,
          response: { 302: redirect, ...problemsOf() },
        },
      },
      async (_request, reply) => {
        const { url, pending } = await provider.begin(`${publicUrl}${back}`, clock.now()).catch((error: unknown) => {
          log.warn("the provider of sign-ins does not say how to reach it", { why: whyOf(error) });
          throw new Problem(503, "The provider that signs people in does not answer; try again later.");
        });
        const sealed = secrets.seal(Buffer.from(JSON.stringify(pending)), belongingTo).toString("base64url");
        return reply
          .code(302)
          .header("set-cookie", cookie.keep(sealed, pendingForMs))
          .header("location", url)
          .send(null);
      },
    );
    app.get(
      back,
      {
        config: { needs: "nobody" },
        schema: {
          summary: "Where the provider sends the browser back to: signs in, and sends it to the page",
          description:
            "Where nobody is signed in, the page's address ends in #sign-in-failed= with the reason: expired, provider, " +
            "not-verified or not-invited.",
          tags,
          querystring: z.looseObject({}),
          response: { 303: redirect, ...problemsOf() },
        },
      },
      async (request, reply) => {
        const found = await finish(context, provider, request, pendingIn(secrets, cookie.valueOf(request)));
        reply.code(303).header("set-cookie", cookie.forget);
        if (typeof found === "string") {
          log.warn("somebody came back from the provider and is not signed in", {
            why: found,
            from: addressOf(request),
          });
          return reply.header("location", `${publicUrl}/#sign-in-failed=${found}`).send(null);
        }
        const { secret } = await signedIn(context, request, found.user);
        return reply
          .header("set-cookie", sessionCookie.keep(secret, longestSessionMs))
          .header("location", `${publicUrl}/`)
          .send(null);
      },
    );
  };
}

async function finish(
  context: PeopleContext,
  provider: OidcProvider,
  request: FastifyRequest,
  pending: PendingSignIn | undefined,
): Promise<{ readonly user: string } | Reason> {
  const { publicUrl, clock, log } = context;
  if (pending === undefined || clock.now() - pending.at >= pendingForMs) return "expired";
  const { search } = new URL(request.url, publicUrl);
  const identity = await provider.finish(new URL(`${publicUrl}${back}${search}`), pending).catch((error: unknown) => {
    log.warn("what the provider of sign-ins has sent is not right", { why: whyOf(error) });
  });
  return identity === undefined ? "provider" : personOfIdentity(context, identity);
}

function pendingIn(secrets: HubSecrets, sealed: string | undefined): PendingSignIn | undefined {
  try {
    const opened = secrets.open(Buffer.from(sealed ?? "", "base64url"), belongingTo);
    return pendingSchema.parse(JSON.parse(opened.toString()));
  } catch {
    return undefined;
  }
}

/** Never what was sent, in which the code or a token may stand. */
function whyOf(error: unknown): string {
  const { code, error: kind } = error as { readonly code?: unknown; readonly error?: unknown };
  return [code, kind].filter((part) => typeof part === "string").join(" ") || "unknown";
}
