import { execFile } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { testHome } from "#test/support/hub/home.ts";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { hasNginx, nginxBlocksOf, startNginx } from "#test/support/nginx.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const docs = join(import.meta.dirname, "../../../docs");
const page = join(docs, "hub-nodes.md");
const hub = await nodesServer({ publicUrl: "https://example.org/heat" });
hub.clock.follow();

function pythonOf(file: string): string {
  return /```python\n([\s\S]*?)```/.exec(readFileSync(file, "utf8"))?.[1] ?? "";
}

/** The proxy that the page shows, in front of the hub; the hub's address behind it. */
async function proxied(behind = hub.url): Promise<string> {
  const [block = ""] = nginxBlocksOf(page);
  const port = await freePort();
  const location = block.replaceAll("http://127.0.0.1:8100/", `${behind}/`);
  expect(location).not.toBe(block);
  await startNginx({ http: `server { listen 127.0.0.1:${port}; ${location} }`, server: "" });
  return `http://127.0.0.1:${port}/heat`;
}

test.runIf(hasNginx())("a home reaches the hub through the reverse proxy that the docs show", async () => {
  const url = await proxied();
  const home = await testHome({ now: () => Date.now() });
  await home.put({ url: `${url}/`, claim_code: await hub.code() });
  const node = await home.joined();
  const heartbeat = { version: "1", os_version: null, uptime_s: 0, last_reboot_at: null, disk_free_bytes: null };
  const said = { ...heartbeat, memory_bytes: null, clock_at: new Date().toISOString() };
  const answer = await home.link().send("/api/v1/node/heartbeat", JSON.stringify(said), "application/json");
  expect(answer).toMatchObject({ kind: "taken", status: 200 });
  expect(await hub.get(`/api/v1/nodes/${node}`)).toMatchObject({ status: "ONLINE" });
});

test.runIf(hasNginx())("the Python program of the docs is taken as a node with its shared secret", async () => {
  const url = await proxied();
  const { id, secret } = (await hub.post("/api/v1/nodes", { name: "of Python" })).json<{
    id: string;
    secret: string;
  }>();
  const program = pythonOf(page);
  const { stdout } = await promisify(execFile)("python3", ["-c", program], {
    env: { PATH: process.env.PATH, HUB_URL: url, NODE_ID: id, NODE_SECRET: secret },
  });
  expect(stdout).toMatch(/^\{'hub_at': '\d{4}-/);
  expect(await hub.get(`/api/v1/nodes/${id}`)).toMatchObject({ status: "ONLINE", version: "my own 1.0" });
});

test.runIf(hasNginx())("a system's own broker gets its certificate through the reverse proxy", async () => {
  const broker = { url: "mqtts://broker.example.org:8883", ca: undefined };
  const withBroker = await nodesServer({ publicUrl: "https://example.org/heat", broker });
  withBroker.clock.follow();
  const url = await proxied(withBroker.url);
  const folder = temporaryFolder();
  const script = join(docs, "../deploy/hub/bridge-certificate.sh");
  const { stdout } = await promisify(execFile)(script, ["key", folder]);
  const node = { name: "of a system", public_key: stdout.trim() };
  const { id } = (await withBroker.post("/api/v1/nodes", node)).json<{ id: string }>();
  await promisify(execFile)(script, ["set-up", folder, "--hub", `${url}/`, "--node", id]);
  const certificate = new X509Certificate(readFileSync(join(folder, "node.pem")));
  expect(certificate.subject).toBe(`CN=${id}`);
  expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(join(folder, "node.key"))))).toBe(true);
  expect(readFileSync(join(folder, "broker-ca.pem"), "utf8")).toMatch(/BEGIN CERTIFICATE/);
});
