import { createHash, randomUUID } from "node:crypto";
import { claimPath } from "@heatloop/core/hub/node-paths";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { Scope } from "@heatloop/hub/database/database";
import { expect, test } from "vitest";
import { newTestKey, type TestKey } from "#test/support/hub/test-node.ts";
import { nodesHub, trustedProxy } from "#test/support/hub/web.ts";

const hub = await nodesHub();
const [north, south] = [await hub.tenant("North"), await hub.tenant("South")];
const operator = hub.as(north, "operator");

async function newCode(headers = operator, name = "Mill Lane 3"): Promise<{ id: string; code: string; url: string }> {
  const answer = await hub.app.inject({ method: "POST", url: "/api/v1/claim-codes", headers, payload: { name } });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

async function claim(code: string, key: TestKey = newTestKey(), from = "192.0.2.1", forwarded?: string) {
  const json = { code, public_key: key.x };
  const { headers, ...request } = await hub.signed({ ...key, keyId: key.x }, { path: claimPath, json });
  const all = { ...headers, ...(forwarded !== undefined && { "x-forwarded-for": forwarded }) };
  return hub.app.inject({ ...request, headers: all, remoteAddress: from });
}

async function nodeNames(headers: Readonly<Record<string, string>>) {
  const { items: nodes } = (await hub.app.inject({ url: "/api/v1/nodes", headers })).json<{
    items: { name: string }[];
  }>();
  return nodes.map(({ name }) => name);
}

test("a code is shown once, with its link as a QR code, and is in no list again", async () => {
  const made = await newCode();
  expect(made).toMatchObject({
    code: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
    url: `https://hub.example/heat/#claim=${made.code}`,
    qr_svg: expect.stringMatching(/^<svg/),
    created_at: "2026-11-30T12:00:00.000Z",
    expires_at: "2026-11-30T13:00:00.000Z",
  });
  const list = await hub.app.inject({ url: "/api/v1/claim-codes", headers: operator });
  expect(list.json().items).toContainEqual({
    id: made.id,
    name: "Mill Lane 3",
    node_id: null,
    created_at: "2026-11-30T12:00:00.000Z",
    expires_at: "2026-11-30T13:00:00.000Z",
  });
  const kept = await hub.database.transaction({ tenant: north.id }, (queries) =>
    queries.all("select claim_codes::text as text from claim_codes"),
  );
  expect(JSON.stringify(kept)).not.toContain(made.code);
});

test("a home that has the code becomes a node of who made it, however it was typed", async () => {
  const { code } = await newCode(operator, "Station Road 1");
  const answer = await claim(` ${code.toLowerCase().replaceAll("-", "")}`);
  expect([answer.statusCode, answer.json()]).toEqual([201, { node_id: expect.any(String), name: "Station Road 1" }]);
  expect(await nodeNames(operator)).toContain("Station Road 1");
  expect(await nodeNames(hub.as(south, "admin"))).not.toContain("Station Road 1");
});

test("the node is taken by its key from then on", async () => {
  const key = newTestKey();
  const { node_id: keyId } = (await claim((await newCode()).code, key)).json<{ node_id: string }>();
  const request = { path: "/api/v1/node/keys", json: { public_key: newTestKey().x } };
  const answer = await hub.app.inject(await hub.signed({ ...key, keyId }, request));
  expect(answer.statusCode).toBe(201);
});

test("a code that is wrong, used, withdrawn or too old gets one and the same answer", async () => {
  const [used, withdrawn, old] = [await newCode(), await newCode(), await newCode()];
  await claim(used.code);
  const deleted = await hub.app.inject({
    method: "DELETE",
    url: `/api/v1/claim-codes/${withdrawn.id}`,
    headers: operator,
  });
  expect(deleted.statusCode).toBe(204);
  const answers = [
    await claim("0000-0000-0000"),
    await claim("none"),
    await claim(used.code),
    await claim(withdrawn.code),
  ];
  const before = hub.clock.now();
  hub.clock.set(before + 60 * minuteMs);
  answers.push(await claim(old.code));
  hub.clock.set(before);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403]);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
});

test("a home whose answer was lost gets it again with the same key, and another home with that code does not", async () => {
  const { code } = await newCode();
  const key = newTestKey();
  const first = await claim(code, key);
  const again = await claim(code, key);
  expect([again.statusCode, again.json()]).toEqual([201, first.json()]);
  expect((await claim(code)).statusCode).toBe(403);
});

test("of homes that come at once with one code, one becomes a node", async () => {
  const { code } = await newCode(operator, "Twice 1");
  const answers = await Promise.all(["1", "2", "3", "4"].map((at) => claim(code, newTestKey(), `198.51.100.${at}`)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 403, 403, 403]);
  expect((await nodeNames(operator)).filter((name) => name === "Twice 1")).toHaveLength(1);
});

