import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { hasEsphome, runEsphome } from "./esphome.ts";
import { stubFirmware } from "./stub-firmware.ts";

const packages = resolve(import.meta.dirname, "../../esphome");

/** A device of ESPHome's for this computer instead of an ESP32, which has no Wi-Fi and no MQTT, with both watchdogs. */
function hostFolder(): string {
  const folder = temporaryFolder();
  for (const file of ["room-watchdog.yaml", "room_watchdog.h"]) cpSync(join(packages, file), join(folder, file));
  const { base, zone2 } = stubFirmware("esp32", "en");
  const stubs = [parse(base), parse(zone2)];
  const needed = Object.fromEntries(
    ["number", "select", "sensor"].map((platform) => [
      platform,
      stubs
        .flatMap((stub) => stub[platform] ?? [])
        .filter(({ id }: { readonly id: string }) => /^temperature_feedback|^z\d_room_temp$/.test(id)),
    ]),
  );
  const device = { esphome: { name: "watchdog" }, host: {}, logger: {}, ...needed };
  const watchdog = (zone: number) =>
    `  watchdog_z${zone}: !include {file: room-watchdog.yaml, vars: {zone: "${zone}"}}\n`;
  writeFileSync(join(folder, "heatloop.yaml"), `${stringify(device)}packages:\n${watchdog(1)}${watchdog(2)}`);
  return folder;
}

describe.skipIf(!hasEsphome())("the C++ that ESPHome generates for the watchdog", () => {
  it("compiles against ESPHome's own headers without a warning", () => {
    const folder = hostFolder();
    expect(runEsphome(folder, "compile", "--only-generate").written).toContain("Successfully generated source code.");
    const source = join(folder, ".esphome/build/watchdog/src");
    // What it was generated from stands in it by the name that the launcher gave it.
    const main = readFileSync(join(source, "main.cpp"), "utf8").replace(/^#line .*$/gm, "");
    writeFileSync(join(source, "main.cpp"), main);
    const options = ["-std=gnu++20", "-DUSE_HOST", "-Wall", "-Werror", "-fsyntax-only"];
    execFileSync("g++", [...options, `-I${source}`, join(source, "main.cpp")], { encoding: "utf8" });
  }, 120_000);
});
