import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "#scripts/base/free-port.ts";
import { firmwarePrefix } from "./firmware-messages.ts";
import type { Mosquitto } from "./mosquitto.ts";
import { peerFromNpm } from "./peer-packages.ts";
import { endProcess, until } from "./processes.ts";

const nodeRedVersion = "5.0.7";

/** Milliseconds from the spawn of a program until it is ready. */
export type TimedStart = () => Promise<number>;

/**
 * Node-RED with what the program does in one line: MQTT in, into a file, and an HTTP endpoint. It is started as its
 * package starts it, with its own defaults but for the port and the questions about telemetry.
 */
export async function nodeRedStart(folder: string, broker: Mosquitto): Promise<TimedStart> {
  const home = await peerFromNpm("node-red", nodeRedVersion);
  const user = join(folder, "node-red");
  await mkdir(user, { recursive: true });
  await writeFile(join(user, "flows.json"), JSON.stringify(flows(broker.port, join(user, "log.txt"))));
  const port = await freePort();
  const settings = { uiPort: port, uiHost: "127.0.0.1", flowFile: "flows.json", telemetry: { enabled: false } };
  const settingsFile = join(user, "settings.cjs");
  await writeFile(settingsFile, `module.exports = ${JSON.stringify(settings)};\n`);
  const words = [join(home, "node_modules/node-red/red.js"), "--settings", settingsFile, "--userDir", user];
  return () => startedMs(words);
}

async function startedMs(words: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  let readyMs: number | undefined;
  const readOutput = (text: Buffer) => {
    log += text.toString();
    const isReady = log.includes("Started flows") && log.includes("Server now running");
    if (isReady) readyMs ??= performance.now() - startedAt;
  };
  child.stdout.on("data", readOutput);
  child.stderr.on("data", readOutput);
  try {
    await until(() => readyMs !== undefined || child.exitCode !== null, "Node-RED starts its flows");
  } finally {
    await endProcess(child);
  }
  if (readyMs === undefined) throw new Error(`Node-RED does not start: ${log.slice(-300)}`);
  return readyMs;
}

function flows(brokerPort: number, file: string): readonly object[] {
  const node = (id: string, type: string, wires: readonly string[], more: object) => ({
    id,
    type,
    z: "tab",
    wires: wires.length === 0 ? [] : [wires],
    ...more,
  });
  return [
    { id: "tab", type: "tab", label: "heat pump" },
    { id: "broker", type: "mqtt-broker", broker: "127.0.0.1", port: String(brokerPort), protocolVersion: "5" },
    node("in", "mqtt in", ["file"], { topic: `${firmwarePrefix}/#`, qos: "1", broker: "broker", datatype: "utf8" }),
    node("file", "file", [], { filename: file, filenameType: "str", appendNewline: true, overwriteFile: "false" }),
    node("get", "http in", ["answer"], { url: "/api/health", method: "get" }),
    node("answer", "http response", [], {}),
  ];
}
