import { copyFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { publicHalfOf } from "@heatloop/ha-addon/hub/node-identity";
import { expect, onTestFinished, test } from "vitest";
import { forwarder } from "#test/support/hub/forwarder.ts";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { oldHome } from "#test/support/hub/old-home.ts";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hub = await nodesServer();
hub.clock.follow();

test("a home changes its key by itself, and tells of it without telling the key", async () => {
  const home = await oldHome(hub);
  await home.becomesOld();
  await home.changed();
  expect(home.told("this home signs with a new key at the hub")).toEqual([
    expect.stringContaining(publicHalfOf(home.kept().private_key)),
  ]);
  const removed = () => home.told("the hub has removed the key that this home signed with before");
  await waitFor(() => removed().length > 0, "it is told of that too");
  expect(removed()).toHaveLength(1);
  const log = home.log.lines.join("\n");
  expect([log.includes(home.first.private_key), log.includes(home.kept().private_key)]).toEqual([false, false]);
  expect(readFileSync(home.file, "utf8")).not.toContain(home.first.private_key);
  expect(statSync(home.file).mode & 0o777).toBe(0o600);
});

test("a home whose requests come to two hubs in turn is refused nothing while it changes its key", async () => {
  const another = hub.another();
  const other = await another.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => another.close());
  const home = await oldHome({ ...hub, ...(await forwarder([hub.url, other], () => "forward")) });
  await home.becomesOld();
  await home.changed();
  expect(home.told("the hub refuses this home")).toEqual([]);
});

test.each(["POST", "DELETE"])(
  "answers to %s that are lost are asked for again, and nothing is there twice",
  async (lost) => {
    const home = await oldHome(hub);
    let lostAnswers = 0;
    home.how.way = (method) => {
      if (method !== lost || lostAnswers === 3) return "forward";
      lostAnswers += 1;
      return { loseAnswer: () => {} };
    };
    await home.becomesOld();
    await home.changed();
    expect([lostAnswers, home.told("this home signs with a new key").length]).toEqual([3, 1]);
  },
);

test("a hub that is away when the key is due gets the new key when it is back", async () => {
  const home = await oldHome(hub);
  home.how.way = () => "lose";
  await home.becomesOld();
  await home.is("adding");
  await hub.stop();
  expect(await home.beat()).toMatchObject({ kind: "away" });
  home.how.way = () => "forward";
  await hub.start();
  await home.changed();
});

test.each([-3_600_000, 3_600_000])("a clock that is off by %i ms changes nothing", async (aheadMs) => {
  const home = await oldHome(hub);
  home.setAhead(aheadMs);
  await home.becomesOld();
  await home.changed();
});

test("a full disk costs no key, and is told of once", async () => {
  const home = await oldHome(hub);
  let refused = 0;
  home.how.beforeWrite = async ({ key_change: { kind } }) => {
    if (kind !== "removing" || refused === 3) return;
    refused += 1;
    throw new Error("ENOSPC: no space left on device");
  };
  await home.becomesOld();
  await home.changed();
  expect(refused).toBe(3);
  expect(home.told("a new key for the hub cannot be kept")).toHaveLength(1);
});

test.each([404, 405])("an older hub that answers %i leaves the home its key, and is told of once", async (status) => {
  const home = await oldHome(hub);
  let asked = 0;
  home.how.way = () => {
    asked += 1;
    return asked > 3 ? "forward" : { status, text: "" };
  };
  await home.becomesOld();
  await waitFor(async () => {
    await home.beat();
    return asked > 0;
  }, "it was asked");
  expect(home.kept().private_key).toBe(home.first.private_key);
  expect(await home.beat()).toMatchObject({ kind: "taken" });
  expect(home.link().state().state).toBe("connected");
  await home.changed();
  expect(home.told("the hub does not change the key of this home")).toHaveLength(1);
});

test("a page that a network shows instead of the hub's answer changes no key", async () => {
  const home = await oldHome(hub);
  let asked = 0;
  home.how.way = () => {
    asked += 1;
    return asked > 2 ? "forward" : { status: 200, text: "<html>Welcome" };
  };
  await home.becomesOld();
  await waitFor(async () => {
    await home.beat();
    return asked > 0;
  }, "it was asked");
  expect(home.kept().private_key).toBe(home.first.private_key);
  await home.changed();
});

test("a node that is revoked in the middle joins again with a new code, and nothing of the old one goes on", async () => {
  const home = await oldHome(hub);
  home.how.way = () => "lose";
  await home.becomesOld();
  await home.is("adding");
  await hub.post(`/api/v1/nodes/${home.node}/revoke`);
  home.how.way = () => "forward";
  await home.beat();
  await home.is("adding");
  expect(home.link().state()).toMatchObject({ state: "refused" });
  await home.put({ claim_code: await hub.code("Again") });
  await waitFor(() => home.link().state().state === "connected", "it is a node again");
  await home.is("none");
  expect(home.kept().node).not.toBe(home.node);
  expect(readFileSync(home.file, "utf8")).not.toContain(home.first.private_key);
});

test("a key that somebody gave by hand is told of, and the change goes on once it is removed", async () => {
  const home = await oldHome(hub);
  const given = await hub.post(`/api/v1/nodes/${home.node}/keys`, { public_key: newTestKey().x });
  await home.becomesOld();
  await waitFor(async () => {
    await home.beat();
    return home.told("a second key that it has not made itself").length > 0;
  }, "it is told of");
  expect(await home.keysAtHub()).toHaveLength(2);
  const url = `/api/v1/nodes/${home.node}/keys/${given.json<{ key_id: string }>().key_id}`;
  await hub.app.inject({ method: "DELETE", url, headers: hub.operator });
  await home.changed();
});

test("a folder that is brought back as it was in the middle goes on with the key that the hub has", async () => {
  const home = await oldHome(hub);
  const copy = join(home.folder, "copy.json");
  home.how.afterWrite = async ({ key_change: { kind } }) => {
    if (kind === "adding") copyFileSync(home.file, copy);
  };
  await home.becomesOld();
  await home.changed();
  await home.link().close();
  copyFileSync(copy, home.file);
  await home.restart();
  await home.changed();
});

test("a hub whose database is brought back as it was before the change takes the new key again", async () => {
  const home = await oldHome(hub);
  home.how.way = (method) => (method === "DELETE" ? "lose" : "forward");
  await home.becomesOld();
  await home.is("removing");
  const added = (await home.keysAtHub()).find((key) => key.public_key !== publicHalfOf(home.first.private_key));
  const url = `/api/v1/nodes/${home.node}/keys/${added?.id}`;
  expect((await hub.app.inject({ method: "DELETE", url, headers: hub.operator })).statusCode).toBe(204);
  home.how.way = () => "forward";
  await home.changed();
});
