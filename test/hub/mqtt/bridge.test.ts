import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { foreignPrefix, nodesForeignFilter } from "@heatloop/core/hub/dialects";
import { openNodeCa } from "@heatloop/hub/nodes/node-ca";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import { connectAsync } from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { accepts } from "#scripts/base/accepts.ts";
import { freePort } from "#scripts/base/free-port.ts";
import { brokerEnvironment } from "#test/support/broker/broker.ts";
import { nodeCertificate } from "#test/support/hub/node-certificate.ts";
import { startNodesBroker } from "#test/support/hub/nodes-broker.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/hub-dialects.md"), "utf8");

/** The lines of the page for a Mosquitto that passes on what its system publishes. */
const bridgeOfPage = /^```\nconnection [^`]+/m.exec(page)?.[0].replace("```\n", "") ?? "";

test("a system's own Mosquitto passes on what it has, by the lines of the page, under its node and no other", async () => {
  const folder = temporaryFolder();
  const ca = await openNodeCa(await openSecrets(temporaryFolder()));
  const broker = await startNodesBroker(onTestFinished);
  await broker.start(ca.certificate, await ca.revocations([], Date.now()));
  const hub = await connectAsync(broker.hubUrl, { protocolVersion: 5, password: broker.hubPassword });
  onTestFinished(() => hub.endAsync(true));
  const got: string[] = [];
  hub.on("message", (topic, payload) => got.push(`${topic} ${payload}`));
  await hub.subscribeAsync(`$share/ingest/${nodesForeignFilter}`, { qos: 1 });

  const node = randomUUID();
  const { cert, key } = await nodeCertificate(ca, node);
  writeFileSync(join(folder, "node.key"), key);
  writeFileSync(join(folder, "node.pem"), cert);
  writeFileSync(join(folder, "broker-ca.pem"), broker.ca);
  const port = await freePort();
  const bridge = bridgeOfPage
    .replace("broker.example.org:8883", new URL(broker.nodesUrl).host)
    .replaceAll("/etc/mosquitto/hub", folder)
    .replace("NODE", node);
  const passesOn = bridge
    .replace("topic heatpump/#", "topic paku/#")
    .split("\n")
    .filter((line) => line.startsWith("topic"));
  const forged = passesOn.map((line) => line.replace(node, randomUUID()));
  const lines = ["user root", `listener ${port} 127.0.0.1`, "allow_anonymous true", bridge, ...passesOn, ...forged, ""];
  writeFileSync(join(folder, "mosquitto.conf"), lines.join("\n"));
  const own = spawn("mosquitto", ["-c", join(folder, "mosquitto.conf")], { env: brokerEnvironment, stdio: "ignore" });
  onTestFinished(() => void own.kill());
  await waitFor(() => accepts(port), "the system's broker accepts connections");
  const system = await connectAsync(`mqtt://127.0.0.1:${port}`);
  onTestFinished(() => system.endAsync(true));
  const device = async (qos: 0 | 1) => {
    await system.publishAsync("heatpump/site1/data", `qos ${qos}`, { qos });
    await system.publishAsync("paku/ruuvi/van", `qos ${qos}`, { qos });
  };
  await waitFor(async () => {
    await device(0);
    return got.length > 0;
  }, "the system's broker is at the hub's");
  await device(1);
  const topics = ["heatpump/site1/data", "paku/ruuvi/van"];
  await waitFor(() => topics.every((topic) => got.includes(`${foreignPrefix(node)}${topic} qos 1`)), "both came");
  expect(got.filter((each) => !each.startsWith(foreignPrefix(node)))).toEqual([]);
});
