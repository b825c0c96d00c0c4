import { claimPath } from "@heatloop/core/hub/node-paths";
import type { Clock } from "@heatloop/core/time/clock";
import { parseJson } from "@heatloop/program/json-text";
import { type Log, messageOf } from "@heatloop/program/log";
import { z } from "zod";
import type { SecretFile } from "../base/secret-file.ts";
import { waited } from "../base/waited.ts";
import type { HubSettings } from "../settings/hub-settings.ts";
import { type HubAnswer, type HubClient, newHubClient } from "./hub-client.ts";
import { identityIn, type NodeIdentity, newIdentity, publicHalfOf, signingKeyOf } from "./node-identity.ts";

export type JoinParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Where the key of this home is kept. */
  readonly secretFile: SecretFile;
  /** The file (PEM) with the authority of the hub's certificate; empty: one that every machine knows. */
  readonly caFile: string;
  /** 0 to 1; for the jitter. */
  readonly random?: () => number;
};

/** This home as its hub knows it, and what sends in that name; `node` is null for one that is none yet. */
export type Membership = { readonly node: string | null; readonly client: HubClient };

/** How joining is ended, and told of: who was answered is absent where nobody was asked. */
export type Joining = {
  readonly ended: AbortSignal;
  readonly show: (answer: HubAnswer, to?: Membership) => void;
};

const claimedSchema = z.object({ node_id: z.uuid(), name: z.string() });
const noCode = "there is no claim code: enter the one that the hub shows";

/**
 * Becomes a node of the hub of the settings, or is one already: who it is there. undefined where that cannot be without a change of the settings, or
 * `ended` came first. Each answer of the hub on the way is shown. Rejected where the key cannot be kept.
 */
export async function joinHub(
  parts: JoinParts,
  settings: HubSettings,
  { ended, show }: Joining,
): Promise<NodeIdentity | undefined> {
  const { log, secretFile } = parts;
  const identity = await identityFor(parts, settings);
  if (identity === undefined) {
    show({ kind: "refused", status: 0, why: noCode });
    return undefined;
  }
  if (identity.node !== null) return identity;
  const asking = membershipOf(parts, identity);
  const claimed = await claim(parts, { identity, asking, ended, show });
  if (claimed === undefined) return undefined;
  const joined = { ...identity, node: claimed.node_id };
  await secretFile.write(joined);
  log.info("this home is a node of the hub", { hub: identity.url, name: claimed.name, node: claimed.node_id });
  const { client } = asking;
  show({ kind: "taken", status: 201, text: "" }, { node: claimed.node_id, client });
  return joined;
}

/** What sends in the name of an identity. */
export function membershipOf({ clock, caFile, random = Math.random }: JoinParts, identity: NodeIdentity): Membership {
  const key = signingKeyOf(identity);
  return { node: identity.node, client: newHubClient({ clock, random, url: identity.url, key, caFile }) };
}

/** The identity that is kept for this hub, or a new one that is on the disk before its code is used: an answer may get lost. */
async function identityFor({ log, secretFile }: JoinParts, settings: HubSettings): Promise<NodeIdentity | undefined> {
  const kept = await secretFile.read().catch((error: unknown) => {
    log.error("the key of this home for the hub cannot be read: may Heatloop read hub-key.json in the data folder?", {
      error: messageOf(error),
    });
    throw error;
  });
  const known = identityIn(kept, settings);
  if (known !== undefined || settings.claim_code === "") return known;
  const made = newIdentity(settings);
  await secretFile.write(made);
  return made;
}

type Claim = Joining & { readonly identity: NodeIdentity; readonly asking: Membership };

/** Asks until the hub has taken or refused the code. */
async function claim({ clock }: JoinParts, { identity, asking, ended, show }: Claim) {
  const body = JSON.stringify({ code: identity.code, public_key: publicHalfOf(identity.private_key) });
  while (!ended.aborted) {
    const answer = await asking.client.send(claimPath, body, "application/json", { ended });
    if (ended.aborted) return undefined;
    const claimed = answer.kind === "taken" ? claimedIn(answer.text) : undefined;
    if (claimed !== undefined) return claimed;
    if (answer.kind !== "away") {
      show(answer.kind === "refused" ? answer : { kind: "refused", status: answer.status, why: notOfHub }, asking);
      return undefined;
    }
    show(answer, asking);
    await waited(clock, answer.waitMs, ended);
  }
  return undefined;
}

/** Of an answer that another program gave. */
export const notOfHub = "its answer is not that of a hub: is the address right?";

function claimedIn(text: string): z.output<typeof claimedSchema> | undefined {
  const json = parseJson(text);
  return claimedSchema.safeParse(json.ok ? json.value : undefined).data;
}
