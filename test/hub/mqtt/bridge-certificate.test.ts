import { execFile, execFileSync, spawn } from "node:child_process";
import { randomUUID, X509Certificate } from "node:crypto";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { foreignPrefix, nodesForeignFilter } from "@heatloop/core/hub/dialects";
import { dayMs } from "@heatloop/core/time/durations";
import { connectAsync } from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { accepts } from "#scripts/base/accepts.ts";
import { freePort } from "#scripts/base/free-port.ts";
import { brokerEnvironment } from "#test/support/broker/broker.ts";
import { startNodesBroker } from "#test/support/hub/nodes-broker.ts";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const root = join(import.meta.dirname, "../../..");
const script = join(root, "deploy/hub/bridge-certificate.sh");
const page = readFileSync(join(root, "docs/hub-dialects.md"), "utf8");
/** The lines of the page for a Mosquitto that passes on what its system publishes. */
const bridgeOfPage = /^```\nconnection [^`]+/m.exec(page)?.[0].replace("```\n", "") ?? "";

const broker = await startNodesBroker();
const hub = await nodesServer({ broker: { url: broker.nodesUrl, ca: broker.ca } });
hub.clock.follow();
const fromHub = async (path: string) => (await fetch(`${hub.url}/api/v1/broker/${path}`)).text();
await broker.start(await fromHub("node-ca.pem"), await fromHub("node-crl.pem"));

const run = (...words: string[]) => promisify(execFile)(script, words);
const isRoot = userInfo().uid === 0;
/** As whom Mosquitto runs where it is installed. */
const brokerUser = isRoot && /^mosquitto:/m.test(readFileSync("/etc/passwd", "utf8")) ? "mosquitto" : "root";

/** A folder with a key that the hub knows, and its first certificate. */
async function setUp() {
  const parent = temporaryFolder();
  chmodSync(parent, 0o755);
  const folder = join(parent, "hub");
  const { stdout } = await run("key", folder);
  const publicKey = stdout.trim();
  const registered = await hub.post("/api/v1/nodes", { name: "of a system", public_key: publicKey });
  const { id } = registered.json<{ id: string }>();
  await run("set-up", folder, "--hub", hub.url, "--node", id);
  const file = (name: string) => join(folder, name);
  const certificate = () => new X509Certificate(readFileSync(file("node.pem")));
  return { folder, file, node: id, publicKey, certificate };
}

/** A system's own Mosquitto, by the lines of the page, started and not started again. */
async function startBridge(folder: string, node: string): Promise<string> {
  const port = await freePort();
  const lines = bridgeOfPage
    .replace("broker.example.org:8883", new URL(broker.nodesUrl).host)
    .replaceAll("/etc/mosquitto/hub", folder)
    .replace("NODE", node);
  const conf = join(temporaryFolder(), "mosquitto.conf");
  writeFileSync(conf, `user ${brokerUser}\nlistener ${port} 127.0.0.1\nallow_anonymous true\n${lines}\n`);
  const child = spawn("mosquitto", ["-c", conf], { env: brokerEnvironment, stdio: "ignore" });
  onTestFinished(() => void child.kill());
  await waitFor(() => accepts(port), "the system's broker accepts connections");
  return `mqtt://127.0.0.1:${port}`;
}

/** Resolves once something that the system's broker was told has come to the hub's. */
async function passesOn(url: string, node: string, text: string): Promise<void> {
  const listener = await connectAsync(broker.hubUrl, { protocolVersion: 5, password: broker.hubPassword });
  const system = await connectAsync(url);
  onTestFinished(() => Promise.all([listener.endAsync(true), system.endAsync(true)]).then(() => {}));
  const got: string[] = [];
  listener.on("message", (topic, payload) => got.push(`${topic} ${payload}`));
  await listener.subscribeAsync(`$share/ingest/${nodesForeignFilter}`, { qos: 1 });
  await waitFor(async () => {
    await system.publishAsync("heatpump/site1/data", text, { qos: 1 });
    return got.includes(`${foreignPrefix(node)}heatpump/site1/data ${text}`);
  }, `${text} comes to the hub's broker`);
}

