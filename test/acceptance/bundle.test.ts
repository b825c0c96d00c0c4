import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firmwareStates } from "#scripts/bench/firmware-messages.ts";
import { bundleInto, type Program, startProgram } from "#scripts/bench/program.ts";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { mailServer } from "#test/support/channels/mail-server.ts";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { waitFor } from "#test/support/wait-for.ts";

const namesFolder = new URL("../../mqtt-discovery/names/", import.meta.url);
const cardFolder = new URL("../../lovelace-card/dist/", import.meta.url);

describe("the bundled program, in a folder without node_modules", () => {
  let folder: string;
  let broker: TestBroker;
  let program: Program;

  beforeAll(async () => {
    // Outside the checkout, so that no folder above has node_modules.
    folder = await mkdtemp(join(tmpdir(), "heatloop-bundle-"));
    await bundleInto(folder);
    broker = await startBroker();
    program = await startProgram(folder, broker.url);
  });

  afterAll(async () => {
    program?.child.kill("SIGKILL");
    await broker?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string) => fetch(`${program.url}${path}`);
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what the tests are about
  const json = async (path: string): Promise<any> => (await get(path)).json();

  it("is one file, with the scripts of the card, Swagger UI, the sender of mail, the import of an archive and languages of entities beside it", async () => {
    const files = await readdir(join(folder, "dist"), { recursive: true });
    const card = existsSync(cardFolder) ? readdirSync(cardFolder).filter((name) => name.endsWith(".js")) : [];
    const swagger = ["swagger-ui", "swagger-ui/swagger-ui-bundle.js", "swagger-ui/swagger-ui.css"];
    const names = readdirSync(namesFolder).flatMap((file) =>
      file.endsWith(".ts") ? `names-${file.slice(0, -3)}.js` : [],
    );
    expect(files.sort()).toEqual(
      [...card, "import-archive.js", "main.js", "nodemailer.js", ...names, ...swagger].sort(),
    );
  });

  it("answers /api/health and is connected to the broker", async () => {
    await waitFor(async () => (await json("/api/health")).mqtt.state === "connected", "connected");
    expect((await get("/api/health")).status).toBe(200);
  });

  it("has the version of its package", async () => {
    const { version } = (await json("/docs/openapi.json")).info;
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each([
    ["/", "text/html"],
    ["/docs/", "text/html"],
    ["/docs/swagger-ui-bundle.js", "text/javascript"],
    ["/docs/swagger-ui.css", "text/css"],
    ["/docs/openapi.json", "application/json"],
    ["/api/devices", "application/json"],
  ])("serves %s as %s", async (path, type) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(type);
    expect((await response.text()).length).toBeGreaterThan(0);
  });

  it("refuses what is not valid, though Fastify's own compilers are not in it", async () => {
    const response = await fetch(`${program.url}/api/settings`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ time_zone: "Mars/Olympus" }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path: "time_zone" }] });
  });

  it("tells alerts by mail, for which it reads a file that it did not need before, and by a webhook", async () => {
    const [server, other] = [await mailServer({ hideSTARTTLS: true }), await recordingServer()];
    const addresses = { from: "heat@example.org", to: ["me@example.org"] };
    const place = { host: "127.0.0.1", port: server.port, security: "none" };
    const channels = [
      { kind: "email", name: "mail", ...place, ...addresses },
      { kind: "webhook", name: "hook", url: other.url },
    ];
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ alerts: { channels } });
    await fetch(`${program.url}/api/settings`, { method: "PUT", headers, body });
    for (const { name } of channels) {
      const answer = await fetch(`${program.url}/api/channels/${name}/test`, { method: "POST" });
      expect(await answer.json()).toEqual({ delivered: true });
    }
    expect(server.mails.map(({ to }) => to)).toEqual([["me@example.org"]]);
    expect(other.bodies()).toMatchObject([{ kind: "test" }]);
  });

  it("takes a websocket", async () => {
    const socket = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
    let first: unknown;
    socket.addEventListener("message", ({ data }) => {
      first ??= JSON.parse(String(data));
    });
    await waitFor(() => first, "the first message");
    socket.close();
    expect(first).toMatchObject({ type: "snapshot" });
  });

  it("finds a heat pump, names its entities in a language that it reads then, and when it is asked to end writes the minute and ends", async () => {
    const firmware = await connectAsync(broker.url);
    for (const { topic, payload } of firmwareStates()) {
      await firmware.publishAsync(topic, payload, { qos: 1, retain: true });
    }
    await firmware.endAsync();
    await waitFor(async () => (await json("/api/devices")).length > 0, "the heat pump is there");
    await fetch(`${program.url}/api/settings`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ entities: { language: "de" } }),
    });
    const announced = async () => [...(await retainedTopics(broker.url, "homeassistant/#")).values()].join();
    await waitFor(async () => (await announced()).includes("Vorlauftemperatur"), "it is announced in German", 30_000);
    program.child.kill("SIGTERM");
    await waitFor(() => program.child.exitCode !== null || program.child.signalCode !== null, "the program has ended");
    expect(program.child.exitCode).toBe(0);
    const files = await readdir(join(folder, "archive"), { recursive: true });
    expect(files.filter((file) => file.endsWith(".csv")).length).toBeGreaterThan(0);
  });
});
