/** Prints what the containers of deploy/hub/compose.yaml have in RAM while homes send: as root, in a network namespace of its own. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { startHubContainers } from "#test/deploy/hub-network.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { accepts } from "../../base/accepts.ts";
import { foundOrganization } from "../../hub-scene/hub-people.ts";
import { startPacedHome } from "./paced-home.ts";
import { benchRows } from "./stored-hub.ts";

const prefix = "172.31.17";
const hubUrls = [`http://${prefix}.4:8100`, `http://${prefix}.5:8100`];
const sampledEachMs = 5 * secondMs;
const limitMb = 512;

const { values } = parseArgs({
  options: { homes: { type: "string", default: "100" }, minutes: { type: "string", default: "5" } },
});
await run(Number(values.homes), Number(values.minutes));

async function run(homes: number, minutes: number): Promise<void> {
  const hub = await startHubContainers(prefix);
  try {
    const isUp = async () => (await Promise.all(hubUrls.map(isHealthy))).every(Boolean) && accepts(8883, `${prefix}.3`);
    await waitFor(isUp, "both hubs and the broker run", 60_000);
    const services = Object.keys(hub.services);
    const idle = services.map((name) => pssMbOf(hub.network.nameOf(name)));
    const secretsFolder = join(hub.folder, "secrets");
    const { admin } = await foundOrganization(hubUrls[0] as string, { secretsFolder, name: "A hundred homes" });
    const { minutes: rows } = benchRows(1);
    const brokerUrl = `mqtts://${prefix}.3:8883`;
    const started = await Promise.all(
      Array.from({ length: homes }, (_, number) =>
        startPacedHome({ admin, number, of: homes, hubUrls, brokerUrl, rows }),
      ),
    );
    const most = services.map(() => 0);
    let mostTogether = 0;
    for (const end = Date.now() + minutes * minuteMs; Date.now() < end; await pause(sampledEachMs)) {
      const now = services.map((name) => pssMbOf(hub.network.nameOf(name)));
      for (const [i, mb] of now.entries()) most[i] = Math.max(most[i] ?? 0, mb);
      mostTogether = Math.max(mostTogether, sumOf(now));
    }
    const counts = started.map((home) => home.stop());
    for (const [i, name] of services.entries()) console.log(rowOf(name, idle[i] ?? 0, most[i] ?? 0));
    console.log(rowOf("together, at one moment", sumOf(idle), mostTogether));
    const failed = sumOf(counts.map((count) => count.failed));
    console.log(`${homes} homes: ${sumOf(counts.map(({ stored }) => stored))} rows stored, ${failed} requests failed`);
    process.exitCode = mostTogether <= limitMb && failed === 0 ? 0 : 1;
  } finally {
    await hub.close();
  }
  process.exit();
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ status }) => status === 200,
    () => false,
  );
}

/** The proportional share of memory (PSS) of all processes of a container: what several of them share counts once. */
function pssMbOf(namespace: string): number {
  const pids = execFileSync("ip", ["netns", "pids", namespace], { encoding: "utf8" }).split("\n").filter(Boolean);
  return sumOf(pids.map(pssKbOf)) / 1024;
}

function pssKbOf(pid: string): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function rowOf(name: string, idleMb: number, mostMb: number): string {
  return `| ${name} | ${idleMb.toFixed(0)} MB | ${mostMb.toFixed(0)} MB |`;
}
