import { nodeKeysPath, otherNodeKeysPath } from "@heatloop/core/hub/node-paths";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { parseJson } from "@heatloop/program/json-text";
import { type Log, messageOf } from "@heatloop/program/log";
import { z } from "zod";
import { waited } from "../base/waited.ts";
import type { HubAnswer, HubClient } from "./hub-client.ts";
import { type JoinParts, type Membership, membershipOf, notOfHub } from "./join-hub.ts";
import { type KeyRequest, keyStep } from "./key-change.ts";
import { type NodeIdentity, publicHalfOf } from "./node-identity.ts";

/** Nothing is the worse for a key that goes on: an older hub gets another version one day. */
const refusedRetryMs = 2 * dayMs;
/** A hub whose database was brought back may know the key again. */
const unknownRetryMs = hourMs;
const notKeptRetryMs = hourMs;
const addedAgainMs = minuteMs;
/** What is on its way was signed with the former key. */
const formerIsUsedMs = minuteMs;

/** Whose key is followed, and until when. */
export type FollowedKey = {
  readonly identity: NodeIdentity;
  readonly member: Membership;
  readonly ended: AbortSignal;
  /** Told of what signs with another key from then on. */
  readonly become: (next: Membership) => void;
};

/** Changes the key of a node every few months, step by step as `keyStep` has them. */
export async function followKey(parts: JoinParts, followed: FollowedKey): Promise<void> {
  const { clock, log, secretFile } = parts;
  const { ended, become } = followed;
  let { identity, member } = followed;
  const tell = newKeyTeller(log);

  /** The hub's time, as its last answer to `client` had it. */
  function hubNow(client: HubClient): number | undefined {
    const behindMs = client.clockBehindMs();
    return behindMs === undefined ? undefined : clock.now() + behindMs;
  }

  /** As `ask`: how long to wait before the next step, ms. */
  async function keep(next: NodeIdentity): Promise<number> {
    try {
      await secretFile.write(next);
    } catch (error) {
      tell.notKept(error);
      return notKeptRetryMs;
    }
    tell.kept(identity, next);
    const isOtherKey = next.private_key !== identity.private_key;
    identity = next;
    if (!isOtherKey || ended.aborted) return 0;
    member = membershipOf(parts, next);
    become(member);
    return formerIsUsedMs;
  }

  async function ask(requests: readonly KeyRequest[]): Promise<number> {
    let refused: Refusal | undefined;
    for (const request of requests) {
      const isOwn = request.signedWith === identity.private_key;
      const { client } = isOwn ? member : membershipOf(parts, { ...identity, private_key: request.signedWith });
      const answer = await answerTo(request, client, ended);
      if (ended.aborted) return 0;
      if (answer.kind === "taken") {
        const next = request.taken(hubNow(client));
        return next === identity ? addedAgainMs : keep(next);
      }
      if (answer.kind === "away") return answer.waitMs;
      refused = answer;
      if (answer.status !== 401) break;
    }
    return refused === undefined ? refusedRetryMs : tell.refused(refused);
  }

  while (!ended.aborted) {
    const step = keyStep(identity, hubNow(member.client));
    if (step.kind === "wait") await waited(clock, step.ms, ended);
    else await waited(clock, step.kind === "keep" ? await keep(step.identity) : await ask(step.requests), ended);
  }
}

type Refusal = Extract<HubAnswer, { kind: "refused" }>;

const addedSchema = z.object({ key_id: z.uuid() });

async function answerTo({ kind, added }: KeyRequest, client: HubClient, ended: AbortSignal): Promise<HubAnswer> {
  const body = JSON.stringify({ public_key: publicHalfOf(added) });
  const answer =
    kind === "add"
      ? await client.send(nodeKeysPath, body, "application/json", { ended })
      : await client.remove(otherNodeKeysPath, ended);
  if (answer.kind !== "taken" || isOfHub(kind, answer)) return answer;
  return { kind: "refused", status: answer.status, why: notOfHub };
}

/** A page that some network shows instead takes everything. */
function isOfHub(kind: KeyRequest["kind"], { status, text }: Extract<HubAnswer, { kind: "taken" }>): boolean {
  if (kind === "removeOthers") return status === 204;
  const json = parseJson(text);
  return json.ok && addedSchema.safeParse(json.value).success;
}

/** Writes to the log what changes of the key. */
function newKeyTeller(log: Log) {
  const told = new Set<string>();

  function once(what: string, tell: () => void): void {
    if (!told.has(what)) tell();
    told.add(what);
  }

  return {
    kept(before: NodeIdentity, { node, private_key: key, key_change: change }: NodeIdentity): void {
      told.clear();
      if (key !== before.private_key) {
        log.info("this home signs with a new key at the hub", { node, public_key: publicHalfOf(key) });
      } else if (before.key_change.kind === "removing" && change.kind === "none") {
        log.info("the hub has removed the key that this home signed with before", { node });
      }
    },
    notKept(error: unknown): void {
      once("not kept", () =>
        log.error("a new key for the hub cannot be kept, so the one that there is goes on: is the disk full?", {
          error: messageOf(error),
        }),
      );
    },
    /** How long to wait before it is tried again. */
    refused({ status, why }: Refusal): number {
      // Then it takes nothing of this home, and the link says so.
      if (status === 401 || status === 403) return unknownRetryMs;
      once(why, () => log.warn("the hub does not change the key of this home; it is tried again", { why }));
      return refusedRetryMs;
    },
  };
}
