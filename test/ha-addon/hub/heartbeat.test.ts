import { startHeartbeat } from "@heatloop/ha-addon/hub/heartbeat";
import { expect, onTestFinished, test } from "vitest";
import { testHome } from "#test/support/hub/home.ts";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hub = await nodesServer();
hub.clock.follow();
type Shown = { status: string; last_seen_at: string; uptime_s: number; last_reboot_at: string | null };

async function beatingHome() {
  const home = await testHome({ now: () => Date.now() });
  const startedAt = Date.now() - 90_000;
  const stop = startHeartbeat({
    clock: home.clock,
    log: home.log,
    hub: home.link(),
    broker: { say: async () => false },
    version: "0.20.0",
    startedAt,
    memoryBytes: () => 80_000_000,
    freeBytes: async () => 5_000_000_000,
    machine: () => ({ osVersion: "Linux 6.12", uptimeS: 7200 }),
  });
  onTestFinished(stop);
  await home.put({ url: hub.url, claim_code: await hub.code() });
  const node = await home.joined();
  const shown = () => hub.get<Shown>(`/api/v1/nodes/${node}`);
  await waitFor(async () => (await shown()).status === "ONLINE", "the node is ONLINE");
  return { ...home, node, shown, stop };
}

test("a home tells the hub that it lives as soon as it is a node, and how it is", async () => {
  const { shown } = await beatingHome();
  const { last_reboot_at: rebootAt, ...node } = await shown();
  expect(node).toMatchObject({ version: "0.20.0", os_version: "Linux 6.12", disk_free_bytes: 5e9, memory_bytes: 8e7 });
  expect(node.uptime_s).toBeGreaterThanOrEqual(90);
  expect(Math.abs(Date.parse(String(rebootAt)) + 7_200_000 - Date.now())).toBeLessThan(60_000);
});

test("it tells it again and again, also after the hub was away", async () => {
  const { shown } = await beatingHome();
  const later = async (than: string) =>
    waitFor(async () => (await shown()).last_seen_at > than, "another heartbeat came");
  await later((await shown()).last_seen_at);
  await hub.stop();
  const before = (await shown()).last_seen_at;
  await hub.start();
  await later(before);
});

test("it tells it no more once the hub is taken out of the settings", async () => {
  const { shown, put, link } = await beatingHome();
  await put({ url: null });
  await waitFor(() => link().state().state === "off", "there is no hub");
  const before = (await shown()).last_seen_at;
  expect(await link().send("/api/v1/node/heartbeat", "{}", "application/json")).toBe(undefined);
  expect((await shown()).last_seen_at).toBe(before);
});
