import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The launcher that scripts/install-esphome made, or undefined where it was not run. */
export function installedEsphome(): string | undefined {
  const named = process.env.HEATLOOP_ESPHOME;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`HEATLOOP_ESPHOME names ${named}, which is not there`);
    return named;
  }
  const cache = process.env.HEATLOOP_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "heatloop");
  if (!existsSync(cache)) return undefined;
  const made = readdirSync(cache).filter((name) => name.startsWith("esphome-"));
  const launchers = made.map((name) => join(cache, name, "esphome")).filter((launcher) => existsSync(launcher));
  return launchers.sort().at(-1);
}

/** Whether it is there; prints a warning where it is not. */
export function hasEsphome(): boolean {
  if (installedEsphome() !== undefined) return true;
  console.warn("\nSKIPPED: no ESPHome here. Run scripts/install-esphome to try the ESP32's YAML.\n");
  return false;
}

/** Runs ESPHome on heatloop.yaml of a folder; hands back its exit code and what it wrote. */
export function runEsphome(folder: string, ...words: readonly string[]) {
  const launcher = installedEsphome() ?? "esphome";
  const { status, stdout, stderr } = spawnSync(launcher, [folder, ...words, join(folder, "heatloop.yaml")], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, written: `${stdout}${stderr}` };
}
