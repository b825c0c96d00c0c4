import { writeSync } from "node:fs";
import { minuteReading } from "@heatloop/ha-addon/archive/csv/csv-minute-files";
import { dayCache } from "@heatloop/ha-addon/archive/day-cache";
import type { DaySummary } from "@heatloop/ha-addon/archive/day-summaries";
import { archiveDays } from "@heatloop/ha-addon/archive/days";
import { yearDevice, yearZone } from "./archive-zone.ts";
import { highestResidentMb } from "./highest-resident.ts";

/**
 * What is measured: the days of a range from the archive alone, as the add-on reads them. Arguments: archive folder,
 * first and last date, folder of summaries or nothing. Prints how many days, their heat and electricity, and the
 * milliseconds from the question to the answer.
 */
const [folder = "", from = "", to = "", summaries = ""] = process.argv.slice(2);
const log = { debug() {}, info() {}, warn: complain, error: complain };
const files = minuteReading(folder);
const kept =
  summaries === "" ? undefined : dayCache<DaySummary>({ folder: summaries, name: "days", version: "bench", log });
const read = archiveDays({ files, zone: () => yearZone, summaries: kept });
const startedAt = performance.now();
const { days, problems } = await read(yearDevice, from, to, yearZone.endOf("2031-12-31"));
const ms = performance.now() - startedAt;
const heatWh = days.reduce((sum, day) => sum + (day.heatWh ?? 0), 0);
const electricityWh = days.reduce((sum, day) => sum + (day.electricityWh ?? 0), 0);
const maxRssMb = highestResidentMb();
// A console would first make a stream of its own.
writeSync(
  1,
  `${JSON.stringify({ days: days.length, heatWh, electricityWh, problems: problems.length, ms, maxRssMb })}\n`,
);

function complain(message: string): void {
  console.error(message);
}
