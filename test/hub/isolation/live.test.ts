import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { expect, test } from "vitest";
import type { FuzzIdentity } from "#test/support/hub/isolation/fuzz-identity.ts";
import { type FuzzScene, openFuzzScene } from "#test/support/hub/isolation/fuzz-scene.ts";
import { holdLaws } from "#test/support/hub/isolation/laws.ts";
import { tenantNames } from "#test/support/hub/isolation/marked-words.ts";
import { openLive } from "#test/support/hub/live-client.ts";
import { waitFor } from "#test/support/wait-for.ts";

const scene = await openFuzzScene();
const { hub } = scene;
const { web, clock, tenants, asOwner } = hub;
const address = await web.listen({ host: "127.0.0.1", port: 0 });
const route = hub.routes.find(({ name }) => name === "GET /api/v1/live");
const input = { params: {}, query: {}, body: undefined };
let secondMessages = 0;

/** Asks for the websocket, naming what is of a tenant wherever a request has room, and notes all that it is told. */
const ask: FuzzScene["ask"] = async (identity, _route, _input, { tenant }) => {
  const of = tenantNames.map((name) => tenants[name]).find(({ id }) => id === tenant);
  if (of === undefined) throw new Error("the fuzz has no such tenant");
  const named = { tenant: String(of.id), node: of.node.id, user: of.people.admin.id };
  const request = { method: "GET", url: `/api/v1/live?${new URLSearchParams(named)}` };
  const headers = { ...(await identity.headersFor(request)), "x-tenant": named.tenant, "x-node": named.node };
  const live = await openLive(`${address}${request.url}`, headers, [named.node]);
  // Which of the offered protocols is taken says what was said.
  const unsaid = Object.entries(live.headers).filter(([, value]) => value !== named.node);
  const rest = { request, put: [], headers: Object.fromEntries(unsaid), statements: [] };
  if ("status" in live) {
    return { ...rest, ...{ status: live.status, body: live.body, changed: await scene.rows.changedAndRestored() } };
  }
  await live.told(1);
  await hub.statements.settled();
  const changed = await scene.rows.changedAndRestored();
  await asOwner("update node_presence set last_seen_at = $1", [new Date(clock.now())]);
  clock.advanceTo(clock.now() + 5_000);
  await live.told(2);
  secondMessages += 1;
  const body = JSON.stringify(live.messages);
  live.socket.terminate();
  await waitFor(() => live.socket.readyState === live.socket.CLOSED, "the websocket to be closed");
  await scene.rows.changedAndRestored();
  return { ...rest, status: 101, body, changed };
};

async function hold(identity: FuzzIdentity): Promise<void> {
  if (route === undefined) throw new Error("the hub has no websocket");
  await holdLaws({ ...scene, ask }, { identity, route, input });
}

test.each(scene.identities.map((identity) => [identity.name, identity] as const))(
  "the websocket tells %s nothing of another tenant",
  async (_name, identity) => hold(identity),
);

test("those who may were told what there is, and what changed", () => {
  expect(secondMessages).toBeGreaterThan(8);
});

test("a header of the websocket's answer that tells of another tenant is found", async () => {
  const [viewer] = scene.identities.filter(({ name }) => name === "viewer of north");
  const adding = (_request: IncomingMessage, socket: Duplex) => {
    const write = socket.write.bind(socket);
    socket.write = (data: unknown) => {
      Object.assign(socket, { write });
      return write(String(data).replace("\r\n\r\n", "\r\nX-Served: zqsouthqz\r\n\r\n"));
    };
  };
  web.server.prependListener("upgrade", adding);
  await expect(hold(viewer as FuzzIdentity)).rejects.toThrow(/something of another tenant: .*zqsouthqz/);
  web.server.off("upgrade", adding);
});

test("a websocket that tells of another tenant is found", async () => {
  const [viewer] = scene.identities.filter(({ name }) => name === "viewer of north");
  await asOwner("alter table nodes disable row level security");
  await expect(hold(viewer as FuzzIdentity)).rejects.toThrow(/something of another tenant/);
  await asOwner("alter table nodes enable row level security");
});
