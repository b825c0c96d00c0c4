import { createSecretKey } from "node:crypto";
import { certificatePath, nodeKeysPath, otherNodeKeysPath } from "@heatloop/core/hub/node-paths";
import { expect, test } from "vitest";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { nodesHub } from "#test/support/hub/web.ts";

const hub = await nodesHub({ broker: { url: "mqtts://broker.example", ca: undefined } });
const north = await hub.tenant("North");
const operator = hub.as(north, "operator");
type Signer = Parameters<typeof hub.signed>[0];

async function claimed() {
  const key = newTestKey();
  const made = await hub.app.inject({
    ...{ method: "POST", url: "/api/v1/claim-codes", headers: operator },
    payload: { name: "Mill Lane 3" },
  });
  const json = { code: made.json().code, public_key: key.x };
  const answer = await hub.app.inject(await hub.signed({ ...key, keyId: key.x }, { path: "/api/v1/claim", json }));
  return { ...key, keyId: answer.json<{ node_id: string }>().node_id };
}

async function keysOf(node: string) {
  const shown = await hub.app.inject({ url: `/api/v1/nodes/${node}`, headers: operator });
  return shown.json<{ keys: { id: string; public_key: string | null; added_by: string | null }[] }>().keys;
}

const publicKeysOf = async (node: string) => new Set((await keysOf(node)).map(({ public_key: x }) => x));
const byHand = (node: string, payload: object) =>
  hub.app.inject({ method: "POST", url: `/api/v1/nodes/${node}/keys`, headers: operator, payload });

async function add(signer: Signer, publicKey: string, at = hub.app) {
  return at.inject(await hub.signed(signer, { path: nodeKeysPath, json: { public_key: publicKey } }));
}

async function removeOthers(signer: Signer, at = hub.app) {
  return at.inject(await hub.signed(signer, { method: "DELETE", path: otherNodeKeysPath }));
}

const next = (node: { readonly keyId: string }) => ({ ...newTestKey(), keyId: node.keyId });

test("a key that the node has already is answered the same again, and there is no second one of it", async () => {
  const node = await claimed();
  const fresh = next(node);
  const first = await add(node, fresh.x);
  const again = [await add(node, fresh.x), await add(fresh, fresh.x)];
  expect(again.map((answer) => [answer.statusCode, answer.body])).toEqual([
    [201, first.body],
    [201, first.body],
  ]);
  expect((await add(node, node.x)).statusCode).toBe(201);
  expect(await publicKeysOf(node.keyId)).toEqual(new Set([node.x, fresh.x]));
});

test("a key that is added twice at once is there once", async () => {
  const node = await claimed();
  const { x } = next(node);
  const answers = await Promise.all([add(node, x), add(node, x, hub.another()), add(node, x)]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(await publicKeysOf(node.keyId)).toEqual(new Set([node.x, x]));
});

test("a node removes all keys but the one that it signs with, and may ask for it again", async () => {
  const node = await claimed();
  const fresh = next(node);
  await add(node, fresh.x);
  expect((await removeOthers(fresh)).statusCode).toBe(204);
  expect((await removeOthers(fresh)).statusCode).toBe(204);
  expect(await publicKeysOf(node.keyId)).toEqual(new Set([fresh.x]));
  expect((await removeOthers(node)).statusCode).toBe(401);
});

test("of two keys that remove each other at once, one stays", async () => {
  for (let i = 0; i < 5; i += 1) {
    const node = await claimed();
    const fresh = next(node);
    await add(node, fresh.x);
    const answers = await Promise.all([removeOthers(node), removeOthers(fresh, hub.another())]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 401]);
    expect(await keysOf(node.keyId)).toHaveLength(1);
  }
});

test("a key that a node made and never signed with makes room for the next one", async () => {
  const node = await claimed();
  const [lost, fresh] = [next(node), next(node)];
  await add(node, lost.x);
  expect((await add(node, fresh.x)).statusCode).toBe(201);
  expect(await publicKeysOf(node.keyId)).toEqual(new Set([node.x, fresh.x]));
  expect((await removeOthers(lost)).statusCode).toBe(401);
});

test("a key that was given by hand makes no room, and the node may change to it", async () => {
  const node = await claimed();
  const given = next(node);
  expect((await byHand(node.keyId, { public_key: given.x })).statusCode).toBe(201);
  const refused = await add(node, next(node).x);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining("a second key that it has not made itself"),
  ]);
  expect((await keysOf(node.keyId)).map(({ added_by }) => added_by).sort()).toEqual(["node", "person"]);
  const fresh = next(node);
  expect((await add(given, fresh.x)).statusCode).toBe(201);
  expect(await publicKeysOf(node.keyId)).toEqual(new Set([given.x, fresh.x]));
});

test("a shared secret that was given by hand goes where the node removes its other keys", async () => {
  const node = await claimed();
  const { secret = "" } = (await byHand(node.keyId, {})).json<{ secret?: string }>();
  const shared = { alg: "hmac-sha256", key: createSecretKey(Buffer.from(secret, "base64url")) } as const;
  expect((await removeOthers(node)).statusCode).toBe(204);
  expect((await removeOthers({ ...shared, keyId: node.keyId })).statusCode).toBe(401);
  expect(await publicKeysOf(node.keyId)).toEqual(new Set([node.x]));
});

test("what one hub is told of keys holds at another one at once", async () => {
  const [one, other] = [hub.another(), hub.another()];
  const node = await claimed();
  const fresh = next(node);
  await add(node, fresh.x, one);
  expect((await add(fresh, fresh.x, other)).statusCode).toBe(201);
  expect((await removeOthers(fresh, other)).statusCode).toBe(204);
  const refused = await Promise.all([one, other].map((at) => add(node, fresh.x, at)));
  expect(refused.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
});

test("with a key go the certificates that were asked for with it, and no others", async () => {
  const node = await claimed();
  const fresh = next(node);
  await add(node, fresh.x);
  const revoked = async () =>
    hub.database.transaction({ tenant: north.id }, (queries) =>
      queries.all("select revoked_at is not null as is from node_certificates where node_id = $1 order by revoked_at", [
        node.keyId,
      ]),
    );
  for (const signer of [node, fresh]) {
    const asked = { path: certificatePath, json: { public_key: newTestKey().x } };
    expect((await hub.app.inject(await hub.signed(signer, asked))).statusCode).toBe(201);
  }
  expect(await revoked()).toEqual([{ is: false }, { is: false }]);
  await removeOthers(fresh);
  expect(await revoked()).toEqual([{ is: true }, { is: false }]);
});
