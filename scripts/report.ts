import { readFile } from "node:fs/promises";
import type { Report } from "@heatloop/core/report";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { version } from "@heatloop/ha-addon/base/version";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { reportCsv } from "@heatloop/ha-addon/report/csv";
import { reportHtml } from "@heatloop/ha-addon/report/html/html";
import { reportJson } from "@heatloop/ha-addon/report/json/json";
import { reportText } from "@heatloop/ha-addon/report/text";
import { defaultSettings, parseSettings, type Settings } from "@heatloop/ha-addon/settings/settings";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import { mistakeLine } from "@heatloop/program/mistakes";
import { runScript } from "./base/arguments.ts";
import { isFolder } from "./base/is-folder.ts";
import { type ReportArguments, readReportArguments, reportHelp } from "./report-arguments.ts";

// The reader of the output may have seen enough, such as `head`.
process.stdout.on("error", () => process.exit(0));
const read = readReportArguments(process.argv.slice(2), {
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG,
});
await runScript({ name: "scripts/report", help: reportHelp, read }, async (options) => {
  const result = await makeReport(options);
  if ("problem" in result) {
    console.error(result.problem);
    process.exitCode = 1;
    return;
  }
  for (const { file, line, problem } of result.report.archiveProblems) {
    console.error([file, line, problem].filter((part) => part !== null).join(":"));
  }
  process.stdout.write(formatReport(result.report, options));
});

/** The report, or a sentence why there is none. */
async function makeReport(
  options: ReportArguments,
): Promise<{ readonly report: Report } | { readonly problem: string }> {
  const { archive: folder, device, zone } = options;
  if (!(await isFolder(folder)))
    return { problem: `There is no folder ${folder}: --archive takes the folder that Heatloop logs into.` };
  const clock = systemClock();
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const files = openArchive({ folder, log, clock });
  const devices = await files.devices();
  if (!devices.includes(device)) {
    const known = devices.length === 0 ? "It is empty" : `Known: ${devices.join(", ")}`;
    return { problem: `The archive ${folder} has no device "${device}". ${known}.` };
  }
  const dates = await files.dates(device);
  const first = dates[0];
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return { problem: `The archive has no days of ${device} yet.` };
  const from = options.from ?? (options.to !== undefined && options.to < first ? options.to : first);
  const to = options.to ?? (from > last ? from : last);
  const settings = await settingsOf(options.settings);
  if ("problem" in settings) return settings;
  const { reports } = openArchiveReports({
    clock,
    log,
    files,
    folders: undefined,
    settings: { current: () => settings, onChange: () => () => undefined },
    homeAssistant: undefined,
    zone: () => zone,
    version,
  });
  const house = options.format === "json" || options.format === "html";
  const events = options.format !== "csv";
  const hours = options.format === "html";
  const report = await reports.report(device, { from, to, unit: options.unit, events, house, hours }, clock.now());
  if (report.total.days.logged === 0) {
    return {
      problem: `Nothing of ${device} was logged from ${from} to ${to}; its archive is from ${first} to ${last}.`,
    };
  }
  return { report };
}

async function settingsOf(file: string | undefined): Promise<Settings | { readonly problem: string }> {
  if (file === undefined) return defaultSettings;
  try {
    const { settings, mistakes } = parseSettings(JSON.parse(await readFile(file, "utf8")));
    if (mistakes.length === 0) return settings;
    return { problem: [`${file} has mistakes:`, ...mistakes.map(mistakeLine)].join("\n") };
  } catch (error) {
    return { problem: `--settings takes a settings.json of Heatloop; ${file} cannot be read: ${String(error)}` };
  }
}

function formatReport(report: Report, { format, language, decimal, zone, device }: ReportArguments): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(reportJson(report, zone), null, 2)}\n`;
    case "csv":
      return reportCsv(report, decimal);
    case "html":
      return reportHtml(report, { name: device, language });
    case "text":
      return reportText(report, { name: device, language });
  }
}
