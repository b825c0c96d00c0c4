import { createSecretKey, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { nodeKeysPath } from "@heatloop/core/hub/node-paths";
import { secondMs } from "@heatloop/core/time/durations";
import type { Scope } from "@heatloop/hub/database/database";
import { savedMinutes, unitsPerMinute } from "@heatloop/hub/nodes/node-pace";
import { expect, test } from "vitest";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { nodesHub } from "#test/support/hub/web.ts";

const hub = await nodesHub();
const north = await hub.tenant("North");
const operator = hub.as(north, "operator");

async function register(publicKey?: string): Promise<{ id: string; key_id: string; secret?: string }> {
  const payload = { name: "by hand", ...(publicKey !== undefined && { public_key: publicKey }) };
  const answer = await hub.app.inject({ method: "POST", url: "/api/v1/nodes", headers: operator, payload });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

async function newNode() {
  const key = newTestKey();
  const { id } = await register(key.x);
  return { ...key, keyId: id };
}

/** A request that changes nothing: there is no such key. */
const harmless = () => ({ method: "DELETE" as const, path: `${nodeKeysPath}/${randomUUID()}` });
const taken = 404;

test("a node that was registered by hand is taken by its key", async () => {
  expect((await hub.app.inject(await hub.signed(await newNode(), harmless()))).statusCode).toBe(taken);
});

test("a shared secret is told once, signs, and is stored encrypted for its node alone", async () => {
  const { id, secret = "" } = await register();
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  const key = { alg: "hmac-sha256", key: createSecretKey(Buffer.from(secret, "base64url")), keyId: id } as const;
  expect((await hub.app.inject(await hub.signed(key, harmless()))).statusCode).toBe(taken);
  const shown = await hub.app.inject({ url: `/api/v1/nodes/${id}`, headers: operator });
  expect(shown.body).not.toContain(secret);
  const rows = await hub.database.transaction({ node: id }, (queries) =>
    queries.all<{ sealed_secret: Buffer }>("select sealed_secret from node_keys"),
  );
  expect(rows[0]?.sealed_secret.includes(Buffer.from(secret, "base64url"))).toBe(false);
  expect(() => hub.secrets.open(rows[0]?.sealed_secret ?? Buffer.alloc(0), "secret of node another")).toThrow();
});

test("a request is taken once, whichever hub it comes to", async () => {
  const request = await hub.signed(await newNode(), harmless());
  expect((await hub.app.inject(request)).statusCode).toBe(taken);
  const again = [await hub.app.inject(request), await hub.another().inject(request)];
  expect(again.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  expect(again[0]?.json().detail).toBe("This request was made before: sign it anew.");
});

test("a node that sends more requests than it may is told when to go on, and others are taken", async () => {
  const [loud, other] = [await newNode(), await newNode()];
  hub.pace.take(loud.keyId, unitsPerMinute * savedMinutes - 1, hub.clock.now());
  expect((await hub.app.inject(await hub.signed(loud, harmless()))).statusCode).toBe(taken);
  const refused = await hub.app.inject(await hub.signed(loud, harmless()));
  expect([refused.statusCode, refused.headers["retry-after"], refused.json().detail]).toEqual([
    429,
    "1",
    "The node sends more than 600 requests a minute, and has sent more than those of 10 minutes at once: send again in 1 s.",
  ]);
  expect((await hub.app.inject(await hub.signed(other, harmless()))).statusCode).toBe(taken);
  hub.clock.set(hub.clock.now() + secondMs);
  expect((await hub.app.inject(await hub.signed(loud, harmless()))).statusCode).toBe(taken);
});

test("who only says that it is a node costs that nothing of what it may send", async () => {
  const [node, forger] = [await newNode(), await newNode()];
  hub.pace.take(node.keyId, unitsPerMinute * savedMinutes - 1, hub.clock.now());
  for (let i = 0; i < 3; i += 1) {
    const forged = await hub.signed({ ...forger, keyId: node.keyId }, harmless());
    expect((await hub.app.inject(forged)).statusCode).toBe(401);
  }
  expect((await hub.app.inject(await hub.signed(node, harmless()))).statusCode).toBe(taken);
});

test("of a request that comes to all hubs at once, one is taken", async () => {
  const request = await hub.signed(await newNode(), harmless());
  const answers = await Promise.all([1, 2, 3].map(() => hub.another().inject(request)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([401, 401, taken]);
});

test("what was signed is seen by who names the node alone, and kept from being taken away", async () => {
  const [one, other] = [await newNode(), await newNode()];
  await hub.app.inject(await hub.signed(one, harmless()));
  const seen = (scope: Scope) =>
    hub.database.transaction(scope, (queries) => queries.all("select node_id from node_nonces"));
  expect(await seen({ node: one.keyId })).toEqual([{ node_id: one.keyId }]);
  expect(await seen({ node: other.keyId })).toEqual([]);
  expect([await seen({}), await seen({ tenant: north.id })]).toEqual([[], []]);
  const forget = hub.database.transaction({ node: one.keyId }, (queries) => queries.change("delete from node_nonces"));
  await expect(forget).rejects.toThrow(/permission denied/);
});

test("what two nodes sign at one moment does not stand in each other's way", async () => {
  const requests = await Promise.all([1, 2, 3].map(async () => hub.signed(await newNode(), harmless())));
  const answers = await Promise.all(requests.map((request) => hub.app.inject(request)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([taken, taken, taken]);
});

test("a body that is not the one that was signed reaches no route", async () => {
  const node = await newNode();
  const request = await hub.signed(node, { path: nodeKeysPath, json: { public_key: newTestKey().x } });
  const other = Buffer.from(JSON.stringify({ public_key: newTestKey().x }));
  const answer = await hub.app.inject({ ...request, payload: other });
  expect([answer.statusCode, answer.json().detail]).toEqual([
    400,
    "The body is not the one that was signed: its SHA-256 is not that of Content-Digest.",
  ]);
  const { payload: _, ...without } = request;
  expect((await hub.app.inject(without)).statusCode).toBe(400);
  const shown = await hub.app.inject({ url: `/api/v1/nodes/${node.keyId}`, headers: operator });
  expect(shown.json().keys).toHaveLength(1);
});

test("a body that comes in pieces is checked as a whole", async () => {
  const app = hub.another();
  await app.listen({ host: "127.0.0.1", port: 0 });
  const node = await newNode();
  const { headers, payload } = await hub.signed(node, { path: nodeKeysPath, json: { public_key: newTestKey().x } });
  const lines = Object.entries({
    ...headers,
    host: "hub.example",
    "transfer-encoding": "chunked",
    connection: "close",
  });
  const text = String(payload);
  const pieces = [text.slice(0, 9), text.slice(9)].map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
  const head = `POST ${nodeKeysPath} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`${head}${pieces.join("")}0\r\n\r\n`);
  const answer = (await socket.toArray()).join("");
  await app.close();
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
});

test.each([-61_000, 61_000])("a clock that is off by %i ms is told so, and what time it is", async (offMs) => {
  const request = await hub.signed(await newNode(), { ...harmless(), at: hub.clock.now() + offMs });
  const answer = await hub.app.inject(request);
  expect(answer.statusCode).toBe(401);
  expect(answer.json().detail).toMatch(/it was created 61 s (before|after) this machine's time\.$/);
  expect(answer.headers.date).toEqual(expect.any(String));
});

test("a node that was revoked is refused at once and told why; somebody else who names it learns nothing", async () => {
  const node = await newNode();
  const url = `/api/v1/nodes/${node.keyId}`;
  const revoked = await hub.app.inject({ method: "POST", url: `${url}/revoke`, headers: operator });
  expect([revoked.statusCode, revoked.json().status]).toEqual([200, "REVOKED"]);
  const answer = await hub.app.inject(await hub.signed(node, harmless()));
  expect([answer.statusCode, answer.json().detail]).toEqual([
    403,
    "This node was revoked. To join again it needs a new code of whoever runs the hub.",
  ]);
  const forged = { ...newTestKey(), keyId: node.keyId };
  const unknown = { ...newTestKey(), keyId: randomUUID() };
  const answers = [await hub.app.inject(await hub.signed(forged, harmless()))];
  answers.push(await hub.app.inject(await hub.signed(unknown, harmless())));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  expect(answers[0]?.body).toBe(answers[1]?.body);
});

test("a node does nothing that people do, and people nothing that nodes do", async () => {
  const node = await newNode();
  const asNode = await hub.app.inject(await hub.signed(node, { method: "GET", path: "/api/v1/nodes" }));
  expect(asNode.statusCode).toBe(401);
  const asPerson = await hub.app.inject({
    method: "POST",
    url: nodeKeysPath,
    headers: operator,
    payload: { public_key: newTestKey().x },
  });
  expect(asPerson.statusCode).toBe(401);
});
