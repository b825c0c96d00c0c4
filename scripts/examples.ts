import { readFile, writeFile } from "node:fs/promises";
import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { availabilityTopic } from "@heatloop/core/catalogue/topics";
import { type AnnouncedDevice, discoveryPayload } from "@heatloop/mqtt-discovery/discovery";

/**
 * Writes the examples in mqtt-discovery/examples anew (`node scripts/examples.ts`): what Home Assistant is told about
 * two typical heat pumps. A test fails where they are stale.
 */

const optionalPackages = /^(virtual_thermostat|thermostat_hysteresis|manual_relay|ds18x20|firmware_)|solver_dhw|slave/;
const zone2Only: ReadonlySet<string> = new Set<PointId>(["mixing_valve_status", "three_way_valve_2", "water_pump_3"]);
// The settings of zone 2 are in the firmware's auto-adaptive.yaml, which every device has.
const zone2Settings = /(_(max|min)|room_feedback|room_source)_zone_2$/;

function isInZone2File(point: PointId): boolean {
  return zone2Only.has(point) || (point.includes("zone_2") && !zone2Settings.test(point));
}

const standard = pointIds.filter((point) => !optionalPackages.test(point) && pointOf(point).component !== "button");

const oneZone: AnnouncedDevice = {
  device: "ecodan-heatpump",
  prefix: "ecodan-heatpump",
  language: "en",
  points: new Set(standard.filter((point) => !isInZone2File(point) && pointOf(point).absent !== 25)),
  installation: "3f9a1c07",
  availabilityTopics: [availabilityTopic("ecodan-heatpump")],
  own: true,
  currency: "EUR",
  version: "0.1.0",
  espVersion: "2026.7.1",
};

const twoZones: AnnouncedDevice = {
  device: "home_waermepumpe",
  prefix: "home/waermepumpe",
  name: "Wärmepumpe",
  language: "de",
  points: new Set(standard),
  installation: "3f9a1c07",
  availabilityTopics: [availabilityTopic("home/waermepumpe")],
  own: true,
  version: "0.1.0",
  espVersion: "2026.7.1",
  configurationUrl: "http://homeassistant.local:8123/hassio/ingress/heatloop",
};

/** The devices of the examples by their file. */
export const exampleDevices: Readonly<Record<string, AnnouncedDevice>> = {
  "one-zone-english.json": oneZone,
  "two-zones-german.json": twoZones,
};

const folder = new URL("../mqtt-discovery/examples/", import.meta.url);

export function exampleText(device: AnnouncedDevice): string {
  return `${JSON.stringify(discoveryPayload(device), null, 2)}\n`;
}

export async function readExample(file: string): Promise<string> {
  return readFile(new URL(file, folder), "utf8");
}

if (import.meta.main) {
  for (const [file, device] of Object.entries(exampleDevices)) {
    await writeFile(new URL(file, folder), exampleText(device));
    console.log(`mqtt-discovery/examples/${file}`);
  }
}
