/**
 * The packages of the gekkekoe firmware that have entities (its confs/*.yaml), those of esphome/ in this project, and the builds that include them: every one,
 * those with two zones, those for the firmware's developers, or those of owners who chose the package.
 */
export const firmwarePackages = {
  base: "every",
  energy: "every",
  "cpu-monitoring": "every",
  "request-codes": "every",
  "auto-adaptive": "every",
  esp32s3: "every",
  zone1: "every",
  "server-control-z1": "every",
  zone2: "two_zones",
  "server-control-z2": "two_zones",
  debug: "developers",
  "wifi-base": "every",
  "asgard-thermostat": "chosen",
  "asgard-sensors": "chosen",
  slave: "chosen",
  ota: "chosen",
  "room-watchdog": "chosen",
  diagnostics: "chosen",
} as const satisfies Record<string, "every" | "two_zones" | "developers" | "chosen">;

export type FirmwarePackage = keyof typeof firmwarePackages;
