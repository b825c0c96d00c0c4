import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/base/free-port.ts";
import { type FlowFile, nodeRedFlows } from "#scripts/making/node-red-flows.ts";
import { installedProgram } from "#test/support/installed-program.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** The program that scripts/install-node-red made, or undefined where it was not run. */
function installedNodeRed(): string | undefined {
  return installedProgram({
    variable: "HEATLOOP_NODE_RED",
    name: "node-red-for-tests",
    path: "node_modules/node-red/red.js",
  });
}

/** Whether it is there; prints a warning where it is not. */
export function hasNodeRed(): boolean {
  if (installedNodeRed() !== undefined) return true;
  console.warn("\nSKIPPED: no Node-RED here. Run scripts/install-node-red to try the flows.\n");
  return false;
}

/** The real Node-RED with the flows of this project and the settings that a person would make in their one node. */
export type TestNodeRed = { readonly url: string; log(): string; restart(): Promise<void>; close(): Promise<void> };

type Flow = {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly env?: readonly { readonly name: string; readonly type: string }[];
};
type Parts = {
  readonly settings: Readonly<Record<string, string | number>>;
  /** What is imported beside the flows; a tab that is there already is replaced. */
  readonly with: Exclude<FlowFile, "heatloop-flows.json">;
  /** What a person enters in a configuration node. */
  readonly credentials?: Readonly<Record<string, object>>;
};

/** Starts it in a user folder of its own; resolves once its flows run. */
export async function startNodeRed(parts: Parts): Promise<TestNodeRed> {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-node-red-"));
  writeFileSync(join(folder, "flows.json"), JSON.stringify(await imported(parts)));
  writeFileSync(join(folder, "flows_cred.json"), JSON.stringify(parts.credentials ?? {}));
  const port = await freePort();
  const options = { uiPort: port, uiHost: "127.0.0.1", flowFile: "flows.json", telemetry: { enabled: false } };
  // As the README says: what stood before outlives a restart.
  const contextStorage = { default: { module: "localfilesystem", config: { flushInterval: 5 } } };
  const whole = { ...options, contextStorage, credentialSecret: false };
  writeFileSync(join(folder, "settings.cjs"), `module.exports = ${JSON.stringify(whole)};\n`);
  let log = "";
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const before = log.length;
    const words = [installedNodeRed() ?? "", "--settings", join(folder, "settings.cjs"), "--userDir", folder];
    const started = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        log += text;
      });
    }
    await waitFor(() => log.slice(before).includes("Started flows"), "Node-RED runs", 60_000);
    await waitFor(() => log.slice(before).includes("Connected to broker"), "Node-RED is at the broker", 60_000);
  }
  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, "close");
    child.kill("SIGTERM");
    await ended;
  }
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
    async restart() {
      await stop();
      await start();
    },
  };
}

/** The flows with a second file and the settings that a person would make. */
async function imported(parts: Parts): Promise<Flow[]> {
  const flows = JSON.parse(await nodeRedFlows("heatloop-flows.json")) as Flow[];
  const more = JSON.parse(await nodeRedFlows(parts.with)) as Flow[];
  const tabs = new Set(more.filter(({ type }) => type === "tab").map(({ id }) => id));
  const kept = flows.filter(({ id, z }) => !tabs.has(id) && !tabs.has(z ?? ""));
  return [...kept, ...more].map((node) =>
    node.type === "global-config"
      ? { ...node, env: (node.env ?? []).map((each) => ({ ...each, ...settingOf(parts.settings, each.name) })) }
      : node,
  );
}

function settingOf(settings: Readonly<Record<string, string | number>>, name: string) {
  const value = settings[name];
  return value === undefined ? {} : { value: String(value) };
}
