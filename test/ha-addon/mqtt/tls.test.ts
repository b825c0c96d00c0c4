import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectMqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import type { MqttServer } from "@heatloop/ha-addon/mqtt/server";
import { systemClock } from "@heatloop/program/clock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createWebSocketStream, WebSocketServer } from "ws";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

let folder: string;
let secure: TestBroker;
let plain: TestBroker;
let web: Server;
const atEnd: (() => unknown)[] = [];

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
}

function authority(name: string): void {
  openssl(
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "30",
    "-subj",
    `/CN=${name}`,
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.pem`,
  );
}

function certificate(name: string, names: string): void {
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
  openssl(
    "req",
    "-new",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-subj",
    `/CN=${name}`,
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.csr`,
  );
  openssl(
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    "-CA",
    "ours.pem",
    "-CAkey",
    "ours.key",
    "-CAcreateserial",
    "-days",
    "30",
    "-extfile",
    `${name}.ext`,
    "-out",
    `${name}.pem`,
  );
}

/** What a reverse proxy does: TLS and WebSocket outside, Mosquitto's plain port inside. */
async function startWeb(brokerPort: number): Promise<Server> {
  const server = createServer({ key: readFileSync(file("broker.key")), cert: readFileSync(file("broker.pem")) });
  const sockets = new WebSocketServer({ server, path: "/mqtt", handleProtocols: () => "mqtt" });
  sockets.on("connection", (webSocket) => {
    const stream = createWebSocketStream(webSocket);
    const broker = connect(brokerPort, "127.0.0.1");
    for (const side of [stream, broker]) side.on("error", () => side.destroy());
    stream.pipe(broker).pipe(stream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "heatloop-tls-"));
  authority("ours");
  authority("theirs");
  certificate("broker", "DNS:localhost,DNS:broker.home");
  execFileSync("mosquitto_passwd", ["-b", "-c", join(folder, "passwords"), "heatloop", "s3cret"]);
  const tls = `certfile ${folder}/broker.pem\nkeyfile ${folder}/broker.key\npassword_file ${folder}/passwords\n`;
  secure = await startBroker({ config: (port) => `listener ${port} 127.0.0.1\n${tls}` });
  plain = await startBroker();
  web = await startWeb(plain.port);
});
afterAll(async () => {
  await secure.close();
  web.closeAllConnections();
  web.close();
  await plain.close();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const end of atEnd.splice(0)) await end();
});

function link(server: MqttServer) {
  const log = recordingLog();
  const will = { topic: "heatloop/status", payload: "offline", retain: true, qos: 1 } as const;
  const mqtt = connectMqtt({ ...server, clientId: "tls", will, clock: systemClock(), log, random: () => 0.01 });
  atEnd.push(() => mqtt.close());
  return { mqtt, log };
}

async function goesThrough(server: MqttServer): Promise<void> {
  const { mqtt, log } = link(server);
  const received: string[] = [];
  mqtt.subscribe("a/#", ({ payload }) => received.push(Buffer.from(payload).toString()));
  await waitFor(() => mqtt.connected(), "connected");
  expect(await mqtt.publish("a/b", "x", { retain: false, qos: 1 })).toBe(true);
  await waitFor(() => received.length > 0, "the message");
  expect(received).toEqual(["x"]);
  expect(log.lines.length).toBe(1);
  expect(log.lines.join()).not.toContain("s3cret");
}

async function refusal(server: MqttServer): Promise<string> {
  const { mqtt } = link(server);
  return waitFor(() => mqtt.status().lastError, "refused");
}

const user = { username: "heatloop", password: "s3cret" };
const at = (broker: TestBroker, scheme: string, host = "localhost") => `${scheme}://${host}:${broker.port}`;
const atWeb = (path = "/mqtt") => `wss://localhost:${(web.address() as AddressInfo).port}${path}`;
const file = (name: string) => join(folder, name);

describe("a broker with TLS", () => {
  it("is reached with its authority's file and a password", async () => {
    await goesThrough({ url: at(secure, "mqtts"), caFile: file("ours.pem"), ...user });
  });

  it("is reached with its authority given as text", async () => {
    const ca = readFileSync(file("ours.pem"), "utf8");
    await goesThrough({ url: at(secure, "mqtts"), ca, ...user });
  });

  it("is reached through a WebSocket", async () => {
    await goesThrough({ url: atWeb(), caFile: file("ours.pem") });
  });

  it("is not trusted without a file", async () => {
    expect(await refusal({ url: at(secure, "mqtts"), ...user })).toMatch(
      /not signed by a known authority: set mqtt.ca_file/,
    );
    expect(await refusal({ url: atWeb() })).toMatch(/not signed by a known authority: set mqtt.ca_file/);
  });

  it("is not trusted with another authority's file", async () => {
    const caFile = file("theirs.pem");
    const reason = await refusal({ url: at(secure, "mqtts"), caFile, ...user });
    expect(reason).toContain(`not signed by the authority in ${caFile}`);
    expect(await refusal({ url: atWeb(), caFile })).toContain(`not signed by the authority in ${caFile}`);
  });

  it("is not trusted under a name that its certificate does not have", async () => {
    const reason = await refusal({ url: at(secure, "mqtts", "127.0.0.1"), caFile: file("ours.pem"), ...user });
    expect(reason).toMatch(
      /not for 127.0.0.1 but for localhost, broker.home: use a name of the certificate in mqtt.url/,
    );
  });

  it("refuses a wrong password behind TLS with the same words", async () => {
    const reason = await refusal({ url: at(secure, "mqtts"), caFile: file("ours.pem"), ...user, password: "no" });
    expect(reason).toMatch(/check mqtt.username and mqtt.password/);
  });

  it("names a CA file that is not there or is none", async () => {
    const url = at(secure, "mqtts");
    expect(await refusal({ url, caFile: file("gone.pem") })).toMatch(
      /gone.pem cannot be read \(ENOENT\): check mqtt.ca_file/,
    );
    expect(await refusal({ url, caFile: file("passwords") })).toMatch(/passwords holds no certificate in PEM form/);
    const broken = "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n";
    writeFileSync(file("broken.pem"), broken);
    expect(await refusal({ url, caFile: file("broken.pem") })).toMatch(/broken.pem/);
  });

  it("asks for TLS where the client came without", async () => {
    expect(await refusal({ url: at(secure, "mqtt") })).toMatch(/does it expect TLS \(mqtts:\/\/\)/);
  });

  it("is not reached where the port has no TLS, and the reason is named", async () => {
    const reason = await refusal({ url: at(plain, "mqtts"), caFile: file("ours.pem") });
    expect(reason).toMatch(/not with TLS|closes the connection before it answers/);
  });

  it("logs that there is no MQTT under a path of a web server", async () => {
    expect(await refusal({ url: atWeb("/elsewhere"), caFile: file("ours.pem") })).toContain("400");
  });
});