async function returnCode(node: string, headers = operator) {
  return hub.app.inject({ method: "POST", url: `/api/v1/nodes/${node}/claim-codes`, headers });
}

const signedBy = async (key: TestKey, keyId: string) =>
  (
    await hub.app.inject(
      await hub.signed({ ...key, keyId }, { path: "/api/v1/node/keys", json: { public_key: newTestKey().x } }),
    )
  ).statusCode;

test.each([
  ["has lost its key", false],
  ["was revoked", true],
])(
  "a home whose node %s comes back as that node with a code of it, and with its new key alone",
  async (_what, isRevoked) => {
    const [old, next] = [newTestKey(), newTestKey()];
    const { node_id: node } = (await claim((await newCode(operator, "Old Mill")).code, old)).json<{
      node_id: string;
    }>();
    expect(await signedBy(old, node)).toBe(201);
    await hub.app.inject({
      method: "PATCH",
      url: `/api/v1/nodes/${node}`,
      headers: operator,
      payload: { name: "New Mill" },
    });
    if (isRevoked) await hub.app.inject({ method: "POST", url: `/api/v1/nodes/${node}/revoke`, headers: operator });
    const made = (await returnCode(node)).json<{ id: string; code: string }>();
    expect(made).toMatchObject({ node_id: node, name: "New Mill" });
    const { items } = (await hub.app.inject({ url: "/api/v1/claim-codes", headers: operator })).json();
    expect(items).toContainEqual(expect.objectContaining({ id: made.id, node_id: node }));
    // Until the code is used nothing has changed.
    expect(await signedBy(old, node)).toBe(isRevoked ? 403 : 201);
    const back = await claim(made.code, next);
    expect([back.statusCode, back.json()]).toEqual([201, { node_id: node, name: "New Mill" }]);
    expect(await signedBy(old, node)).toBe(401);
    // What a home does whose answer was lost.
    expect((await claim(made.code, next)).json()).toEqual(back.json());
    const shown = (await hub.app.inject({ url: `/api/v1/nodes/${node}`, headers: operator })).json();
    expect(shown).toMatchObject({
      status: isRevoked ? expect.anything() : "NEW",
      revoked_at: null,
      keys: [{ public_key: next.x, added_by: "node" }],
    });
    expect(await signedBy(next, node)).toBe(201);
    // The code is used up.
    expect((await claim(made.code)).statusCode).toBe(403);
  },
);

test("a code of a node that is revoked after it was made brings nobody back", async () => {
  const { node_id: node } = (await claim((await newCode()).code)).json<{ node_id: string }>();
  const [before, ofAnother] = [(await returnCode(node)).json(), await newCode()];
  await hub.app.inject({ method: "POST", url: `/api/v1/nodes/${node}/revoke`, headers: operator });
  expect((await claim(before.code)).statusCode).toBe(403);
  const { items } = (await hub.app.inject({ url: "/api/v1/claim-codes?limit=500", headers: operator })).json();
  expect(items.map(({ id }: { id: string }) => id)).not.toContain(before.id);
  expect((await claim(ofAnother.code)).statusCode).toBe(201);
  expect((await claim((await returnCode(node)).json().code)).json()).toMatchObject({ node_id: node });
});

test("of two homes that come back as one node the last one is it", async () => {
  const [first, second] = [newTestKey(), newTestKey()];
  const { node_id: node } = (await claim((await newCode()).code)).json<{ node_id: string }>();
  const codes = [(await returnCode(node)).json().code, (await returnCode(node)).json().code];
  await claim(codes[0], first);
  await claim(codes[1], second);
  expect([await signedBy(first, node), await signedBy(second, node)]).toEqual([401, 201]);
  expect((await claim(codes[0], first)).statusCode).toBe(403);
});

test("of homes that come at once with one code of a node, one comes back as it", async () => {
  const { node_id: node } = (await claim((await newCode()).code)).json<{ node_id: string }>();
  const { code } = (await returnCode(node)).json<{ code: string }>();
  const keys = [newTestKey(), newTestKey(), newTestKey()];
  const answers = await Promise.all(keys.map((key, at) => claim(code, key, `198.51.100.${20 + at}`)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 403, 403]);
  const winner = keys[answers.findIndex(({ statusCode }) => statusCode === 201)];
  const { keys: kept } = (await hub.app.inject({ url: `/api/v1/nodes/${node}`, headers: operator })).json();
  expect(kept).toEqual([expect.objectContaining({ public_key: winner?.x })]);
});

