import { get } from "node:http";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { afterEach, expect, test } from "vitest";
import { fuzzedHub } from "#test/support/hub/isolation/fuzzed-hub.ts";
import type { TenantName } from "#test/support/hub/isolation/marked-words.ts";
import { newSession, withCookie } from "#test/support/hub/isolation/session-identities.ts";
import { type LiveClient, openedLive, openLive } from "#test/support/hub/live-client.ts";
import { waitFor } from "#test/support/wait-for.ts";

const path = "/api/v1/live";
const hub = await fuzzedHub();
const { tenants, clock, asOwner, web } = hub;
const url = `${await web.listen({ host: "127.0.0.1", port: 0 })}${path}`;
let sockets: LiveClient[] = [];

const connections = () =>
  new Promise<number>((resolve) => web.server.getConnections((_error, count) => resolve(count)));

afterEach(async () => {
  for (const { socket } of sockets) socket.terminate();
  sockets = [];
  await waitFor(async () => (await connections()) === 0, "all websockets to be gone");
});

const cookieOf = async (name: TenantName) =>
  withCookie(await newSession(hub, tenants[name].people.viewer))({ method: "", url: "" });

async function open(headers: Readonly<Record<string, string>>): Promise<LiveClient> {
  const client = await openedLive(url, headers);
  sockets.push(client);
  await client.told(1);
  return client;
}

async function look(): Promise<void> {
  clock.advanceTo(clock.now() + 5 * secondMs);
  await hub.statements.settled();
}

const rename = (name: TenantName, to: string) =>
  asOwner("update nodes set name = $2 where id = $1", [tenants[name].node.id, to]);

async function newToken(to: "api-tokens" | "token", headers: Readonly<Record<string, string>>) {
  const payload = { name: "of a test", scope: "read" };
  const url = `/api/v1/${to}`;
  const answer = await web.inject({ method: "POST", url, headers, ...(to === "api-tokens" && { payload }) });
  const { id, token, access_token } = answer.json() as { id?: string; token?: string; access_token?: string };
  return { id, headers: { authorization: `Bearer ${token ?? access_token}` } };
}

const adminCookie = async (name: TenantName) =>
  withCookie(await newSession(hub, tenants[name].people.admin))({ method: "", url: "" });

/** Asks with headers that `fetch` does not let one set. */
async function statusOf(at: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const answered = Promise.withResolvers<number | undefined>();
  get(at, { headers, agent: false }, (response) => {
    response.resume();
    answered.resolve(response.statusCode);
  }).on("error", answered.reject);
  return answered.promise;
}

test("a websocket is told everything first, and then what has changed alone", async () => {
  const client = await open(await cookieOf("north"));
  await look();
  await rename("north", "another name");
  await look();
  const [all, changed, ...more] = await client.told(2);
  expect(more).toEqual([]);
  expect(all).toMatchObject({
    kind: "all",
    heat_pumps: expect.arrayContaining([expect.objectContaining({ outdoor_temperature_c: 4.5 })]),
  });
  expect(all?.nodes.map(({ status }) => status).sort()).toEqual(["NEW", "ONLINE", "REVOKED"]);
  expect(changed).toMatchObject({
    ...{ kind: "changed", heat_pumps: [] },
    nodes: [{ id: tenants.north.node.id, name: "another name" }],
  });
});

test("organizations are told what is theirs alone", async () => {
  const [north, south] = [await open(await cookieOf("north")), await open(await cookieOf("south"))];
  await rename("north", "in the north");
  await rename("south", "in the south");
  await look();
  expect((await north.told(2))[1]?.nodes.map(({ name }) => name)).toEqual(["in the north"]);
  expect((await south.told(2))[1]?.nodes.map(({ name }) => name)).toEqual(["in the south"]);
});

test("an organization is looked at once, however many websockets it has, and not at all where it has none", async () => {
  const cookie = await cookieOf("north");
  for (let i = 0; i < 3; i += 1) await open(cookie);
  await hub.statements.settled();
  hub.statements.taken();
  await look();
  const reads = hub.statements.taken();
  expect(reads.filter((text) => text.includes("from minutes"))).toHaveLength(1);
  expect(reads.filter((text) => text.includes("from sessions"))).toHaveLength(1);
  for (const { socket } of sockets) socket.terminate();
  await waitFor(async () => (await connections()) === 0, "all websockets to be gone");
  await look();
  expect(hub.statements.taken()).toEqual([]);
});

