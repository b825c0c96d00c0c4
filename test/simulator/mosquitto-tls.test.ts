import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wallClock } from "@heatloop/simulator/clock";
import { type BrokerAddress, mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulator, startSimulator } from "@heatloop/simulator/simulator";
import { connectAsync } from "mqtt";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { waitFor } from "#test/support/wait-for.ts";

let folder: string;
let broker: TestBroker;
let simulator: Simulator | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "heatloop-simulator-tls-"));
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...key, ...subject, "-keyout", "key.pem", "-out", "cert.pem"], {
    cwd: folder,
    stdio: "ignore",
  });
  execFileSync("mosquitto_passwd", ["-b", "-c", join(folder, "passwords"), "esp", "s3cret"]);
  const tls = `certfile ${folder}/cert.pem\nkeyfile ${folder}/key.pem\npassword_file ${folder}/passwords\n`;
  broker = await startBroker({ config: (port) => `listener ${port} 127.0.0.1\n${tls}` });
});

afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

afterAll(async () => {
  await broker.close();
  rmSync(folder, { recursive: true });
});

function start(address: Omit<BrokerAddress, "url">, log: (sentence: string) => void): void {
  const url = `mqtts://localhost:${broker.port}`;
  simulator = startSimulator({ clock: wallClock(), openWire: mqttWires({ url, ...address }, log) });
}

describe("a broker with TLS and a password", () => {
  it("is reached with its authority's certificate and the password", async () => {
    const caFile = join(folder, "cert.pem");
    start({ caFile, username: "esp", password: "s3cret" }, () => {});
    const client = await connectAsync(`mqtts://localhost:${broker.port}`, {
      username: "esp",
      password: "s3cret",
      ca: readFileSync(caFile),
    });
    let status = "";
    client.on("message", (_, payload) => {
      status = payload.toString();
    });
    await client.subscribeAsync("ecodan-heatpump/status");
    await waitFor(() => status === "online", "online through TLS");
    await client.endAsync();
  });

  it.each([
    ["without the authority's certificate", {}, /certificate/],
    ["with a wrong password", { username: "esp", password: "guess" }, /[Aa]uthori[sz]ed/],
  ])("%s it is not, and the reason is logged without the password", async (_, address, reason) => {
    const logged: string[] = [];
    const caFile = "password" in address ? { caFile: join(folder, "cert.pem") } : {};
    start({ ...caFile, ...address }, (sentence) => logged.push(sentence));
    await waitFor(() => logged.some((sentence) => reason.test(sentence)), `a sentence like ${reason}`);
    expect(logged.join("\n")).not.toContain("guess");
  });
});
