import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { nodeKeysPath } from "@heatloop/core/hub/node-paths";
import { newPrivateKey } from "@heatloop/ha-addon/hub/node-identity";
import { expect, onTestFinished, test } from "vitest";
import { testHome } from "#test/support/hub/home.ts";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hub = await nodesServer();
// The hub's Date header is the machine's time, and so is what it checks signatures by.
hub.clock.follow();
const atHub = () => testHome({ now: () => Date.now() });
const unknownPath = "/api/v1/node/nothing";

/** A second key for the node, which only a node can ask for. */
const newKey = () => JSON.stringify({ public_key: newTestKey().x });

async function joinedHome() {
  const home = await atHub();
  const code = await hub.code();
  await home.put({ url: hub.url, claim_code: code });
  const node = await home.joined();
  return { ...home, code, node };
}

test("a home that has no hub asks none", async () => {
  const home = await atHub();
  expect(home.link().state()).toMatchObject({ state: "off", node: null });
  expect(await home.link().send(nodeKeysPath, newKey(), "application/json")).toBe(undefined);
});

test("a home becomes a node with the code, and signs what it sends", async () => {
  const home = await joinedHome();
  expect(await home.is("connected")).toMatchObject({ node: home.node, detail: null, clockBehindS: null });
  expect(await hub.get(`/api/v1/nodes/${home.node}`)).toMatchObject({
    name: "Mill Lane 3",
    claimed_at: expect.any(String),
  });
  expect(await home.link().send(nodeKeysPath, newKey(), "application/json")).toMatchObject({
    kind: "taken",
    status: 201,
  });
  expect(home.log.lines.join("\n")).toContain("this home is a node of the hub");
});

