import { parseArgs } from "node:util";
import { type ReportLanguage, reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { isDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { type ReportUnit, reportUnits } from "@heatloop/core/time/report-unit";
import { type Decimal, decimals } from "@heatloop/ha-addon/base/spreadsheet-csv";
import { languageOf } from "@heatloop/ha-addon/settings/report-language";

export const reportFormats = ["text", "html", "csv", "json"] as const;
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
  /** A settings.json for tariff, meter and house; undefined: what holds without one. */
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
  --settings FILE     settings.json of the add-on: tariff, meter, house (none: no cost is told)
  --help

Ends with 0, 1 where there is nothing to report, 2 where the arguments are wrong.
`;

const names = [
  "archive",
  "device",
  "from",
  "to",
  "by",
  "time-zone",
  "format",
  "language",
  "decimal",
  "settings",
] as const;
type Name = (typeof names)[number];

/** The command line: the arguments, `help`, or every problem at once, each saying what is allowed. */
export function readReportArguments(
  args: readonly string[],
  usual: { readonly timeZone: string; readonly language: string | undefined },
): ReportArguments | "help" | { readonly problems: readonly string[] } {
  const text = { type: "string" } as const;
  const { values, tokens } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(names.map((name) => [name, text])), help: { type: "boolean" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  if (values.help === true) return "help";
  const problems: string[] = [];
  const times = new Map<string, number>();
  for (const token of tokens) {
    if (token.kind === "positional") problems.push(`"${token.value}" is not known here: options begin with --`);
    if (token.kind !== "option") continue;
    if (!names.some((name) => name === token.name)) problems.push(`${token.rawName} is not an option`);
    times.set(token.rawName, (times.get(token.rawName) ?? 0) + 1);
  }
  for (const [name, count] of times) if (count > 1) problems.push(`${name} stands there ${count} times`);

  function given(name: Name): string | undefined {
    const value = values[name];
    if (value === undefined) return undefined;
    if (typeof value === "string" && value !== "") return value;
    problems.push(`--${name} takes a value`);
    return undefined;
  }
  function required(name: Name, what: string): string {
    if (values[name] === undefined) problems.push(`--${name} is missing: ${what}`);
    return given(name) ?? "";
  }
  function date(name: Name): string | undefined {
    const value = given(name);
    if (value !== undefined && !isDate(value)) {
      problems.push(`--${name} takes a date of the calendar such as 2026-01-31, not "${value}"`);
    }
    return value;
  }
  function choice<T extends string>(name: Name, choices: readonly T[]): T | undefined {
    const value = given(name);
    const chosen = choices.find((each) => each === value);
    if (value !== undefined && chosen === undefined) {
      problems.push(`--${name} takes one of ${choices.join(", ")}, not "${value}"`);
    }
    return chosen;
  }

  const archive = required("archive", "the folder of the archive");
  const device = required("device", "the id of a heat pump");
  const from = date("from");
  const to = date("to");
  if (from !== undefined && to !== undefined && isDate(from) && isDate(to) && to < from) {
    problems.push(`--to ${to} is before --from ${from}`);
  }
  const unit = choice("by", reportUnits);
  const timeZone = given("time-zone") ?? usual.timeZone;
  const zone = zoneOf(timeZone);
  if (zone === undefined) problems.push(`--time-zone takes a name such as Europe/Rome, not "${timeZone}"`);
  const format = choice("format", reportFormats) ?? "text";
  const language = choice("language", reportLanguages) ?? languageOf(usual.language?.replace(/[_.].*$/, ""));
  const decimal = choice("decimal", decimals) ?? "point";
  if (values.decimal !== undefined && format !== "csv") problems.push("--decimal goes with --format csv only");
  const settings = given("settings");
  if (problems.length > 0 || zone === undefined) return { problems };
  return { archive, device, from, to, zone, format, language, unit, decimal, settings };
}
