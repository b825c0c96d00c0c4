import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** Plays a script, one command an item, and hands back the answers; see watchdog-program.cpp. */
export type Watchdog = (...script: readonly string[]) => string[];

/** The decisions of esphome/room_watchdog.h, compiled once for this computer, with every warning an error. */
export function compiledWatchdog(): Watchdog {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-watchdog-"));
  const program = join(folder, "watchdog");
  beforeAll(() => {
    const root = resolve(import.meta.dirname, "../..");
    const warnings = ["-Wall", "-Wextra", "-Werror", "-Wconversion"];
    const source = join(root, "test/esphome/watchdog-program.cpp");
    execFileSync("g++", ["-std=c++17", "-O1", ...warnings, `-I${join(root, "esphome")}`, source, "-o", program]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (...script) =>
    execFileSync(program, { input: `${script.join("\n")}\n`, encoding: "utf8" })
      .trimEnd()
      .split("\n");
}
