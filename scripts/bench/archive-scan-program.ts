import { writeSync } from "node:fs";
import { daySums } from "@heatloop/core/energy/day-sums";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { figures } from "@heatloop/core/minute/figures";
import { readDays, scannersNeeded } from "@heatloop/ha-addon/archive/columns";
import { minuteReading } from "@heatloop/ha-addon/archive/csv/csv-minute-files";
import { openScanners } from "@heatloop/ha-addon/archive/scan/open-scanners";
import { yearDevice, yearZone } from "./archive-zone.ts";
import { highestResidentMb } from "./highest-resident.ts";

/**
 * The archive's reading alone: each day's columns summed up, as archive-year.c does it,
 * without the rest of what a day's report is made of. Arguments: archive folder, first and last date.
 */
const [folder = "", from = "", to = ""] = process.argv.slice(2);
const files = minuteReading(folder);
const scanners = openScanners(scannersNeeded);
const reading = readDays({
  files: files.minuteFiles(yearDevice, from, to).files,
  load: files.load,
  zone: yearZone,
  scanners,
  formula: usualHeatFormula,
  report: (_date, { problem }) => console.error(problem),
});
let days = 0;
let heatWh = 0;
let electricityWh = 0;
let known = 0;
for await (const { columns } of reading) {
  const sums = daySums(columns, scanners.passesOf(columns));
  days += 1;
  heatWh += Math.round(sums.figures.heat_wh);
  electricityWh += Math.round(sums.figures.electricity_wh);
  for (const figure of figures) if (sums.known[figure]) known += 1;
}
// A console would first make a stream of its own.
writeSync(1, `${JSON.stringify({ days, heatWh, electricityWh, known, maxRssMb: highestResidentMb() })}\n`);
