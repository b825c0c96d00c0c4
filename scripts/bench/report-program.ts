import { writeSync } from "node:fs";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { reportJson } from "@heatloop/ha-addon/report/json/json";
import { reportPartJson } from "@heatloop/ha-addon/report/json/parts";
import { defaultSettings } from "@heatloop/ha-addon/settings/settings";
import { systemClock } from "@heatloop/program/clock";
import { yearDevice, yearZone } from "./archive-zone.ts";

/**
 * What is measured: a whole report of a range by months, as the add-on makes it. Arguments: archive folder, first and last
 * date, data folder. Prints the milliseconds from the question to the answer, and the kB of its JSON and of the part
 * that the card's energy view asks for.
 */
const [archive = "", from = "", to = "", data = ""] = process.argv.slice(2);
const log = { debug() {}, info() {}, warn: complain, error: complain };
const clock = systemClock();
const { reports } = openArchiveReports({
  clock,
  log,
  files: openArchive({ folder: archive, log, clock }),
  folders: { archive, data },
  settings: { current: () => defaultSettings, onChange: () => () => undefined },
  homeAssistant: undefined,
  zone: () => yearZone,
  version: "bench",
});
const startedAt = performance.now();
const report = await reports.report(yearDevice, { from, to, unit: "month" }, yearZone.endOf("2031-12-31"));
const ms = performance.now() - startedAt;
const kbOf = (json: unknown) => Buffer.byteLength(JSON.stringify(json)) / 1000;
const energyKb = kbOf(reportPartJson("energy", report, yearZone));
const days = report.total.days.logged;
const periods = report.periods.length;
writeSync(1, `${JSON.stringify({ days, periods, ms, energyKb, wholeKb: kbOf(reportJson(report, yearZone)) })}\n`);

function complain(message: string): void {
  console.error(message);
}
