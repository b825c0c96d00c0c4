import type { FastifyRequest } from "fastify";
import { Problem } from "./problem.ts";

/**
 * Throws a 403 for a request that a page of another site made; what is no browser sends neither header. `ownHosts` are those
 * (`name[:port]`) that the program is asked for by.
 */
export function refusePagesOfOtherSites(request: FastifyRequest, ownHosts: readonly (string | undefined)[]): void {
  const site = request.headers["sec-fetch-site"];
  const isForeign = site === undefined ? isForeignOrigin(request, ownHosts) : site !== "same-origin" && site !== "none";
  if (isForeign) throw new Problem(403, "Only Heatloop's own page may do this, not a page of another site.");
}

/** Of a browser that does not say where the page is from. */
function isForeignOrigin({ headers: { origin } }: FastifyRequest, ownHosts: readonly (string | undefined)[]): boolean {
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  return !ownHosts.includes(new URL(origin).host);
}
