import { createHash } from "node:crypto";
import { languages } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { minutesHeader, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { columnNames } from "@heatloop/ha-addon/web/points";
import { discoveryPayload } from "@heatloop/mqtt-discovery/discovery";
import { builtPoints } from "@heatloop/simulator/firmware/entities";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import { readMap } from "#scripts/importing/mappings.ts";
import { exampleDevices } from "#scripts/making/examples.ts";

/** Prints, as JSON, what the programs make of the catalogue; objects' keys have no order. It is run in a copy of the sources. */

const startAt = Date.parse("2026-01-10T11:00:00Z");
const simulatedMs = 15 * 60_000;

/** What a house with two zones publishes, of moments each in alphabetical order. */
function simulated(): readonly string[] {
  const messages: string[] = [];
  const { open } = directWires((topic, payload, at) => messages.push(`${at} ${topic} ${payload}`));
  startSimulation({ startAt, zones: 2, openWire: open }).advanceTo(startAt + simulatedMs);
  return messages.sort();
}

function topics(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(pointIds.map((id) => [id, languages.map((language) => stateTopic("p", id, language))]));
}

const messages = simulated();
const results = {
  /** In their order. */
  rows: pointIds,
  results: {
    columns: [minutesHeader, transitionsHeader, loggedPoints, columnNames],
    discovery: Object.values(exampleDevices).map(discoveryPayload),
    topics: topics(),
    built: ([1, 2] as const).map((zones) => new Set<PointId>(builtPoints(zones)).size),
    suggested: readMap("sensor.x=zone_3_temperature"),
    messages: [messages.length, createHash("sha256").update(messages.join("\n")).digest("hex")],
  },
};
process.stdout.write(JSON.stringify(results));
