import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Heartbeat } from "@heatloop/core/hub/heartbeat";
import { heartbeatPath, nodeKeysPath, otherNodeKeysPath } from "@heatloop/core/hub/node-paths";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { type NodeIdentity, publicHalfOf } from "@heatloop/ha-addon/hub/node-identity";
import { expect } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { forwarder, type OnItsWay } from "./forwarder.ts";
import { testHome } from "./home.ts";
import type { NodesServer } from "./nodes-server.ts";

const heartbeat = JSON.stringify({
  ...{ version: "1", os_version: null, uptime_s: 1, last_reboot_at: null, disk_free_bytes: null, memory_bytes: null },
  clock_at: "2026-12-01T00:00:00Z",
} satisfies Heartbeat);

const noWork = async (_written: NodeIdentity): Promise<void> => {};

/** A home that has joined a while ago, and has to change its key. `way`: of its requests about keys. */
export async function oldHome(hub: NodesServer, timesFaster = 1_000_000) {
  const how = { way: (_method: string): OnItsWay => "forward", ...{ beforeWrite: noWork, afterWrite: noWork } };
  const { url } = await forwarder([hub.url], ({ method, path }) =>
    [nodeKeysPath, otherNodeKeysPath].includes(path) ? how.way(method) : "forward",
  );
  const home = await testHome({
    now: () => Date.now(),
    timesFaster,
    keyFile: (file) => ({
      ...file,
      async write(value) {
        await how.beforeWrite(value as NodeIdentity);
        await file.write(value);
        await how.afterWrite(value as NodeIdentity);
      },
    }),
  });
  await home.put({ url, claim_code: await hub.code() });
  const node = await home.joined();
  const file = join(home.folder, "hub-key.json");
  const kept = () => JSON.parse(readFileSync(file, "utf8")) as NodeIdentity;
  await waitFor(async () => {
    await beat();
    return kept().key_since !== null;
  }, "it is noted since when the key signs");
  const first = kept();

  function beat() {
    return home.link().send(heartbeatPath, heartbeat, "application/json");
  }
  const keysAtHub = async () =>
    (await hub.get<{ keys: { id: string; public_key: string }[] }>(`/api/v1/nodes/${node}`)).keys;
  const told = (text: string) => home.log.lines.filter((line) => line.includes(text));

  return {
    ...{ ...home, how, node, file, kept, first, beat, keysAtHub, told },
    /** Starts it again, as the same home 100 days later. */
    async becomesOld(): Promise<void> {
      await home.link().close();
      writeFileSync(file, JSON.stringify({ ...kept(), key_since: Date.now() - 100 * dayMs }));
      await home.restart();
    },
    /** Until its new key is the only one, which it signs with. */
    async changed(): Promise<void> {
      await waitFor(async () => {
        const answer = await beat();
        const { private_key, key_change } = kept();
        return answer?.kind === "taken" && private_key !== first.private_key && key_change.kind === "none";
      }, "the key is changed");
      expect((await keysAtHub()).map((key) => key.public_key)).toEqual([publicHalfOf(kept().private_key)]);
      expect(kept().node).toBe(node);
      expect(Math.abs((kept().key_since ?? 0) - Date.now())).toBeLessThan(minuteMs);
    },
    /** Until its file says how far it is. */
    is: (kind: NodeIdentity["key_change"]["kind"]) =>
      waitFor(async () => {
        await beat();
        return kept().key_change.kind === kind;
      }, `the change is ${kind}`),
  };
}
