import { Problem } from "@heatloop/program/http/problem";
import type { FastifyInstance } from "fastify";
import { hostNameOf, isHomeName } from "../base/host-name.ts";
import { clientOf } from "./access/client.ts";

/**
 * Answers only to names that are the house's own, with a 421 to all others: whoever owns a public name can lead it to
 * this machine, whereupon a page of that name is of the same site to a browser (DNS rebinding). `named` are the further
 * names of the settings. A trusted proxy says which name was asked for. What sends no `Host` at all is no browser.
 */
export function refuseForeignNames(app: FastifyInstance, named: () => readonly string[]): void {
  app.addHook("onRequest", async (request) => {
    const { host } = clientOf(request);
    if (host === undefined) return;
    const name = hostNameOf(host);
    if (name !== undefined && (isAddressOrHomeName(name) || named().some((each) => hostNameOf(each) === name))) return;
    throw new Problem(421, sentenceOf(name));
  });
}

/** Whether a name leads to a machine of this network only: an address, a name without a dot, one of a home domain. */
export function isAddressOrHomeName(name: string): boolean {
  const isAddress = name.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(name);
  return isAddress || isHomeName(name);
}

function sentenceOf(name: string | undefined): string {
  if (name === undefined) return "The Host header of the request is no host name.";
  return (
    `Heatloop does not answer to the name ${name}. If it is yours, open Heatloop by its IP address and add the name to ` +
    `the settings: {"web": {"host_names": [${JSON.stringify(name)}]}}.`
  );
}
