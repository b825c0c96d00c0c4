import type { FastifyInstance, FastifyRequest } from "fastify";
import { ingressPeer } from "../settings/environment.ts";
import { Problem } from "./problem.ts";

/** Everything comes from Heatloop itself; Home Assistant may frame the page, being its origin through ingress. */
export const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/** Security headers on every answer; only trusted peers get more than a refusal. */
export function guard(app: FastifyInstance, trustedPeers: readonly string[] | undefined): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders);
    if (request.headers.upgrade !== undefined) reply.header("connection", "close");
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
    if (trustedPeers !== undefined && !trustedPeers.includes(peerOf(request))) {
      throw new Problem(403, "Heatloop answers Home Assistant's ingress only: open it from the sidebar.");
    }
  });
}

/** Throws a 403 for a request that a page of another site made; what is no browser sends neither header. */
export function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers["sec-fetch-site"];
  const isForeign = site === undefined ? isForeignOrigin(request) : site !== "same-origin" && site !== "none";
  if (isForeign) throw new Problem(403, "Only Heatloop's own page may do this, not a page of another site.");
}

function isForeignOrigin(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const hosts = [host];
  // Home Assistant's proxy passes on the host that the browser asked for; anyone else could write what they like.
  if (peerOf(request) === ingressPeer) hosts.push(String(request.headers["x-forwarded-host"]).split(",")[0]?.trim());
  return !hosts.includes(new URL(origin).host);
}

function peerOf(request: FastifyRequest): string {
  return (request.socket.remoteAddress ?? "").replace(/^::ffff:/i, "");
}
