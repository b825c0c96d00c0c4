/**
 * Starts the program beside this script by itself, where there is no network, and ends with 0 once it is as it should be: it
 * answers, is the version that it says, and takes the settings that come by stdin. It has a log and settings of its own.
 */
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const program = join(import.meta.dirname, "../program");
const folder = process.env.RUNTIME_DIRECTORY;
const within = 60_000;

const version = (await readFile(join(program, "VERSION"), "utf8")).trim();
const settings = await text(process.stdin);
const data = join(folder, "data");
await mkdir(data);
if (settings.trim() !== "") await writeFile(join(data, "settings.json"), settings);
// No broker is there: that it is away is no reason to end.
await writeFile(join(folder, "options.json"), JSON.stringify({ mqtt: { url: "mqtt://127.0.0.1:1" } }));

const child = spawn(join(program, "bin/heatloop"), {
  stdio: ["ignore", "inherit", "inherit"],
  env: {
    ...{ PATH: process.env.PATH, NODE_COMPILE_CACHE: join(folder, "cache") },
    ...{
      HEATLOOP_OPTIONS: join(folder, "options.json"),
      HEATLOOP_DATA: data,
      HEATLOOP_ARCHIVE: join(folder, "archive"),
    },
    ...{ HEATLOOP_HOST: "127.0.0.1", HEATLOOP_PORT: "8099" },
  },
});
let hasEnded = false;
child.on("exit", () => (hasEnded = true)).on("error", () => (hasEnded = true));

/** What is wrong; undefined where nothing is, and "not yet" as long as it does not answer. */
async function fault() {
  const health = await fetch("http://127.0.0.1:8099/api/health").then(
    (response) => response.json(),
    () => undefined,
  );
  if (health === undefined) return "not yet";
  if (health.version !== version) return `it says that it is ${health.version}`;
  if (health.archive.state !== "ok") return `its archive: ${health.archive.detail}`;
  const [mistake] = health.settings.mistakes;
  return mistake && `it does not take the settings: ${JSON.stringify(mistake)}`;
}

let found = "not yet";
for (const end = Date.now() + within; found === "not yet" && !hasEnded && Date.now() < end; ) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  found = await fault();
}
if (hasEnded) found = "it ended by itself";
if (found === "not yet") found = `it did not answer within ${within / 1000} s`;
child.kill("SIGKILL");
if (found !== undefined) {
  console.error(`Heatloop ${version}: ${found}`);
  process.exitCode = 1;
}
