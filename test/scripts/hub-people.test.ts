import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { foundOrganization } from "#scripts/hub-scene/hub-people.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** An administrator at a hub of which each request after signing in is answered with the next status, and then with 200. */
async function adminAt(statuses: readonly number[]) {
  const waiting = [...statuses];
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url === "/api/v1/things") {
      asked += 1;
      response.writeHead(waiting.shift() ?? 200, { "retry-after": "0" });
    }
    response.end(JSON.stringify({ invitation: { link: "http://hub/#invitation=x" } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const secretsFolder = temporaryFolder();
  writeFileSync(join(secretsFolder, "first-invitation"), "http://hub/#invitation=first\n");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { admin } = await foundOrganization(url, { secretsFolder, name: "Test" });
  return { admin, asked: () => asked };
}

test("what only reads is asked again while the hub has too much to do", async () => {
  const { admin, asked } = await adminAt([503, 503]);
  await admin.get("/api/v1/things");
  expect(asked()).toBe(3);
});

test.each([
  ["a hub that goes on having too much to do", Array<number>(20).fill(503), 13],
  ["another refusal", [404], 1],
])("%s is told of", async (_name, statuses, times) => {
  const { admin, asked } = await adminAt(statuses);
  await expect(admin.get("/api/v1/things")).rejects.toThrow(`The hub answers ${statuses[0]} at /api/v1/things`);
  expect(asked()).toBe(times);
});

test("what changes something is not sent a second time", async () => {
  const { admin, asked } = await adminAt([503]);
  await expect(admin.post("/api/v1/things", {})).rejects.toThrow("The hub answers 503");
  expect(asked()).toBe(1);
});
