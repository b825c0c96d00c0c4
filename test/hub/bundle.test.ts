import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { telemetryPath } from "@heatloop/core/hub/telemetry";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { bundleHubInto, hubWords } from "#scripts/hub-scene/bundled-hub.ts";
import { foundOrganization, type HubAccount } from "#scripts/hub-scene/hub-people.ts";
import { type HubProcess, startHubProcess } from "#scripts/hub-scene/hub-process.ts";
import { signedPost } from "#scripts/hub-scene/signed-post.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { mailServer } from "#test/support/channels/mail-server.ts";
import { rome } from "#test/support/examples/archive.ts";
import { emptyDatabase } from "#test/support/hub/database.ts";
import { waitFor } from "#test/support/wait-for.ts";

// Outside the checkout, so that no folder above has node_modules.
const folder = mkdtempSync(join(tmpdir(), "heatloop-hub-bundle-"));
const bundled = { folder, words: hubWords() };
const secretsFolder = join(folder, "secrets");
let hub: HubProcess;
let admin: HubAccount;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  await bundleHubInto(folder);
  environment = {
    HUB_DATABASE_URL: await emptyDatabase(),
    HUB_MQTT_URL: "mqtt://127.0.0.1:9",
    HUB_NODES_MQTT_URL: "mqtts://broker.example.org:8883",
    HUB_SECRETS: secretsFolder,
    HUB_PORT: "0",
  };
  hub = await startHubProcess(environment, bundled);
  ({ admin } = await foundOrganization(hub.url, { secretsFolder, name: "Bundled" }));
});

afterAll(async () => {
  await hub?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("makes its tables, is healthy and describes its API, in a folder without node_modules", async () => {
  expect(await (await fetch(`${hub.url}/health`)).json()).toMatchObject({ status: "ok", database: "ok" });
  const { info, paths } = (await (await fetch(`${hub.url}/api/v1/openapi.json`)).json()) as Record<string, object>;
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(info).toMatchObject({ version });
  expect(Object.keys(paths as object).length).toBeGreaterThan(20);
});

test("reads what is seldom needed when it is first asked for: QR codes, certificates, and what sends mail", async () => {
  const { qr_svg: picture } = await admin.post<{ qr_svg: string }>("/api/v1/claim-codes", { name: "Mill Lane" });
  expect(picture).toContain("<svg");
  const read = async (name: string) => (await fetch(`${hub.url}/api/v1/broker/${name}.pem`)).text();
  expect(await read("node-ca")).toContain("BEGIN CERTIFICATE");
  expect(await read("node-crl")).toContain("BEGIN X509 CRL");
  const server = await mailServer({ hideSTARTTLS: true });
  const mail = { HUB_SMTP_URL: `smtp://127.0.0.1:${server.port}`, HUB_MAIL_FROM: "hub@example.org" };
  const other = await startHubProcess({ ...environment, ...mail }, bundled);
  onTestFinished(other.close);
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ email: admin.email });
  await fetch(`${other.url}/api/v1/password-reset`, { method: "POST", headers, body });
  await waitFor(() => server.mails.length > 0, "the mail has come");
  expect(server.mails[0]?.to).toEqual([admin.email]);
});

test("with the heap of deploy/hub takes the largest batches of many homes at once, and goes on", async () => {
  const compose = readFileSync(join(import.meta.dirname, "../../deploy/hub/compose.yaml"), "utf8");
  const options = /NODE_OPTIONS: (.+)/.exec(compose)?.[1] ?? "";
  const small = await startHubProcess({ ...environment, NODE_OPTIONS: options }, bundled);
  onTestFinished(small.close);
  const from = Math.floor(Date.now() / dayMs - 20) * dayMs;
  const rows = Array.from({ length: 5_400 }, (_, i) =>
    minuteRow(wholeMinute(from + i * minuteMs, "heating", { heatWh: 50, electricityWh: 12 }), rome),
  );
  const minutes = [minutesHeader, ...rows].join("\n");
  const nodes = await Promise.all([1, 2, 3].map((nth) => registered(admin, `Large ${nth}`)));
  const sent = nodes.flatMap(({ send }) =>
    ["a", "b", "c"].map(async (device) => {
      const body = JSON.stringify({ devices: [{ device, time_zone: "Europe/Rome", minutes }] });
      return send(`${small.url}${telemetryPath}`, gzipSync(body));
    }),
  );
  for (const { status, answer } of await Promise.all(sent)) {
    expect([status, answer]).toMatchObject([200, { devices: [{ minutes: { stored: rows.length } }] }]);
  }
  expect((await fetch(`${small.url}/health`)).status).toBe(200);
}, 60_000);

/** A node of a test, which sends what is compressed. */
async function registered(by: HubAccount, name: string) {
  const { privateKey: key, publicKey } = generateKeyPairSync("ed25519");
  const { id: keyId } = await by.post<{ id: string }>("/api/v1/nodes", {
    name,
    public_key: publicKey.export({ format: "jwk" }).x,
  });
  return {
    async send(url: string, body: Buffer) {
      const by = { alg: "ed25519", key, keyId } as const;
      const reply = await signedPost(url, body, by, { headers: { "content-encoding": "gzip" } });
      return { status: reply.status, answer: await reply.json() };
    },
  };
}

test("is a program and what is apart from it", () => {
  const names = readdirSync(join(folder, "dist"));
  const apart = ["main", "node-ca", "node-pg-migrate", "nodemailer", "openid-client", "qrcode"];
  expect(names).toEqual(expect.arrayContaining(apart.map((name) => `${name}.js`)));
  expect(names.filter((name) => !/^[a-z0-9.-]+\.js$/.test(name))).toEqual([]);
});

test("starts again on tables that are as they should be without reading what makes them", async () => {
  await hub.close();
  rmSync(join(folder, "dist/node-pg-migrate.js"));
  hub = await startHubProcess(environment, bundled);
  expect((await fetch(`${hub.url}/health`)).status).toBe(200);
});
