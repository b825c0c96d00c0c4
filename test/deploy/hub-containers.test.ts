import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { certificatePath } from "@heatloop/core/hub/node-paths";
import { telemetryPath } from "@heatloop/core/hub/telemetry";
import { connectAsync, type MqttClient } from "mqtt";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { accepts } from "#scripts/base/accepts.ts";
import { secretsIn } from "#scripts/cloud-scene/installed.ts";
import { ask } from "#scripts/cloud-scene/web-client.ts";
import { foundOrganization, type HubAccount } from "#scripts/hub-scene/hub-people.ts";
import { signedPost } from "#scripts/hub-scene/signed-post.ts";
import { testHome } from "#test/support/hub/home.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { Service } from "./container-network.ts";
import { type HubContainers, startHubContainers } from "./hub-network.ts";

const repository = resolve(import.meta.dirname, "../..");
const prefix = "172.31.16";
const hubUrl = (number: 1 | 2) => `http://${prefix}.${3 + number}:8100`;
const totalMb = 512;

type Broker = { readonly certificate: string; readonly broker_ca: string; readonly url: string };
type TestNode = { readonly id: string; readonly connect: () => Promise<MqttClient> };

describe("the containers of deploy/hub/compose.yaml, in the folder that deploy/hub-containers.sh makes", {
  timeout: 90_000,
}, () => {
  let hub: HubContainers;
  let admin: HubAccount;
  let secrets: Readonly<Record<string, string>>;
  const read = (name: string) => readFileSync(join(hub.folder, name), "utf8");

  beforeAll(async () => {
    hub = await startHubContainers(prefix);
    secrets = secretsIn(read("passwords"));
    const { network } = hub;
    const isUp = async () =>
      ["hub-1", "hub-2"].every((name) => network.written(name).includes("the hub is ready")) &&
      (await accepts(8883, `${prefix}.3`));
    await waitFor(isUp, "both hubs and the broker run", 60_000).catch((error) => {
      const logs = Object.keys(hub.services).map((name) => `${name}: ${network.written(name)}`);
      throw new Error(`${error}\n${logs.join("\n")}`);
    });
    const secretsFolder = join(hub.folder, "secrets");
    ({ admin } = await foundOrganization(hubUrl(1), { secretsFolder, name: "Green Homes" }));
  }, 120_000);
  afterAll(() => hub?.close());

  async function newNode(): Promise<TestNode> {
    const home = generateKeyPairSync("ed25519");
    const { id } = await admin.post<{ id: string }>("/api/v1/nodes", {
      name: "Mill Lane",
      public_key: x(home.publicKey),
    });
    const own = generateKeyPairSync("ed25519");
    const url = hubUrl(1) + certificatePath;
    const body = Buffer.from(JSON.stringify({ public_key: x(own.publicKey) }));
    const by = { alg: "ed25519", key: home.privateKey, keyId: id } as const;
    const issued = (await (await signedPost(url, body, by)).json()) as Broker;
    expect(issued.url).toBe("mqtts://hub.example.org:8883");
    const key = own.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    const tls = { ca: issued.broker_ca, cert: issued.certificate, key, reconnectPeriod: 0 };
    return {
      id,
      connect: () => connectAsync(`mqtts://${prefix}.3:8883`, { protocolVersion: 5, clientId: id, ...tls }),
    };
  }

  const sendUnsigned = (size: number) =>
    ask({ server: { address: `${prefix}.6` }, ca: read("tls/ca.crt") }, "/api/v1/telemetry", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: " ".repeat(size),
    });

  it("said what it makes, changes nothing when it is run again, and keeps the lines of its owner", () => {
    expect(hub.said).toContain(`make a certificate authority in ${hub.folder}/tls`);
    expect(hub.said).toContain(`${hub.folder}/secrets/first-invitation`);
    expect(hub.prepare()).toBe("Everything is as it should be: nothing was changed.\n");
    const file = join(hub.folder, ".env");
    writeFileSync(file, read(".env").replace("HUB_SMTP_URL=", "HUB_SMTP_URL=smtps://mail.example.org"));
    expect(hub.prepare()).toBe("Everything is as it should be: nothing was changed.\n");
    expect(hub.prepare("--dry-run")).toBe("Everything is as it should be: nothing was changed.\n");
  });

  it("know from .env.example each line that compose.yaml asks for, and none besides", () => {
    const asked = [...readFileSync(join(repository, "deploy/hub/compose.yaml"), "utf8").matchAll(/\$\{(\w+)/g)];
    const example = readFileSync(join(repository, "deploy/hub/.env.example"), "utf8");
    const names = (text: string) => [...text.matchAll(/^(\w+)=/gm)].map(([, name]) => name).toSorted();
    const known = names(example).filter((name) => name !== "COMPOSE_PROJECT_NAME");
    expect(known).toEqual([...new Set(asked.map(([, name]) => name))].toSorted());
    expect(names(read(".env"))).toEqual(names(example));
    expect(read(".env")).toContain(`HUB_PUBLIC_URL=https://hub.example.org\n`);
    expect(read(".env")).toContain(`HEATLOOP_NETWORK=${prefix}\n`);
  });

  it.each(["postgres", "mosquitto", "hub-1", "hub-2", "nginx"])(
    "%s is of one version, may do little, writes into its volumes alone, and has a share of the memory",
    (name) => {
      const service = hub.services[name] as Service;
      expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine)?$/);
      expect(service).toMatchObject({
        restart: "unless-stopped",
        security_opt: ["no-new-privileges:true"],
        cap_drop: ["ALL"],
        read_only: true,
        mem_limit: expect.anything(),
        logging: { options: { "max-size": "10m" } },
      });
      const image = readFileSync(join(repository, "hub/Dockerfile"), "utf8");
      if (name.startsWith("hub-")) expect(image).toMatch(/^USER 1000:1000\n\nHEALTHCHECK /m);
      else expect(service.healthcheck).toBeDefined();
    },
  );

  it("have no more memory together than the smallest server has", () => {
    const limits = Object.values(hub.services).map(({ mem_limit: limit }) => Number.parseInt(String(limit), 10));
    expect(limits.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(totalMb);
  });

  it("publish 443 and 8883 alone", () => {
    const published = Object.entries(hub.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port.published}:${port.target}`),
    );
    expect(published.toSorted()).toEqual(["mosquitto 8883:8883", "nginx 443:443"]);
  });

  it("have no secret in what others read, or in what they write", () => {
    const values = Object.values(secrets);
    expect(values.length).toBe(3);
    const files = readdirSync(hub.folder, { recursive: true, encoding: "utf8" }).filter((name) => {
      const { mode } = statSync(join(hub.folder, name));
      return statSync(join(hub.folder, name)).isFile() && (mode & 0o004) !== 0;
    });
    expect(files).toEqual(expect.arrayContaining(["compose.yaml", "nginx/hub.conf"]));
    const shown = [...files.map(read), read(".env"), ...Object.keys(hub.services).map(hub.network.written)].join("\n");
    expect(values.filter((value) => shown.includes(value))).toEqual([]);
  });

  it("make logins for programs that read the database, with a password that PostgreSQL knows by its hash alone", async () => {
    const { role, password } = await admin.post<{ role: string; password: string }>("/api/v1/readers", {
      name: "Grafana",
    });
    const urlOf = (by: string) => `postgres://${role}:${by}@${prefix}.2/heatloop`;
    const reader = new pg.Client({ connectionString: urlOf(password) });
    await reader.connect();
    await reader.query("select * from heat_pumps");
    await reader.end();
    await expect(new pg.Client(urlOf("wrong")).connect()).rejects.toThrow(/password authentication failed/);
    expect(hub.network.written("postgres")).not.toContain(password);
  });

  it("answer by HTTPS, by the one hub where the other is away", async () => {
    const web = { server: { address: `${prefix}.6` }, ca: read("tls/ca.crt") };
    const isHealthy = async () => (await ask(web, "/health")).status === 200;
    await waitFor(isHealthy, "Nginx answers");
    await hub.network.stop("hub-2");
    onTestFinished(() => hub.start("hub-2"));
    for (let i = 0; i < 4; i += 1) {
      expect(await isHealthy()).toBe(true);
      expect((await sendUnsigned(1024 * 1024)).status).toBe(401);
    }
  });

  it("let a home join through Nginx by the authority that it was handed, and take its rows", async () => {
    const { code } = await admin.post<{ code: string }>("/api/v1/claim-codes", { name: "Green Lane" });
    const home = await testHome({ now: Date.now });
    await home.put({ url: `https://${prefix}.6`, claim_code: code, ca_file: join(hub.folder, "tls/ca.crt") });
    await home.joined();
    const body = JSON.stringify({ devices: [{ device: "pump", time_zone: "UTC", minutes: "time\n" }] });
    const answer = await home.link().send(telemetryPath, body, "application/json");
    expect(answer).toMatchObject({ kind: "taken" });
    expect(await admin.get("/api/v1/devices")).toMatchObject({ items: [{ home_id: "pump" }] });
  });

  it("tell what is live over a websocket through Nginx", async () => {
    const { token } = await admin.post<{ token: string }>("/api/v1/api-tokens", { name: "Wall", scope: "read" });
    const socket = new WebSocket(`wss://${prefix}.6/api/v1/live`, {
      ca: read("tls/ca.crt"),
      headers: { authorization: `Bearer ${token}` },
    });
    onTestFinished(() => socket.terminate());
    const first = await new Promise<string>((told, failed) => {
      socket.once("message", (data) => told(String(data)));
      socket.once("error", failed);
    });
    expect(JSON.parse(first)).toMatchObject({ kind: "all" });
  });

  it("take a batch through Nginx that is as large as a hub takes one, and say what is larger", async () => {
    const most = 2 * 1024 * 1024;
    expect((await sendUnsigned(most)).status).toBe(401);
    expect((await sendUnsigned(most + 1)).status).toBe(413);
  });

  it("take a node off the broker that was revoked by a hub that is gone since, let it in no more, and leave others", async () => {
    const [gone, stays] = [await newNode(), await newNode()];
    const [revoked, other] = [await gone.connect(), await stays.connect()];
    onTestFinished(() => other.endAsync(true));
    let isOn = true;
    revoked.once("close", () => {
      isOn = false;
    });
    await admin.post(`/api/v1/nodes/${gone.id}/revoke`, {});
    await hub.network.stop("hub-1");
    onTestFinished(() => hub.start("hub-1"));
    await waitFor(() => !isOn, "it is off the broker", 10_000);
    const isRefused = () =>
      gone.connect().then(
        async (again) => {
          await again.endAsync(true);
          return false;
        },
        () => true,
      );
    await waitFor(isRefused, "the broker does not let it in");
    expect(other.connected).toBe(true);
    await (await stays.connect()).endAsync(true);
  });

  it("work in a database whose owner is no superuser, and which is there again after a power cut", async () => {
    const connectionString = `postgres://heatloop:${secrets.database}@${prefix}.2/heatloop`;
    const owner = new pg.Client({ connectionString });
    await owner.connect();
    const power = "select rolsuper or rolbypassrls as powerful from pg_roles where rolname = current_user";
    expect((await owner.query(power)).rows).toEqual([{ powerful: false }]);
    await owner.end();
    await expect(new pg.Client(connectionString.replace(secrets.database ?? "", "wrong")).connect()).rejects.toThrow(
      /password authentication failed/,
    );
    await hub.network.restart("postgres");
    const isBack = async () => (await fetch(`${hubUrl(2)}/health`)).status === 200;
    await waitFor(isBack, "the hub has its database again", 30_000);
  });
});

/** The 32 bytes of a public key, as base64url. */
function x(key: KeyObject): string {
  return String(key.export({ format: "jwk" }).x);
}
