import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import type { Administrators } from "../../access/administrators.ts";
import { ingressPeer } from "../../settings/environment.ts";
import type { SettingsFile } from "../../settings/settings-file.ts";
import { clientOf } from "./client.ts";
import type { Visitor } from "./user.ts";

const longestName = 100;

/** Who comes through Home Assistant's ingress: the Supervisor says which user it is, and drops what others wrote there. */
export function ingressVisitor(request: FastifyRequest, supervisor = ingressPeer): Visitor {
  const { peer, isMachine } = clientOf(request);
  if (isMachine) return { kind: "machine" };
  if (peer !== supervisor) return { kind: "ingress", id: null, name: null };
  const { headers } = request;
  return {
    kind: "ingress",
    id: textOf(headers["x-remote-user-id"]),
    name: textOf(headers["x-remote-user-display-name"]) ?? textOf(headers["x-remote-user-name"]),
  };
}

export type IngressRights = {
  readonly settings: SettingsFile;
  /** undefined: there is nobody to ask. */
  readonly administrators?: Administrators | undefined;
};

/**
 * Why a visitor may change nothing, as the problem that it gets; undefined: it may. Changes are for administrators of
 * Home Assistant, unless the settings allow others; and for this machine itself, which could write the files as well.
 */
export async function whyNoChange(visitor: Visitor, rights: IngressRights): Promise<Problem | undefined> {
  if (visitor.kind === "machine" || rights.settings.current().web.others_may_change) return undefined;
  if (visitor.kind !== "ingress" || visitor.id === null) return new Problem(403, unknownUser);
  const isAdministrator = await rights.administrators?.has(visitor.id);
  if (isAdministrator === undefined) return new Problem(503, nobodyToAsk);
  return isAdministrator ? undefined : new Problem(403, noAdministrator);
}

const setting = 'the setting {"web": {"others_may_change": true}}';
const unknownUser =
  "Home Assistant does not say who you are, so you cannot change anything. Open Heatloop from the sidebar; if it stays " +
  `so, update the Supervisor, or let an administrator choose ${setting}.`;
const nobodyToAsk =
  "Home Assistant is away, so Heatloop cannot ask it whether you are an administrator. Try again once it is back.";
const noAdministrator =
  `Only administrators of Home Assistant may change this. Ask one of them, or let one choose ${setting}, which allows ` +
  "everybody to.";

/** The text of a header in UTF-8, which Node reads as Latin-1; null where there is none. */
function textOf(header: string | readonly string[] | undefined): string | null {
  const bytes = Buffer.from(String(header ?? ""), "latin1");
  const text = bytes.toString("utf8");
  const read = text.includes("\ufffd") ? bytes.toString("latin1") : text;
  return read.trim().slice(0, longestName) || null;
}
