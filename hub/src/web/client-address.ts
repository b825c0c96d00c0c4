import { forwardedFor, peerOf } from "@heatloop/program/http/client-address";
import { addressesIn } from "@heatloop/program/ip-address";
import type { FastifyRequest } from "fastify";

/** Finds the address of a request; what proxies say of it counts where they are trusted. */
export function addressFinder(trustedProxies: readonly string[]): (request: FastifyRequest) => string {
  const isTrusted = addressesIn(trustedProxies);
  return (request) => {
    const peer = peerOf(request);
    return isTrusted(peer) ? forwardedFor(request.headers["x-forwarded-for"], peer, isTrusted) : peer;
  };
}