test("a certificate that is renewed is another one of the same key, and the bridge goes on with it without a restart", async () => {
  const { folder, node, certificate } = await setUp();
  const first = certificate();
  expect(first.subject).toBe(`CN=${node}`);
  const url = await startBridge(folder, node);
  await passesOn(url, node, "with the first certificate");

  await run("renew", folder, "--now");
  const second = certificate();
  expect(second.serialNumber).not.toBe(first.serialNumber);
  expect(second.publicKey.equals(first.publicKey)).toBe(true);
  // The first one is of no use any more, and the bridge has to connect anew.
  const revoked = [{ serial: first.serialNumber.toLowerCase(), at: Date.now() }];
  await broker.stop();
  await broker.start(await fromHub("node-ca.pem"), await hub.ca.revocations(revoked, Date.now()));
  await passesOn(url, node, "with the second certificate");
});

test("it is renewed once it ends within twenty days, and not before", async () => {
  const { folder, file, node, publicKey, certificate } = await setUp();
  const { serialNumber } = certificate();
  await run("renew", folder);
  expect(certificate().serialNumber).toBe(serialNumber);
  const elevenDaysOld = await hub.ca.issue(node, publicKey, Date.now() - 11 * dayMs);
  writeFileSync(file("node.pem"), elevenDaysOld.certificate);
  await run("renew", folder);
  expect(Date.parse(certificate().validTo) - Date.now()).toBeGreaterThan(29 * dayMs);
});

test("the key is for the broker's user alone, and stays as it is when it is asked for again", async () => {
  const { folder, file } = await setUp();
  const key = readFileSync(file("node.key"), "utf8");
  await run("key", folder);
  expect(readFileSync(file("node.key"), "utf8")).toBe(key);
  for (const name of ["node.key", "node.pem", "renew.conf"]) expect(statSync(file(name)).mode & 0o137).toBe(0);
  expect(statSync(folder).mode & 0o027).toBe(0);
});

test("where the hub is away or refuses, it says so, and the certificate stays", async () => {
  const { folder, file, certificate } = await setUp();
  const { serialNumber } = certificate();
  const settings = readFileSync(file("renew.conf"), "utf8");
  writeFileSync(file("renew.conf"), settings.replace(hub.url, `http://127.0.0.1:${await freePort()}`));
  await expect(run("renew", folder, "--now")).rejects.toThrow(/could not be reached. The certificate stays as it is/);
  writeFileSync(file("renew.conf"), settings.replace(/^node .*/m, `node ${randomUUID()}`));
  await expect(run("renew", folder, "--now")).rejects.toThrow(
    /does not know this node or its key, or this machine's clock/,
  );
  expect(certificate().serialNumber).toBe(serialNumber);
});

test("it says what is wrong with what it is given", async () => {
  const folder = temporaryFolder();
  await expect(run("renew", folder)).rejects.toThrow(/is not set up: bridge-certificate.sh set-up/);
  await expect(run("set-up", folder, "--hub", "hub", "--node", randomUUID())).rejects.toThrow(/such as https:/);
  await expect(run("set-up", folder, "--hub", hub.url, "--node", "x")).rejects.toThrow(/as POST .* answers it/);
  await expect(run("timer", `${folder}/a b`)).rejects.toThrow(/No blank/);
});

test("the timer, the service and the line for cron that it writes run it", async () => {
  const { folder } = await setUp();
  const units = temporaryFolder();
  const { stdout } = await run("timer", folder, "--units", units);
  expect(stdout).toMatch(/^systemctl daemon-reload && systemctl enable --now heatloop-bridge.timer$/m);
  const names = ["heatloop-bridge.service", "heatloop-bridge.timer"].map((name) => join(units, name));
  expect(() => execFileSync("systemd-analyze", ["verify", ...names], { stdio: "pipe" })).not.toThrow();
  const [, started] = /^ExecStart=(.*)$/m.exec(readFileSync(names[0] ?? "", "utf8")) ?? [];
  const [, fromCron] = /^\d+ \d \* \* \* root (.*)$/m.exec((await run("cron", folder)).stdout) ?? [];
  expect(fromCron).toBe(`${script} renew ${folder}`);
  expect(started?.replaceAll('"', "")).toBe(fromCron);
  await promisify(execFile)("sh", ["-c", fromCron ?? "false"]);
});
