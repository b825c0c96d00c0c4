import { type ReportLanguage, reportLanguages } from "@heatloop/core/catalogue/report-languages";
import type { Zone } from "@heatloop/core/time/local-day";
import { type ReportUnit, reportUnits } from "@heatloop/core/time/report-unit";
import { type Decimal, decimals } from "@heatloop/ha-addon/base/spreadsheet-csv";
import { languageOf } from "@heatloop/ha-addon/settings/report-language";
import {
  type CommandLine,
  choice,
  date,
  dateOrderProblems,
  readOptions,
  required,
  text,
  textOption,
  timeZone,
} from "./base/arguments.ts";

const reportFormats = ["text", "html", "csv", "json"] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** What `scripts/report` was asked to do. */
export type ReportArguments = {
  readonly archive: string;
  readonly device: string;
  /** Local dates, both included; undefined: the first or the last one of the archive. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly zone: Zone;
  readonly format: ReportFormat;
  readonly language: ReportLanguage;
  /** Undefined: by the length of the range. */
  readonly unit: ReportUnit | undefined;
  readonly decimal: Decimal;
  /** A settings.json for tariff, meter and house; undefined: the default settings. */
  readonly settings: string | undefined;
};

export const reportHelp = `Usage: scripts/report --archive DIR --device ID [options]

The energy report of a heat pump, from its archive (and settings), to the standard output.

  --archive DIR       folder of the archive: DIR/<device>/<year>/<date>.csv
  --device ID         whose report it is
  --from DATE         first local date, 2026-01-01 (the first of the archive)
  --to DATE           last local date, included (the last of the archive)
  --by UNIT           ${reportUnits.join(", ")} (by the length of the range)
  --time-zone NAME    whose days count, Europe/Rome (this machine's)
  --format FORMAT     ${reportFormats.join(", ")} (text)
  --language CODE     ${reportLanguages.join(", ")} (that of LANG)
  --decimal SIGN      of csv: ${decimals.join(", ")} (point); comma parts the cells by ;
  --settings FILE     settings.json of the add-on: tariff, meter, house (none: no cost is shown)
  --help

Ends with 0, 1 where there is nothing to report, 2 where the arguments are wrong.
`;

const options = (defaultTimeZone: string) => ({
  archive: textOption(required("the folder of the archive", text)),
  device: textOption(required("the id of a heat pump", text)),
  from: textOption(date.optional()),
  to: textOption(date.optional()),
  by: textOption(choice(reportUnits).optional()),
  "time-zone": textOption(timeZone.prefault(defaultTimeZone)),
  format: textOption(choice(reportFormats).default("text")),
  language: textOption(choice(reportLanguages).optional()),
  decimal: textOption(choice(decimals).optional()),
  settings: textOption(text.optional()),
});

/** Reads the command line of `scripts/report`. `defaults`: this machine's time zone and language (as LANG has it). */
export function readReportArguments(
  args: readonly string[],
  defaults: { readonly timeZone: string; readonly language: string | undefined },
): CommandLine<ReportArguments> {
  const read = readOptions(args, options(defaults.timeZone), ({ from, to, decimal, format }) => [
    ...dateOrderProblems({ from, to }),
    ...(decimal !== undefined && format !== undefined && format !== "csv"
      ? ["--decimal goes with --format csv only"]
      : []),
  ]);
  if (read === "help" || "problems" in read) return read;
  const { by: unit, "time-zone": zone, decimal = "point", ...values } = read;
  const language = read.language ?? languageOf([defaults.language?.replace(/[_.].*$/, "") ?? ""]);
  return { ...values, unit, zone, decimal, language };
}
