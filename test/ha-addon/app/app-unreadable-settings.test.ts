import { join } from "node:path";
import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { runningApp } from "#test/support/running-app.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { mendFile, unreadables } from "#test/support/unreadable-file.ts";

it.each(unreadables)("settings that cannot be read (%s) are an alert, and no change is taken", async (code, make) => {
  const folder = temporaryFolder();
  make(join(folder, "settings.json"));
  const program = await runningApp({ brokerUrl: (await testBroker()).url, folder });
  const url = `${program.app.url}/api/settings`;
  const change = () =>
    fetch(url, { method: "PUT", headers: { "content-type": "application/json" }, body: '{"time_zone":"UTC"}' });
  const sentence = expect.stringContaining(`settings.json in the data folder cannot be read (${code})`);

  expect(await program.get("/api/alerts")).toContainEqual(
    expect.objectContaining({ id: "settings", message: sentence }),
  );
  const refused = await change();
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ status: 409, detail: sentence });

  mendFile(join(folder, "settings.json"), '{"rooms":[{"entity":"climate.a"}]}');
  expect((await change()).status).toBe(200);
  expect(await program.get("/api/settings")).toMatchObject({ time_zone: "UTC", rooms: [{ entity: "climate.a" }] });
  expect(JSON.stringify(await program.get("/api/alerts"))).not.toContain("settings.json");
});
