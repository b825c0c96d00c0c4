import { peerOf } from "@heatloop/program/http/client-address";
import { refusePagesOfOtherSites } from "@heatloop/program/http/other-sites";
import { Problem } from "@heatloop/program/http/problem";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { reportStyleSource } from "../report/html/html.ts";
import { clientOf } from "./access/client.ts";

/** Who may frame what is sent: Home Assistant, being the page's origin through ingress; standing alone nobody. */
export function framing(trustedPeers: readonly string[] | undefined): string {
  return `frame-ancestors ${trustedPeers === undefined ? "'none'" : "'self'"}`;
}

/** Everything comes from Heatloop itself, whose page shows reports with their style, and nobody frames it who may not. */
export function securityHeaders(trustedPeers: readonly string[] | undefined) {
  return {
    "content-security-policy":
      `default-src 'none'; script-src 'self'; style-src 'self' ${reportStyleSource}; img-src 'self' data:; ` +
      `connect-src 'self'; base-uri 'none'; form-action 'none'; ${framing(trustedPeers)}`,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
  } as const;
}

/** What is of this moment, unless the route says otherwise; all else is a file. */
const live = /^\/(?:api\/|health|metrics)/;

/** Security headers on every answer; only trusted peers get more than a refusal. */
export function guard(app: FastifyInstance, trustedPeers: readonly string[] | undefined): void {
  const headers = securityHeaders(trustedPeers);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    if (request.headers.upgrade !== undefined) reply.header("connection", "close");
    if (live.test(request.url)) reply.header("cache-control", "no-store");
    if (trustedPeers !== undefined && !trustedPeers.includes(peerOf(request))) {
      throw new Problem(403, "Heatloop answers Home Assistant's ingress only: open it from the sidebar.");
    }
  });
}

/** Throws a 403 for a request that a page of another site made; a proxy that is believed passes on the host that was asked for. */
export function refuseOtherSites(request: FastifyRequest): void {
  refusePagesOfOtherSites(request, [request.headers.host, clientOf(request).host]);
}
