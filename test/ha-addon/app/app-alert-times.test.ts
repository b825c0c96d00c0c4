import { join } from "node:path";
import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { runningApp } from "#test/support/running-app.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { unreadables } from "#test/support/unreadable-file.ts";

it("an alert shows since when something has been wrong, whenever it is read", async () => {
  const folder = temporaryFolder();
  const [, make] = unreadables[0] as (typeof unreadables)[number];
  make(join(folder, "settings.json"));
  const program = await runningApp({ brokerUrl: (await testBroker()).url, folder });
  const startedAt = program.clock.now();
  await program.pass(20 * 60_000);
  const alerts = await program.get<{ id: string; since: string }[]>("/api/alerts");
  const since = Date.parse(alerts.find(({ id }) => id === "settings")?.since ?? "");
  expect(since - startedAt).toBeGreaterThanOrEqual(0);
  expect(since - startedAt).toBeLessThanOrEqual(10_000);
});