test("a code of a node that is too old leaves the node with the key that it has", async () => {
  const key = newTestKey();
  const { node_id: node } = (await claim((await newCode()).code, key)).json<{ node_id: string }>();
  const { code } = (await returnCode(node)).json<{ code: string }>();
  const before = hub.clock.now();
  hub.clock.set(before + 60 * minuteMs);
  const late = await claim(code, newTestKey(), "198.51.100.30");
  hub.clock.set(before);
  expect(late.statusCode).toBe(403);
  expect(await signedBy(key, node)).toBe(201);
});

test("codes of a node are made by operators of its organization, and of no other", async () => {
  const { node_id: node } = (await claim((await newCode()).code)).json<{ node_id: string }>();
  const nobodys = randomUUID();
  const [viewer, other, none, unsigned] = [
    await returnCode(node, hub.as(north, "viewer")),
    await returnCode(node, hub.as(south, "admin")),
    await returnCode(nobodys, hub.as(south, "admin")),
    await hub.app.inject({ method: "POST", url: `/api/v1/nodes/${node}/claim-codes` }),
  ];
  expect([viewer, other, none, unsigned].map(({ statusCode }) => statusCode)).toEqual([403, 404, 404, 401]);
  expect(other.json()).toEqual(none.json());
});

test("a claim has to be signed by the key that it brings", async () => {
  const { code } = await newCode();
  const [own, other] = [newTestKey(), newTestKey()];
  const json = { code, public_key: other.x };
  const byOther = await hub.app.inject(await hub.signed({ ...own, keyId: own.x }, { path: claimPath, json }));
  const asOther = await hub.app.inject(await hub.signed({ ...own, keyId: other.x }, { path: claimPath, json }));
  const unsigned = await hub.app.inject({ method: "POST", url: claimPath, payload: json });
  expect([byOther, asOther, unsigned].map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
});

test("after ten wrong codes an address has to wait, at every hub, and others do not", async () => {
  const { code } = await newCode();
  for (let i = 0; i < 10; i += 1)
    expect((await claim("0000-0000-0000", newTestKey(), "203.0.113.7")).statusCode).toBe(403);
  const refused = await claim(code, newTestKey(), "203.0.113.7");
  expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "600"]);
  expect((await claim(code, newTestKey(), "203.0.113.8")).statusCode).toBe(201);
  const before = hub.clock.now();
  hub.clock.set(before + 10 * minuteMs + secondMs);
  expect((await claim((await newCode()).code, newTestKey(), "203.0.113.7")).statusCode).toBe(201);
  hub.clock.set(before);
});

test.each([
  ["whoever a trusted proxy says it is", trustedProxy, "198.51.100.1", "198.51.100.2", 403],
  ["the other end, where that is no trusted proxy", "203.0.113.20", "198.51.100.3", "198.51.100.4", 429],
  ["a whole network of IPv6", trustedProxy, "2001:db8:1:2::1", "2001:db8:1:2:ffff::2", 429],
] as const)("an address is %s", async (_, peer, one, another, status) => {
  for (let i = 0; i < 10; i += 1) await claim("0000-0000-0000", newTestKey(), peer, one);
  expect((await claim("0000-0000-0000", newTestKey(), peer, one)).statusCode).toBe(429);
  expect((await claim("0000-0000-0000", newTestKey(), peer, another)).statusCode).toBe(status);
});

test("right codes are not counted, so that an installer can add a whole street", async () => {
  for (let i = 0; i < 15; i += 1) {
    expect((await claim((await newCode()).code, newTestKey(), "203.0.113.9")).statusCode).toBe(201);
  }
});

test("a code and the tries of an address are seen by who knows them alone", async () => {
  const { code } = await newCode();
  await claim("0000-0000-0000");
  const count = (scope: Scope, table: string) =>
    hub.database.transaction(scope, async (queries) => (await queries.all(`select from ${table}`)).length);
  const secret = createHash("sha256").update(code).digest();
  expect([await count({ secret }, "claim_codes"), await count({}, "claim_codes")]).toEqual([1, 0]);
  expect(await count({ tenant: south.id }, "claim_codes")).toBe(0);
  expect([await count({}, "claim_attempts"), await count({ tenant: north.id, secret }, "claim_attempts")]).toEqual([
    0, 0,
  ]);
});

test("codes are for operators, and nobody sees or withdraws those of another tenant", async () => {
  const url = "/api/v1/claim-codes";
  const { id } = await newCode();
  const viewer = hub.as(north, "viewer");
  const other = hub.as(south, "admin");
  expect((await hub.app.inject({ method: "POST", url, headers: viewer, payload: { name: "x" } })).statusCode).toBe(403);
  expect((await hub.app.inject({ method: "POST", url, payload: { name: "x" } })).statusCode).toBe(401);
  expect((await hub.app.inject({ url, headers: other })).json()).toEqual({ items: [], next: null });
  expect((await hub.app.inject({ method: "DELETE", url: `${url}/${id}`, headers: other })).statusCode).toBe(404);
});
