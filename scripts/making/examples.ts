import { writeFile } from "node:fs/promises";
import { firmwarePackages } from "@heatloop/core/catalogue/firmware-packages";
import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { availabilityTopic } from "@heatloop/core/catalogue/topics";
import { type AnnouncedDevice, discoveryPayload } from "@heatloop/mqtt-discovery/discovery";

/**
 * Writes the examples in mqtt-discovery/examples anew (`npm run examples`): what is published to Home Assistant about
 * two typical heat pumps. A test fails where they are stale.
 */

const standard = pointIds.filter((id) => buildOf(id) !== "chosen" && pointOf(id).component !== "button");

function buildOf(id: PointId) {
  return firmwarePackages[pointOf(id).package];
}

const oneZone: AnnouncedDevice = {
  device: "ecodan-heatpump",
  prefix: "ecodan-heatpump",
  language: "en",
  points: new Set(standard.filter((id) => buildOf(id) !== "two_zones" && pointOf(id).absent !== 25)),
  installation: "3f9a1c07",
  availabilityTopics: [availabilityTopic("ecodan-heatpump")],
  own: true,
  currency: "EUR",
  version: "0.1.0",
  firmwareVersion: "2026.7.2",
  controllerVersion: "FTC6",
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
  isScheduled: true,
  version: "0.1.0",
};

/** The devices of the examples by their file. */
export const exampleDevices: Readonly<Record<string, AnnouncedDevice>> = {
  "one-zone-english.json": oneZone,
  "two-zones-german.json": twoZones,
};

const folder = new URL("../../mqtt-discovery/examples/", import.meta.url);

export function exampleText(device: AnnouncedDevice): string {
  return `${JSON.stringify(discoveryPayload(device), null, 2)}\n`;
}

if (import.meta.main) {
  for (const [file, device] of Object.entries(exampleDevices)) {
    await writeFile(new URL(file, folder), exampleText(device));
    console.log(`mqtt-discovery/examples/${file}`);
  }
}
