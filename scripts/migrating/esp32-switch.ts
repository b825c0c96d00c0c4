import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, readFile, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { replaceFile } from "@heatloop/ha-addon/base/durable-file";
import { isFile } from "../base/is-folder.ts";
import { CannotMigrate } from "./both-archives.ts";
import { secretsForServer } from "./esp32-secrets.ts";
import { bridgeTopic, enter, type HeardThere, listenThere, type ServerDoor } from "./server-door.ts";

/** The folder of the ESP32's ESPHome files, and the program that flashes it; without `esphome` the person does so. */
export type Esp32 = {
  readonly folder: string;
  readonly file: string;
  readonly esphome: string | undefined;
};

type Tell = (line: string) => void;

const secretsName = "secrets.yaml";
const keptName = "secrets.before-migration.yaml";
const personMs = 30 * minuteMs;
/** A restart over Wi-Fi takes a minute at most. */
const restartMs = 5 * minuteMs;

/**
 * Moves the ESP32 to the new server. Everything that can be wrong is found before anything is changed; where the firmware cannot
 * be built, secrets.yaml is as it was. Throws `CannotMigrate` with what to do.
 */
export async function switchEsp32(esp32: Esp32, door: ServerDoor, tell: Tell): Promise<void> {
  const [secrets, kept] = [join(esp32.folder, secretsName), join(esp32.folder, keptName)];
  if (await isFile(kept)) {
    throw new CannotMigrate(`${kept} is there: the ESP32 was switched already. \`scripts/migrate back\` goes back.`);
  }
  const fresh = secretsForServer(await readSecrets(secrets), door);
  if ("problem" in fresh) throw new CannotMigrate(`${secrets} ${fresh.problem}.`);
  const client = await enter(door);
  try {
    const heard = await listenThere(client, door.heatPump);
    tell("The new server lets the ESP32 in.");
    await copyFile(secrets, kept);
    await replaceFile(secrets, fresh.text, undefined, 0o600);
    try {
      await esphome(esp32, "compile", tell);
      await waitForBridgeToEnd(heard, door, tell);
    } catch (error) {
      await rename(kept, secrets);
      throw error;
    }
    await flash(esp32, heard, tell);
  } finally {
    await client.endAsync(true);
  }
}

/** Goes back to the broker that the ESP32 was at before. Throws `CannotMigrate` where it was not switched. */
export async function switchBack(esp32: Esp32, tell: Tell): Promise<void> {
  const [secrets, kept] = [join(esp32.folder, secretsName), join(esp32.folder, keptName)];
  if (!(await isFile(kept))) {
    throw new CannotMigrate(`There is no ${kept}: the ESP32 was not switched from here, or is back already.`);
  }
  const wasHere = await readSecrets(kept);
  await replaceFile(secrets, wasHere, undefined, 0o600);
  await esphome(esp32, "compile", tell);
  await esphome(esp32, "upload", tell);
  if (esp32.esphome === undefined) tell(`${secrets} is what it was: install ${esp32.file} from ESPHome now.`);
  else tell("The ESP32 is back at its broker of before.");
  await unlink(kept);
}

/** Nothing may come over the bridge any more once the old broker has not heard the ESP32: what it keeps gets old. */
async function waitForBridgeToEnd(heard: HeardThere, { heatPump }: ServerDoor, tell: Tell): Promise<void> {
  if (heard.isBridged() === true) {
    tell("End the bridge: take heatloop-bridge.conf away from the old broker and restart it. Waiting for that ...");
  }
  if (await heard.bridgeAway(personMs)) return;
  throw new CannotMigrate(
    `The bridge is still there (${bridgeTopic(heatPump)} is 1 at the new server), so nothing was switched: end it and run this again.`,
  );
}

async function flash(esp32: Esp32, heard: HeardThere, tell: Tell): Promise<void> {
  if (esp32.esphome === undefined) {
    tell(`secrets.yaml names the new server: install ${esp32.file} from ESPHome now. Waiting for the ESP32 there ...`);
  }
  const reported = heard.nextReport(esp32.esphome === undefined ? personMs : restartMs);
  await esphome(esp32, "upload", tell);
  if (!(await reported)) {
    throw new CannotMigrate(
      "The ESP32 was not heard at the new server: its log says why (`esphome logs`). `scripts/migrate back` goes back.",
    );
  }
  tell("The ESP32 reports to the new server.");
}

async function esphome(
  { esphome: program, folder, file }: Esp32,
  what: "compile" | "upload",
  tell: Tell,
): Promise<void> {
  if (program === undefined) return;
  tell(`${program} ${what} ${file} ...`);
  const child = spawn(program, [what, file], { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(child, "exit").catch((error: Error) => {
    throw new CannotMigrate(`${program} cannot be run (${error.message}): --esphome takes ESPHome's program.`);
  });
  if (code !== 0)
    throw new CannotMigrate(`${program} ${what} failed; it says why above. Run this again once it is mended.`);
}

async function readSecrets(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => {
    throw new CannotMigrate(
      `There is no ${file}: --esp32 takes the folder with the ESP32's heatloop.yaml and secrets.yaml.`,
    );
  });
}
