import { randomUUID } from "node:crypto";
import { nodeKeysPath } from "@heatloop/core/hub/node-paths";
import { expect, test } from "vitest";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { nodesHub } from "#test/support/hub/web.ts";

const hub = await nodesHub();
const [north, south] = [await hub.tenant("North"), await hub.tenant("South")];
const operator = hub.as(north, "operator");
const viewer = hub.as(north, "viewer");
const stranger = hub.as(south, "admin");
type Asked = { method?: "GET" | "POST" | "PATCH" | "DELETE"; payload?: object };

function ask(headers: Readonly<Record<string, string>>, url: string, { method = "GET", payload }: Asked = {}) {
  return hub.app.inject({ method, url: `/api/v1/nodes${url}`, headers, ...(payload && { payload }) });
}

async function register(name: string, key = newTestKey()) {
  const { id } = (await ask(operator, "", { method: "POST", payload: { name, public_key: key.x } })).json<{
    id: string;
  }>();
  return { ...key, keyId: id };
}

async function keysOf(node: string): Promise<string[]> {
  const { keys } = (await ask(viewer, `/${node}`)).json<{ keys: { id: string }[] }>();
  return keys.map(({ id }) => id);
}

test("a node that was never heard is NEW, and says so of all that it has not said", async () => {
  const { keyId: id } = await register("Quiet");
  const answer = await ask(viewer, `/${id}`);
  expect(answer.json()).toMatchObject({
    id,
    name: "Quiet",
    status: "NEW",
    claimed_at: null,
    last_seen_at: null,
    clock_is_off: false,
    keys: [{ alg: "ed25519", created_at: "2026-11-30T12:00:00.000Z" }],
    statuses: [],
  });
});

test("a list goes on where its last part ended, over names that are the same", async () => {
  for (let i = 0; i < 5; i += 1) await register(`Same ${i % 2}`);
  const whole = (await ask(viewer, "")).json<{ items: { id: string; name: string }[] }>().items;
  const parts: { id: string }[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const answer = await ask(viewer, `?limit=2${cursor && `&after=${cursor}`}`);
    const { items: nodes, next } = answer.json<{ items: { id: string }[]; next: string | null }>();
    parts.push(...nodes);
    cursor = next;
  }
  expect(parts.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
  expect(whole.map(({ name }) => name)).toEqual(whole.map(({ name }) => name).sort());
});

test.each(["x", "bm9uZQ", Buffer.from('["a","b"]').toString("base64url")])(
  "a cursor that is none is a mistake: %s",
  async (cursor) => {
    const answer = await ask(viewer, `?after=${cursor}`);
    expect([answer.statusCode, answer.json().detail]).toEqual([
      400,
      "after: found a text that was not shown here; allowed: next of the answer before, asked with everything else as it was.",
    ]);
  },
);

test("an operator renames a node; a viewer does not", async () => {
  const { keyId: id } = await register("Before");
  const change = { method: "PATCH", payload: { name: " After " } } as const;
  expect((await ask(operator, `/${id}`, change)).json()).toMatchObject({ name: "After" });
  expect((await ask(viewer, `/${id}`, change)).statusCode).toBe(403);
});

test("a node of another tenant is answered as one that is not there, whatever is asked of it", async () => {
  const { keyId: id } = await register("Ours");
  const [key] = await keysOf(id);
  const asked = [
    ["", {}],
    ["", { method: "PATCH", payload: { name: "Theirs" } }],
    ["/revoke", { method: "POST" }],
    ["/keys", { method: "POST", payload: {} }],
    [`/keys/${key}`, { method: "DELETE" }],
  ] as const;
  for (const [path, how] of asked) {
    const foreign = await ask(stranger, `/${id}${path}`, how);
    const none = await ask(stranger, `/${randomUUID()}${path}`, how);
    expect([foreign.statusCode, foreign.body]).toEqual([404, none.body]);
  }
  expect((await ask(viewer, `/${id}`)).json()).toMatchObject({ name: "Ours", status: "NEW" });
  expect((await ask(stranger, "")).json<{ items: unknown[] }>().items).toHaveLength(1);
});

test("a node changes its key: the new one beside the old one, then the new one alone", async () => {
  const old = await register("Rotates");
  const fresh = { ...newTestKey(), keyId: old.keyId };
  const added = await hub.app.inject(await hub.signed(old, { path: nodeKeysPath, json: { public_key: fresh.x } }));
  expect(added.statusCode).toBe(201);
  const third = { path: nodeKeysPath, json: { public_key: newTestKey().x } };
  expect((await hub.app.inject(await hub.signed(fresh, third))).statusCode).toBe(409);
  const [oldId] = await keysOf(old.keyId);
  const removal = { method: "DELETE", path: `${nodeKeysPath}/${oldId}` } as const;
  expect((await hub.app.inject(await hub.signed(fresh, removal))).statusCode).toBe(204);
  expect((await hub.app.inject(await hub.signed(old, third))).statusCode).toBe(401);
  expect(await keysOf(old.keyId)).toEqual([added.json().key_id]);
});

test("keys that are added at once are two at most", async () => {
  const node = await register("At once");
  const more = () => ask(operator, `/${node.keyId}/keys`, { method: "POST", payload: {} });
  const answers = await Promise.all([more(), more(), more()]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
  expect(await keysOf(node.keyId)).toHaveLength(2);
});

test("the last key of a node can't be removed, by itself or by hand", async () => {
  const node = await register("One key");
  const [key] = await keysOf(node.keyId);
  const byItself = await hub.signed(node, { method: "DELETE", path: `${nodeKeysPath}/${key}` });
  expect((await hub.app.inject(byItself)).statusCode).toBe(409);
  expect((await ask(operator, `/${node.keyId}/keys/${key}`, { method: "DELETE" })).statusCode).toBe(409);
});

test("a node can't touch the keys of another one", async () => {
  const [one, another] = [await register("One"), await register("Another")];
  const [key] = await keysOf(another.keyId);
  const removal = await hub.signed(one, { method: "DELETE", path: `${nodeKeysPath}/${key}` });
  expect((await hub.app.inject(removal)).statusCode).toBe(404);
  expect(await keysOf(another.keyId)).toHaveLength(1);
});

test("a revoked node stays revoked, with the time of the first time, and gets no keys", async () => {
  const { keyId: id } = await register("Gone");
  await ask(operator, `/${id}/revoke`, { method: "POST" });
  const before = hub.clock.now();
  hub.clock.set(before + 5_000);
  const again = await ask(operator, `/${id}/revoke`, { method: "POST" });
  hub.clock.set(before);
  expect(again.json()).toMatchObject({ status: "REVOKED", revoked_at: "2026-11-30T12:00:00.000Z" });
  expect((await ask(operator, `/${id}/keys`, { method: "POST", payload: {} })).statusCode).toBe(409);
});

test.each(["", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}=`, `${"A".repeat(42)}B`])(
  "what is no public key is a mistake that says what is allowed: %j",
  async (key) => {
    const answer = await ask(operator, "", { method: "POST", payload: { name: "x", public_key: key } });
    expect([answer.statusCode, answer.json().detail]).toEqual([
      400,
      expect.stringContaining("43 characters without ="),
    ]);
  },
);
