import { forwardedFor, peerOf } from "@heatloop/program/http/client-address";
import { addressesIn, isLoopback } from "@heatloop/program/ip-address";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ingressPeer } from "../../settings/environment.ts";
import type { SettingsFile } from "../../settings/settings-file.ts";
import type { WebParts } from "../parts.ts";

/** Where a request comes from, as far as the headers of those who passed it on are believed. */
export type Client = {
  /** The address that the connection comes from. */
  readonly peer: string;
  /** Of the browser or program that asks. */
  readonly address: string;
  /** The host that it asked for, `name[:port]`. */
  readonly host: string | undefined;
  /** Whether it asked by TLS. */
  readonly isTls: boolean;
  /** The path that a proxy puts in front of ours, such as `/heatloop`; empty: none. */
  readonly pathPrefix: string;
  /** Whether it is on this machine itself, and nobody passed the request on. */
  readonly isMachine: boolean;
};

const decorator = "client";

/**
 * Finds out where each request comes from, before anything else is done with it. Under ingress the Supervisor is the only
 * one whose headers are believed, else the proxies of the settings.
 */
export function knowClients(
  app: FastifyInstance,
  parts: Pick<WebParts, "trustedPeers" | "ingressPeer" | "settings">,
): void {
  const isTrusted =
    parts.trustedPeers === undefined
      ? trustedProxies(parts.settings)
      : (address: string) => address === (parts.ingressPeer ?? ingressPeer);
  app.decorateRequest(decorator, null);
  // No promise for each request: there is nothing to wait for.
  app.addHook("onRequest", (request, _reply, done) => {
    request.setDecorator<Client>(decorator, madeClient(request, isTrusted));
    done();
  });
}

/** Where a request comes from. */
export function clientOf(request: FastifyRequest): Client {
  return request.getDecorator<Client>(decorator);
}

/** Whether an address is one of the proxies of the settings, as they are now. */
function trustedProxies(settings: SettingsFile): (address: string) => boolean {
  let named: readonly string[] = [];
  let isNamed = addressesIn(named);
  return (address) => {
    const { trusted_proxies: names } = settings.current().web;
    if (names !== named) {
      named = names;
      isNamed = addressesIn(names);
    }
    return isNamed(address);
  };
}

function madeClient(request: FastifyRequest, isTrusted: (address: string) => boolean): Client {
  const { headers } = request;
  const peer = peerOf(request);
  const isProxy = isTrusted(peer);
  const forwarded = (name: string) => (isProxy ? firstOf(headers[`x-forwarded-${name}`]) : undefined);
  return {
    peer,
    address: isProxy ? forwardedFor(headers["x-forwarded-for"], peer, isTrusted) : peer,
    host: forwarded("host") ?? headers.host,
    isTls: forwarded("proto")?.toLowerCase() === "https",
    pathPrefix: pathPrefixOf(forwarded("prefix")),
    isMachine: isLoopback(peer) && !isPassedOn(headers),
  };
}

/** What those who pass requests on add: of proxies, of clouds in front of a home, and of Home Assistant's ingress. */
const ofProxies =
  /^(forwarded|via|x-forwarded.*|x-(real|client|cluster-client)-ip|true-client-ip|cf-.*|x-original-.*)$/;
const ofIngress = /^(x-ingress-path|x-hass-source|x-remote-user.*)$/;

function isPassedOn(headers: FastifyRequest["headers"]): boolean {
  for (const name in headers) if (ofProxies.test(name) || ofIngress.test(name)) return true;
  return false;
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return (
    String(header ?? "")
      .split(",", 1)[0]
      ?.trim() || undefined
  );
}

function pathPrefixOf(header: string | undefined): string {
  const path = header?.replace(/\/+$/, "") ?? "";
  return /^(\/[\w.~-]+)*$/.test(path) && path.length <= 200 ? path : "";
}
