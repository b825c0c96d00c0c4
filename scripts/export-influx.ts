import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type Archive, typedArchive } from "@heatloop/ha-addon/archive/archive";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { influxRows, linesOf } from "@heatloop/ha-addon/influx/influx-rows";
import { sendDate } from "@heatloop/ha-addon/sending/send-unsent";
import { nothingSent, readSentDates } from "@heatloop/ha-addon/sending/sent-dates";
import { unsentRows } from "@heatloop/ha-addon/sending/unsent-rows";
import { backoffMs } from "@heatloop/program/backoff";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import { runScript } from "./base/arguments.ts";
import { isFolder } from "./base/is-folder.ts";
import { progressBar } from "./base/progress-bar.ts";
import { type ExportArguments, exportHelp, readExportArguments, secretVariable } from "./export-influx-arguments.ts";

/** A server that is busy gets some minutes. */
const mostAttempts = 8;
const linesAtOnce = 1000;

const clock = systemClock();
const nameOf = () => undefined;
const read = readExportArguments(process.argv.slice(2), {
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
await runScript({ name: "scripts/export-influx", help: exportHelp, read }, async (options) => {
  try {
    process.exitCode = await run(options);
  } catch (error) {
    console.error(`The export failed: ${(error as Error).message}. What was sent stays; run it again to go on.`);
    process.exitCode = 1;
  }
});

type DateToExport = { readonly device: string; readonly date: string };

/** Exports, prints the result, and hands back the exit code. */
async function run(options: ExportArguments): Promise<number> {
  const { archive: folder, zone, file } = options;
  if (!(await isFolder(folder))) {
    console.error(`There is no folder ${folder}: --archive takes the folder that Heatloop logs into.`);
    return 1;
  }
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const files = openArchive({ folder, log, clock });
  const archive = typedArchive(files, () => zone);
  const dates = await datesOf(files, options);
  if (dates.length === 0) {
    console.error("There are no rows of that range in the archive.");
    return 1;
  }
  const draw = process.stderr.isTTY ? progressBar("Exporting", process.stderr) : () => undefined;
  const done = (count: number) => draw(count / dates.length);
  return file === undefined ? toServer(options, archive, dates, done) : toFile(options, file, archive, dates, done);
}

async function datesOf(files: CsvFiles, { device, from = "", to = "9999-99-99" }: ExportArguments) {
  const dates: DateToExport[] = [];
  for (const each of device === undefined ? await files.devices() : [device]) {
    const ofDevice = (await files.dates(each)).filter((date) => date >= from && date <= to);
    dates.push(...ofDevice.map((date) => ({ device: each, date })));
  }
  return dates;
}

async function toFile(
  { zone, influx }: ExportArguments,
  file: string,
  archive: Archive,
  dates: readonly DateToExport[],
  done: (count: number) => void,
): Promise<number> {
  const output: Writable = file === "-" ? process.stdout : createWriteStream(file);
  const written = file === "-" ? undefined : finished(output);
  // A file that cannot be written is told at the end.
  written?.catch(() => undefined);
  let lines = 0;
  for (const [i, { device, date }] of dates.entries()) {
    const target = { formsOf: linesOf({ settings: influx, nameOf }) };
    const unsent = unsentRows({ archive, device, date, zone, target, sent: nothingSent, mostRows: linesAtOnce });
    for await (const piece of unsent) {
      lines += piece.rows.length;
      const text = piece.rows.map((line) => `${line}\n`).join("");
      if (!output.write(text)) await Promise.race([written, new Promise((drained) => output.once("drain", drained))]);
    }
    done(i + 1);
  }
  if (written !== undefined) {
    output.end();
    await written;
    console.log(`${lines} rows are in ${file}.`);
  }
  return 0;
}

async function toServer(
  options: ExportArguments,
  archive: Archive,
  dates: readonly DateToExport[],
  done: (count: number) => void,
): Promise<number> {
  const { zone, influx } = options;
  const secret = await secretOf(options);
  const hidden = (text: string) => (secret === undefined ? text : text.replaceAll(secret, "***"));
  const target = influxRows({ settings: influx, secret, clock, nameOf });
  let rows = 0;
  for (const [i, { device, date }] of dates.entries()) {
    let sent = readSentDates(undefined, "");
    for (let attempt = 0; ; attempt += 1) {
      const result = await sendDate(
        { zone: () => zone, archive },
        {
          ...{ device, date, sent: () => sent },
          keep(changed, count) {
            sent = changed;
            rows += count;
          },
          look: {
            target,
            ended: new AbortController().signal,
            onRowsRefused: (why) => console.error(`${date}: some rows are left out: ${hidden(why)}`),
          },
        },
      );
      if (result === undefined || result.kind === "all_sent" || result.kind === "broken_off") break;
      if (result.kind === "refused" || attempt + 1 >= mostAttempts) {
        console.error(`${hidden(result.why)}. ${rows} rows were sent; --from ${date} goes on with ${device}.`);
        return 1;
      }
      const waitMs = Math.max(backoffMs(attempt, secondMs, minuteMs), result.retryAfterMs ?? 0);
      console.error(`${hidden(result.why)}; trying again in ${Math.ceil(waitMs / secondMs)} s`);
      await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    }
    done(i + 1);
  }
  console.log(`${rows} rows were sent.`);
  return 0;
}

async function secretOf({ secretFile }: ExportArguments): Promise<string | undefined> {
  const secret = secretFile === undefined ? process.env[secretVariable] : (await readFile(secretFile, "utf8")).trim();
  return secret === "" ? undefined : secret;
}
