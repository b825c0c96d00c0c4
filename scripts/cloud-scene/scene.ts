import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isStale } from "#scripts/making/build-page.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { Ends } from "../base/ends.ts";
import { hass, hassFiles, makeHass } from "./hass.ts";
import { type Installed, installedOn } from "./installed.ts";
import { type Internet, openInternet } from "./internet.ts";
import { type Server, startServer } from "./server.ts";
import { ask, signInAtPage } from "./web-client.ts";

const repository = resolve(import.meta.dirname, "../..");
/** The numbers of the scene's networks, which no test has. */
const [serverNet, internetNet] = [15, 16];
/** This machine's address towards the server. */
export const machineAddress = `198.51.100.${4 * serverNet + 2}`;
const heatPump = "ecodan-heatpump";
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The cloud scene once all of it runs. */
export type CloudScene = Installed & { readonly internet: Internet; readonly hasHomeAssistant: boolean };

const say = (sentence: string) => console.log(sentence);

/** Starts all of it; `ends` has at each moment how to take away what is there. Throws with a sentence where it cannot. */
export async function startCloudScene(ends: Ends, signal: AbortSignal): Promise<CloudScene> {
  say("Looking for the server's Debian, which is made once (some minutes) ...");
  const root = await pathOf("scripts/install-debian-server", signal);
  if (root === undefined) throw new Error("The server's Debian could not be made here: why stands above.");
  say("Looking for Home Assistant, which is installed once (some minutes) ...");
  const launcher = await pathOf("scripts/install-home-assistant", signal);
  if (launcher === undefined) say("Home Assistant could not be installed here, so the server has none.");
  else process.env.HEATLOOP_HOME_ASSISTANT = launcher;
  const files = launcher === undefined ? undefined : hassFiles();
  if (isStale("ha-addon/dist/main.js", ["core", "program", "mqtt-discovery", "lovelace-card", "ha-addon"])) {
    say("Building Heatloop as a release has it ...");
    await finished("npm", ["run", "--silent", "bundle"], signal);
  }

  say("Starting the server in the cloud: a Debian of its own, in a network of its own ...");
  const server = await startServer(`${root}.packages`, serverNet, files, ends);
  signal.throwIfAborted();
  const internet = openInternet(server, internetNet, ends);
  const installed = await install(server, files !== undefined, signal);
  say(`At home: a heat pump with its ESP32 at ${internet.homeAddress}, which trusts the server's authority, speaks to`);
  say(`mqtts://${server.address}:8883 over the internet.`);
  startEsp32(installed, internet, ends);
  await waitFor(lookAtPage(installed, signal), "the heat pump is on Heatloop's page", 90_000, 300);
  say("The heat pump is on Heatloop's page, through Nginx.");
  return { ...installed, internet, hasHomeAssistant: files !== undefined };
}

/** Runs deploy/install.sh there, as docs/cloud.md does. */
async function install(server: Server, hasHomeAssistant: boolean, signal: AbortSignal): Promise<Installed> {
  if (hasHomeAssistant) await makeHass(server);
  const homeAssistant = hasHomeAssistant ? hass : "none";
  const answers = `ADDRESSES=${server.address}\nHEAT_PUMPS=${heatPump}\nTIME_ZONE=${zone}\nHOME_ASSISTANT=${homeAssistant}\n`;
  await server.run("cat > /root/answers", answers);
  say("On it, deploy/install.sh sets up the broker, Home Assistant, Heatloop, Nginx and the rest:");
  let isSecret = false;
  const { code, printed } = await server.run("/deploy/install.sh --answers /root/answers", "", (line) => {
    isSecret ||= line.startsWith("Passwords,");
    if (!isSecret && line !== "") say(`  ${line}`);
  });
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`deploy/install.sh ended with ${code}: ${printed.split("\n").slice(-5).join("\n")}`);
  return installedOn(server);
}

/** A process in the home's network. What its connection says is said here. */
function startEsp32({ server, ca, secrets }: Installed, { home }: Internet, ends: Ends): void {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-home-"));
  ends.push(async () => rmSync(folder, { recursive: true }));
  const caFile = join(folder, "ca.crt");
  writeFileSync(caFile, ca);
  const words = ["netns", "exec", home, process.execPath, join(import.meta.dirname, "esp32.ts")];
  const child = spawn("ip", words, { cwd: repository, stdio: ["pipe", "pipe", "inherit"], detached: true });
  const closed = once(child, "close");
  ends.push(async () => {
    child.kill("SIGKILL");
    await closed;
  });
  const broker = { url: `mqtts://${server.address}:8883`, username: heatPump, caFile };
  child.stdin.end(`${JSON.stringify({ ...broker, password: secrets[`mqtt_${heatPump}`] })}\n`);
  child.stdout.on("data", (text) => say(`The ESP32 says: ${String(text).trim()}`));
}

/** Whether the heat pump is there and online to somebody who has signed in at the page from outside, as often as it is asked. */
function lookAtPage(installed: Installed, signal: AbortSignal): () => Promise<boolean> {
  let cookie: string | undefined;
  return async () => {
    signal.throwIfAborted();
    cookie ??= await signInAtPage(installed, installed.secrets.heatloop_page);
    const devices = await ask(installed, "/heatloop/api/devices", { headers: { cookie } });
    return JSON.parse(devices.body).some(
      (each: { id: string; online: boolean }) => each.id === heatPump && each.online,
    );
  };
}

/** The path that a script prints which makes something once; undefined where it cannot be made, which the script says. */
async function pathOf(script: string, signal: AbortSignal): Promise<string | undefined> {
  const child = spawn(join(repository, script), { stdio: ["ignore", "pipe", "inherit"], signal });
  let printed = "";
  child.stdout.on("data", (text) => (printed += text));
  await once(child, "close");
  signal.throwIfAborted();
  return child.exitCode === 0 ? printed.trim().split("\n").at(-1) : undefined;
}

async function finished(command: string, words: readonly string[], signal: AbortSignal): Promise<void> {
  const child = spawn(command, words, { cwd: repository, stdio: ["ignore", "ignore", "inherit"], signal });
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`${command} ${words.join(" ")} ended with ${child.exitCode}`);
}