test.each<[string, () => Promise<{ headers: Readonly<Record<string, string>>; end: () => Promise<unknown> }>]>([
  [
    "its session has ended",
    async () => ({
      headers: await cookieOf("north"),
      end: () => asOwner("delete from sessions where user_id = $1", [tenants.north.people.viewer.id]),
    }),
  ],
  [
    "somebody has logged out",
    async () => {
      const headers = await cookieOf("north");
      return { headers, end: async () => web.inject({ method: "POST", url: "/api/v1/logout", headers }) };
    },
  ],
  [
    "its session works for another organization",
    async () => ({
      headers: await withCookie(await newSession(hub, tenants.ofTwo, { tenant: tenants.north.id }))({
        method: "",
        url: "",
      }),
      end: () => asOwner("update sessions set tenant_id = $2 where user_id = $1", [tenants.ofTwo.id, tenants.south.id]),
    }),
  ],
  [
    "somebody is no member any more",
    async () => ({
      headers: await withCookie(await newSession(hub, tenants.gone))({ method: "", url: "" }),
      end: () => asOwner("delete from memberships where user_id = $1", [tenants.gone.id]),
    }),
  ],
  [
    "its API token was revoked",
    async () => {
      const { id, headers } = await newToken("api-tokens", await adminCookie("north"));
      return { headers, end: () => asOwner("delete from api_tokens where id = $1", [id]) };
    },
  ],
  [
    "its API token is too old",
    async () => {
      const { id, headers } = await newToken("api-tokens", await adminCookie("north"));
      return { headers, end: () => asOwner("update api_tokens set expires_at = created_at where id = $1", [id]) };
    },
  ],
  [
    "its access token is too old",
    async () => {
      const { headers } = await newToken("token", await adminCookie("south"));
      return { headers, end: async () => clock.jumpTo(clock.now() + 11 * minuteMs) };
    },
  ],
  [
    "the API token that its access token was made of was revoked",
    async () => {
      const { id, headers: of } = await newToken("api-tokens", await adminCookie("north"));
      const { headers } = await newToken("token", of);
      return { headers, end: () => asOwner("delete from api_tokens where id = $1", [id]) };
    },
  ],
  [
    "the role of its access token is not the person's any more",
    async () => {
      const { headers } = await newToken("token", await cookieOf("south"));
      const { viewer } = tenants.south.people;
      return {
        headers,
        end: () => asOwner("update memberships set role = 'operator' where user_id = $1", [viewer.id]),
      };
    },
  ],
])("a websocket ends within one look when %s, and another one stays", async (_why, begin) => {
  const { headers, end } = await begin();
  const other = await open(await withCookie(await newSession(hub, tenants.west.people.admin))({ method: "", url: "" }));
  const client = await open(headers);
  await look();
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  await end();
  await rename("north", "must not be told");
  await look();
  expect(await client.closed()).toEqual([4401, "sign in again"]);
  expect(client.messages).toHaveLength(1);
  expect(other.socket.readyState).toBe(other.socket.OPEN);
});

test("a websocket leaves the secret of a session as it is, since its answer has no cookie", async () => {
  const secret = await newSession(hub, tenants.north.people.operator, { at: clock.now() - 2 * 60 * minuteMs });
  const headers = await withCookie(secret)({ method: "", url: "" });
  await open(headers);
  clock.jumpTo(clock.now() + 10 * minuteMs);
  const answer = await web.inject({ url: "/api/v1/nodes", headers });
  expect([answer.statusCode, String(answer.headers["set-cookie"])]).toEqual([200, expect.stringContaining("session")]);
});

test("a page of another site opens no websocket, and the hub's own does", async () => {
  const headers = await cookieOf("north");
  for (const foreign of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
    const refused = await openLive(url, { ...headers, ...foreign });
    expect(refused).toMatchObject({ status: 403, body: expect.stringContaining("another site") });
  }
  await open({ ...headers, origin: "https://hub.example" });
});

test("who has not signed in opens no websocket, and a plain request is told what this is", async () => {
  expect(await openLive(url, {})).toMatchObject({ status: 401 });
  const plain = await fetch(url, { headers: { ...(await cookieOf("north")), connection: "close" } });
  expect([plain.status, await plain.json()]).toMatchObject([426, { status: 426, title: "Upgrade Required" }]);
});

test("a request that offers another protocol, or to upgrade elsewhere, is answered as any other", async () => {
  const headers = { ...(await cookieOf("north")), connection: "upgrade" };
  expect(await statusOf(url.replace(path, "/api/v1/nodes"), { ...headers, upgrade: "h2c" })).toBe(200);
  expect(await statusOf(url.replace(path, "/nowhere"), { ...headers, upgrade: "websocket" })).toBe(404);
});

test("what a client sends is ignored, and too much of it ends the websocket", async () => {
  const client = await open(await cookieOf("north"));
  client.socket.send(JSON.stringify({ tenant: tenants.south.id }));
  client.socket.send("x".repeat(1025));
  expect((await client.closed())[0]).toBe(1009);
  expect(client.messages).toHaveLength(1);
});

test("an organization has a hundred websockets at most, which keeps no other one out", async () => {
  const cookie = await cookieOf("north");
  await Promise.all(Array.from({ length: 100 }, () => open(cookie)));
  const refused = await openedLive(url, cookie);
  expect(await refused.closed()).toEqual([1013, "too many websockets of the organization are open"]);
  await open(await cookieOf("south"));
});

test("a client that answers no ping is gone after the next", async () => {
  const client = await open(await cookieOf("north"));
  client.socket.pause();
  for (let i = 0; i < 12; i += 1) await look();
  await waitFor(async () => (await connections()) === 0, "the client to be cut off");
});

test("the hub's end closes all websockets with its reason", async () => {
  const client = await open(await cookieOf("north"));
  await web.close();
  expect(await client.closed()).toEqual([1001, "the hub ends"]);
});
