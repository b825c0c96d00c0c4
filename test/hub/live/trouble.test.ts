import type { Socket } from "node:net";
import { secondMs } from "@heatloop/core/time/durations";
import { expect, test } from "vitest";
import { fuzzedHub } from "#test/support/hub/isolation/fuzzed-hub.ts";
import { newSession, withCookie } from "#test/support/hub/isolation/session-identities.ts";
import { openedLive } from "#test/support/hub/live-client.ts";

const hub = await fuzzedHub();
const { tenants, clock, asOwner, web } = hub;
const url = `${await web.listen({ host: "127.0.0.1", port: 0 })}/api/v1/live`;
const { west } = tenants;
let upgraded: Socket | undefined;
web.server.on("upgrade", (_request, socket) => {
  upgraded = socket as Socket;
});

async function open() {
  const secret = await newSession(hub, west.people.viewer);
  const client = await openedLive(url, await withCookie(secret)({ method: "", url: "" }));
  await client.told(1);
  return client;
}

async function look(): Promise<void> {
  clock.advanceTo(clock.now() + 5 * secondMs);
  await hub.statements.settled();
}

test("a websocket stays and is told nothing while the database is away", async () => {
  const client = await open();
  const shown = await hub.database.transaction({}, (queries) =>
    queries.first<{ role: string }>("select current_user as role"),
  );
  const role = `"${shown?.role}"`;
  await asOwner(`alter role ${role} connection limit 0`);
  await asOwner("select pg_terminate_backend(pid) from pg_stat_activity where usename = $1", [shown?.role]);
  await look();
  await asOwner("update nodes set name = 'meanwhile' where id = $1", [west.node.id]);
  await look();
  expect([client.socket.readyState, client.messages.length]).toEqual([client.socket.OPEN, 1]);
  await asOwner(`alter role ${role} connection limit -1`);
  await look();
  expect((await client.told(2))[1]?.nodes).toMatchObject([{ name: "meanwhile" }]);
  client.socket.terminate();
});

test("a client that reads too slowly is closed, and a message has at most a thousand nodes", async () => {
  await asOwner("insert into nodes (tenant_id, name) select $1, 'a node' from generate_series(1, 1100)", [west.id]);
  const client = await open();
  client.socket.pause();
  for (let i = 0; (upgraded?.writableLength ?? 0) <= 1024 * 1024 && i < 60; i += 1) {
    // It is there, and only does not read.
    client.socket.pong();
    // Each of these characters is six in JSON.
    await asOwner("update nodes set name = rpad($2, 100, chr(1)) where tenant_id = $1", [west.id, `node ${i} `]);
    await look();
  }
  await asOwner("update nodes set name = 'the last' where tenant_id = $1", [west.id]);
  await look();
  client.socket.resume();
  expect(await client.closed()).toEqual([1013, "messages are read too slowly"]);
  expect(client.messages[1]).toMatchObject({ kind: "changed", more: true, nodes: { length: 1000 } });
});
