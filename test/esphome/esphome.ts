import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installedProgram } from "#test/support/installed-program.ts";

/** The launcher that scripts/install-esphome made, or undefined where it was not run. */
export function installedEsphome(): string | undefined {
  return installedProgram({ variable: "HEATLOOP_ESPHOME", name: "esphome", path: "esphome" });
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
