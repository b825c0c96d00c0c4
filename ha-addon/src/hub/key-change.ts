import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { type NodeIdentity, newPrivateKey, publicHalfOf } from "./node-identity.ts";

/** A leaked copy of a key, as in an old backup, is of use for so long at most. */
const keySignsMs = 90 * dayMs;
/** Homes that were updated in one night do not change their keys in one. */
const spreadMs = 10 * dayMs;
/** The hub tells its time in seconds, and several hubs have several clocks. */
const mayBeAheadMs = dayMs;
const askedForTimeEachMs = minuteMs;
/** The clock may be set at any time. */
const longestWaitMs = dayMs;

/** What a home asks of the hub about its keys. */
export type KeyRequest = {
  readonly kind: "add" | "removeOthers";
  /** The private key that signs the request. */
  readonly signedWith: string;
  /** The private key whose public half is added. */
  readonly added: string;
  /** What the home is once that is taken, `now` by the hub's clock as far as it is known. */
  taken(now: number | undefined): NodeIdentity;
};

/** What a home does next about its key. */
export type KeyStep =
  | { readonly kind: "wait"; readonly ms: number }
  /** Has to be on the disk before anything else is done. */
  | { readonly kind: "keep"; readonly identity: NodeIdentity }
  /** One request; where its key is not known to the hub (401), the next one. */
  | { readonly kind: "ask"; readonly requests: readonly KeyRequest[] };

/**
 * The next step of a home that changes its key every 85 to 95 days: it makes the next key, has the hub take it beside the one that
 * signs, signs with it, and has the hub remove the former one. Each step may be taken again, as its answer may get lost. `now` is the
 * hub's time, ms since the epoch; undefined: not known yet.
 */
export function keyStep(identity: NodeIdentity, now: number | undefined): KeyStep {
  const { private_key: current, key_since: since, key_change: change } = identity;
  if (change.kind === "adding") {
    const { next } = change;
    const taken = (at?: number) => changed(identity, next, at ?? null);
    const request = { kind: "add", added: next, taken } as const;
    // The second: of a home whose folder was brought back as it was before the hub's answer.
    return { kind: "ask", requests: [current, next].map((signedWith) => ({ ...request, signedWith })) };
  }
  if (change.kind === "removing") {
    const removing = {
      kind: "removeOthers",
      signedWith: current,
      added: current,
      taken: () => finished(identity),
    } as const;
    // Of a hub whose database was brought back as it was before it took the key.
    const again = { kind: "add", signedWith: change.former, added: current, taken: () => identity } as const;
    return { kind: "ask", requests: [removing, again] };
  }
  if (now === undefined) return { kind: "wait", ms: askedForTimeEachMs };
  // A hub whose clock was ahead must not put it off for years.
  if (since === null || since > now + mayBeAheadMs) return { kind: "keep", identity: { ...identity, key_since: now } };
  const leftMs = since + keySignsMs + spreadOf(current) - now;
  if (leftMs > 0) return { kind: "wait", ms: Math.min(leftMs, longestWaitMs) };
  return { kind: "keep", identity: { ...identity, key_change: { kind: "adding", next: newPrivateKey() } } };
}

function changed(identity: NodeIdentity, next: string, at: number | null): NodeIdentity {
  const former = identity.private_key;
  return { ...identity, private_key: next, key_since: at, key_change: { kind: "removing", former } };
}

function finished(identity: NodeIdentity): NodeIdentity {
  return { ...identity, key_change: { kind: "none" } };
}

/** Within half of `spreadMs` before and after; the same for a key each time, and evenly for many. */
function spreadOf(privateKey: string): number {
  const share = Buffer.from(publicHalfOf(privateKey), "base64url").readUInt32BE() / 2 ** 32;
  return (share - 0.5) * spreadMs;
}