test("its key is in a file of the program's user alone, and neither that nor the code is in the log", async () => {
  const home = await joinedHome();
  const file = join(home.folder, "hub-key.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { private_key: key } = JSON.parse(readFileSync(file, "utf8"));
  const log = home.log.lines.join("\n");
  expect([log.includes(key), log.includes(home.code)]).toEqual([false, false]);
});

test("it is the same node after a restart, with the code and without it", async () => {
  const home = await joinedHome();
  await home.restart();
  expect(await home.joined()).toBe(home.node);
  await home.put({ claim_code: null });
  expect(await home.joined()).toBe(home.node);
  expect(await home.link().send(nodeKeysPath, newKey(), "application/json")).toMatchObject({ kind: "taken" });
});

test("a code that is wrong is told of once, and the right one is taken then", async () => {
  const home = await atHub();
  await home.put({ url: hub.url, claim_code: "0000-0000-0000" });
  const { detail } = await home.is("refused");
  expect(detail).toContain("it answers 403: This is no code that can be used");
  expect(home.log.lines.filter((line) => line.includes("the hub refuses this home"))).toHaveLength(1);
  await home.put({ claim_code: await hub.code() });
  await home.joined();
});

test("without a code it says what is missing", async () => {
  const home = await atHub();
  await home.put({ url: hub.url });
  expect(await home.is("refused")).toMatchObject({
    detail: "there is no claim code: enter the one that the hub shows",
  });
});

test("a hub that is away is told of once, and joined when it comes", async () => {
  const home = await atHub();
  const code = await hub.code();
  await hub.stop();
  await home.put({ url: hub.url, claim_code: code });
  const { detail } = await home.is("away");
  expect(detail).toMatch(/^there is no connection: /);
  await hub.start();
  await home.joined();
  expect(home.log.lines.filter((line) => line.includes("the hub cannot be reached"))).toHaveLength(1);
  expect(home.log.lines.join("\n")).toContain("the hub takes what this home sends again");
});

test("a hub that goes on having trouble is told of once", async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(503 + (asked % 2)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const home = await atHub();
  await home.put({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, claim_code: "0000-0000-0000" });
  await waitFor(() => asked > 3, "it was asked again and again");
  expect(home.log.lines.filter((line) => line.includes("the hub cannot be reached"))).toHaveLength(1);
});

test("what is no hub is told of", async () => {
  const server = createServer((_request, response) => response.end("<html>hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const home = await atHub();
  await home.put({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, claim_code: "0000-0000-0000" });
  expect(await home.is("refused")).toMatchObject({ detail: "its answer is not that of a hub: is the address right?" });
});

test.each([
  [-3_600_000, /this machine's clock is 3[56]\d\d s behind the hub's/],
  [3_600_000, /this machine's clock is 3[56]\d\d s ahead of the hub's/],
] as const)(
  "a clock that is off by %i ms is told of once, and what is sent arrives all the same",
  async (aheadMs, text) => {
    const home = await joinedHome();
    const send = () => home.link().send(unknownPath, "{}", "application/json");
    const told = () => home.log.lines.filter((line) => line.includes("this machine's clock"));
    home.setAhead(aheadMs);
    for (let i = 0; i < 3; i += 1) expect(await send()).toMatchObject({ kind: "refused", status: 404 });
    expect(Math.abs((home.link().state().clockBehindS ?? 0) * 1000 + aheadMs)).toBeLessThan(60_000);
    expect(told()).toEqual([expect.stringMatching(text)]);
    home.setAhead(0);
    await send();
    expect(home.link().state().clockBehindS).toBe(null);
    expect(told()).toHaveLength(2);
  },
);

test("a node that was revoked says so, and joins again with a new code", async () => {
  const home = await joinedHome();
  await hub.post(`/api/v1/nodes/${home.node}/revoke`);
  expect(await home.link().send(nodeKeysPath, newKey(), "application/json")).toMatchObject({
    kind: "refused",
    status: 403,
  });
  expect(home.link().state()).toMatchObject({
    state: "refused",
    detail: "it answers 403: This node was revoked. To join again it needs a new code of whoever runs the hub.",
  });
  await home.put({ claim_code: await hub.code("Again") });
  await waitFor(() => home.link().state().state === "connected", "it is a node again");
  expect(home.link().state().node).not.toBe(home.node);
});

test("a home that has lost its key says what to do, and comes back as the node that it was", async () => {
  const home = await joinedHome();
  const file = join(home.folder, "hub-key.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as object;
  await home.link().close();
  // As a backup brings it back from before the last change of the key.
  writeFileSync(file, JSON.stringify({ ...kept, private_key: newPrivateKey() }));
  await home.restart();
  await waitFor(
    async () => (await home.link().send(nodeKeysPath, newKey(), "application/json"))?.kind === "refused",
    "it is refused",
  );
  expect(home.link().state()).toMatchObject({
    ...{ state: "refused", node: home.node },
    detail: expect.stringMatching(
      /^the hub does not know this home's key: ask .* for a code of this node, and enter it/,
    ),
  });
  const { code } = (await hub.post(`/api/v1/nodes/${home.node}/claim-codes`)).json<{ code: string }>();
  await home.put({ claim_code: code });
  await waitFor(() => home.link().state().state === "connected", "it is the node again");
  expect(home.link().state().node).toBe(home.node);
  expect(await home.link().send(nodeKeysPath, newKey(), "application/json")).toMatchObject({ kind: "taken" });
  // Another machine, with nothing of the former one.
  const other = await testHome({ now: () => Date.now() });
  const { code: next } = (await hub.post(`/api/v1/nodes/${home.node}/claim-codes`)).json<{ code: string }>();
  await other.put({ url: hub.url, claim_code: next });
  expect(await other.joined()).toBe(home.node);
  expect(await home.link().send(nodeKeysPath, newKey(), "application/json")).toMatchObject({ status: 401 });
});

test("what the hub has no use for is refused, and says nothing of the home's place", async () => {
  const home = await joinedHome();
  expect(await home.link().send(nodeKeysPath, "{", "application/json")).toMatchObject({ kind: "refused", status: 400 });
  expect(home.link().state()).toMatchObject({ state: "connected" });
});

test("who sends hears that this home is a node, and that it is none any more", async () => {
  const home = await atHub();
  const heard: boolean[] = [];
  home.link().onChange((isNode) => heard.push(isNode));
  await home.put({ url: hub.url, claim_code: await hub.code() });
  await waitFor(() => heard.length === 1, "it is a node");
  await home.put({ url: null });
  await waitFor(() => heard.length === 2, "it is none");
  expect(heard).toEqual([true, false]);
  expect(home.link().state()).toMatchObject({ state: "off", node: null });
});

test("a hub without a broker for nodes says so, and the home's place is none the worse", async () => {
  const home = await joinedHome();
  const answer = await home.link().send("/api/v1/node/certificate", newKey(), "application/json");
  expect(answer).toMatchObject({
    kind: "refused",
    status: 404,
    why: expect.stringContaining("has no broker for nodes"),
  });
  expect(home.link().state()).toMatchObject({ state: "connected" });
});
