import { dayMs, hourMs } from "@heatloop/core/time/durations";
import { keyStep } from "@heatloop/ha-addon/hub/key-change";
import {
  identityIn,
  type NodeIdentity,
  newIdentity,
  newPrivateKey,
  publicHalfOf,
} from "@heatloop/ha-addon/hub/node-identity";
import { expect, test } from "vitest";

const since = Date.UTC(2026, 8, 1);
const settings = { url: "https://hub.example", claim_code: "", ca_file: "" };
const node = "0d4e8f0c-6a40-4dc1-8d4c-1f0a6c3f3f52";
const joined = (): NodeIdentity => ({ ...newIdentity(settings), node, key_since: since });

/** When the key of a home is changed. */
function dueAt(identity: NodeIdentity): number {
  for (let at = since + 80 * dayMs; ; ) {
    const step = keyStep(identity, at);
    if (step.kind !== "wait") return at;
    at += step.ms;
  }
}

test("keys are changed after 85 to 95 days, and those of many homes never in one hour", () => {
  const ages = Array.from({ length: 500 }, () => dueAt(joined()) - since);
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(85 * dayMs);
  expect(Math.max(...ages)).toBeLessThanOrEqual(95 * dayMs);
  const hours = Map.groupBy(ages, (age) => Math.floor(age / hourMs));
  expect(new Set(ages.map((age) => Math.floor(age / dayMs))).size).toBe(10);
  // Of 240 hours each gets two on average.
  expect(Math.max(...[...hours.values()].map(({ length }) => length))).toBeLessThan(15);
});

test("a home is looked at again within a day, as its clock may be set", () => {
  expect(keyStep(joined(), since)).toEqual({ kind: "wait", ms: dayMs });
});

test("before the hub has told its time, nothing begins", () => {
  expect(keyStep({ ...joined(), key_since: 0 }, undefined)).toMatchObject({ kind: "wait" });
});

test.each([
  ["that was kept without a time counts from when it is first seen", null],
  ["from the future counts from today", since + 3_650 * dayMs],
] as const)("a key %s", (_, keySince) => {
  const identity = { ...joined(), key_since: keySince };
  expect(keyStep(identity, since)).toEqual({ kind: "keep", identity: { ...identity, key_since: since } });
});

test("the next key is kept before it is told of, and each request leads to the next state", () => {
  const first = joined();
  const begun = keyStep(first, since + 100 * dayMs);
  if (begun.kind !== "keep" || begun.identity.key_change.kind !== "adding") throw new Error("nothing is kept");
  const { next } = begun.identity.key_change;
  expect(begun.identity).toEqual({ ...first, key_change: { kind: "adding", next } });
  expect(next).not.toBe(first.private_key);
  const adding = keyStep(begun.identity, undefined);
  if (adding.kind !== "ask") throw new Error("nothing is asked");
  expect(adding.requests).toMatchObject([
    { kind: "add", signedWith: first.private_key, added: next },
    { kind: "add", signedWith: next, added: next },
  ]);
  const changed = { ...first, private_key: next, key_change: { kind: "removing", former: first.private_key } };
  for (const { taken } of adding.requests) expect(taken(since)).toEqual(changed);
  expect(adding.requests[0]?.taken(undefined)).toEqual({ ...changed, key_since: null });
  const removing = keyStep(changed as NodeIdentity, undefined);
  if (removing.kind !== "ask") throw new Error("nothing is asked");
  expect(removing.requests).toMatchObject([
    { kind: "removeOthers", signedWith: next },
    { kind: "add", signedWith: first.private_key, added: next },
  ]);
  expect(removing.requests.map(({ taken }) => taken(since))).toEqual([
    { ...changed, key_change: { kind: "none" } },
    changed,
  ]);
});

test.each([
  ["of a version that changed no keys", {}],
  ["whose change cannot be read", { key_since: "yesterday", key_change: { kind: "adding", next: "no key" } }],
  ["of a version to come", { key_change: { kind: "melting" } }],
])("a file %s is the same home, with its key", (_, more) => {
  const { url, code, private_key } = joined();
  const read = identityIn({ url, code, node, private_key, ...more }, settings);
  expect(read).toEqual({ url, code, node, private_key, key_since: null, key_change: { kind: "none" } });
});

test("a change goes on after a restart", () => {
  const identity = { ...joined(), key_change: { kind: "removing", former: newPrivateKey() } } as const;
  expect(identityIn(JSON.parse(JSON.stringify(identity)), settings)).toEqual(identity);
  expect(publicHalfOf(identity.private_key)).toMatch(/^[\w-]{43}$/);
});
