import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Language, languages } from "@heatloop/core/catalogue/languages";
import { brokerForEsp32 } from "@heatloop/ha-addon/first-run/broker-address";
import { mqttBlock } from "@heatloop/ha-addon/first-run/mqtt-block";
import { roomFeedSchema } from "@heatloop/ha-addon/settings/room-feed-settings";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { hasEsphome, runEsphome } from "./esphome.ts";
import { type Board, boardNames, stubFirmware } from "./stub-firmware.ts";

const packages = resolve(import.meta.dirname, "../../esphome");
const fileOf = (name: string) => readFileSync(join(packages, name), "utf8");

type Variant = { readonly board: Board; readonly zones: 1 | 2; readonly language: Language };
const variants: Variant[] = [
  ...boardNames.map((board) => ({ board, zones: 1, language: "en" }) as const),
  ...languages.map((language) => ({ board: "esp32s3", zones: 2, language }) as const),
];

const certificate = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----";

/** A user's folder of ESPHome as the documentation tells to make it, with the stub in place of the firmware. */
function userFolder({ board, zones, language }: Variant): string {
  const folder = temporaryFolder();
  cpSync(packages, folder, { recursive: true });
  cpSync(join(packages, "secrets.example.yaml"), join(folder, "secrets.yaml"));
  const { base, zone2 } = stubFirmware(board, language);
  writeFileSync(join(folder, "firmware.yaml"), base);
  writeFileSync(join(folder, "firmware-zone-2.yaml"), zone2);
  const chosen = fileOf("heatloop.yaml")
    .replace("board: esp32s3", `board: ${board}`)
    .replace('zones: "1"', `zones: "${zones}"`)
    .replace("language: en", `language: ${language}`);
  writeFileSync(join(folder, "heatloop.yaml"), chosen);
  return folder;
}

describe.skipIf(!hasEsphome())("ESPHome", () => {
  it.each(variants)(
    "accepts the user file for %j",
    (variant) => {
      const { code, written } = runEsphome(userFolder(variant), "config");
      expect(written).toContain("Configuration is valid!");
      expect(code).toBe(0);
      expect(written).not.toMatch(/^WARNING/m);
      for (const line of ["log_topic: null", "discovery: false", "reboot_timeout: 0s", "publish_nan_as_none: true"]) {
        expect(written).toContain(line);
      }
      expect(written.match(/name: Room watchdog z\d/g)).toHaveLength(variant.zones);
    },
    60_000,
  );

  it.each([
    ["plain", { url: "mqtt://192.168.1.10" }, null],
    ["TLS and the authority of our own connection", { url: "mqtts://broker.example.net" }, certificate],
    ["TLS and an authority to be filled in", { url: "mqtts://broker.example.net" }, null],
    ["an address to be filled in", { url: "mqtt://core-mosquitto" }, null],
  ])(
    "accepts the block that a first run offers: %s",
    (_, place, ca) => {
      const folder = userFolder({ board: "esp32s3", zones: 1, language: "en" });
      const file = join(folder, "heatloop.yaml");
      const { tls, ...broker } = brokerForEsp32(place, { homeAssistant: [], machine: [] });
      const own = readFileSync(file, "utf8").replace(/^ +mqtt: !include mqtt-tls\.yaml\n/m, "");
      writeFileSync(file, `${own}\n${mqttBlock({ ...broker, tls }, ca)}`);
      const { code, written } = runEsphome(folder, "config");
      expect(written).toContain("Configuration is valid!");
      expect(code).toBe(0);
      expect(written).not.toMatch(/^WARNING/m);
      expect(written).toContain(`port: ${broker.port}`);
      expect(written).toContain(
        broker.address === null ? "broker: !secret 'mqtt_broker'" : `broker: ${broker.address}`,
      );
      expect(written.includes("certificate_authority")).toBe(tls);
    },
    60_000,
  );

  it("generates C++ in which both zones judge what is fed, and keep nothing of it over a restart", () => {
    const folder = userFolder({ board: "esp32s3", zones: 2, language: "de" });
    const { code, written } = runEsphome(folder, "compile", "--only-generate");
    expect(written).toContain("Successfully generated source code.");
    expect(code).toBe(0);
    const main = readFileSync(join(folder, ".esphome/build/ecodan-heatpump/src/main.cpp"), "utf8");
    for (const zone of [1, 2]) {
      expect(main).toContain(`heatloop::feed(heatloop::zone_of(${zone}), limits, x)`);
      expect(main).toContain(`temperature_feedback_z${zone}->set_restore_value(false)`);
      expect(main).toContain(`temperature_feedback_z${zone}->set_optimistic(false)`);
    }
  }, 120_000);

  it("refuses a board that the firmware does not have, and names the file", () => {
    const folder = userFolder({ board: "esp32s3", zones: 1, language: "en" });
    const file = join(folder, "heatloop.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace('zones: "1"', 'zones: "3"'));
    const { code, written } = runEsphome(folder, "config");
    expect(code).not.toBe(0);
    expect(written).toContain("zones-3.yaml");
  }, 60_000);
});

describe("the limits of the watchdog", () => {
  it("are the defaults of the app's room feed", () => {
    const { substitutions } = parse(fileOf("room-watchdog.yaml"), { logLevel: "silent" });
    const { hold_min, min_c, max_c, jump_k, change_k_per_h } = roomFeedSchema.parse({});
    const limits = { hold_min, min_c, max_c, jump_k, change_k_per_h };
    for (const [name, value] of Object.entries(limits)) expect(Number(substitutions[`room_${name}`])).toBe(value);
    const header = fileOf("room_watchdog.h");
    for (const [name, value] of Object.entries(limits)) expect(header).toContain(`float ${name} = ${value};`);
  });
});
