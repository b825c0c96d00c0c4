import type { Zone } from "@heatloop/core/time/local-day";
import { type InfluxSettings, influxSchema } from "@heatloop/ha-addon/settings/influx-settings";
import { check } from "@heatloop/program/mistakes";
import { z } from "zod";
import {
  type CommandLine,
  checkOptions,
  choice,
  date,
  dateOrderProblems,
  listOption,
  required,
  splitArguments,
  text,
  textOption,
  timeZone,
} from "./base/arguments.ts";

/** What `scripts/export-influx` was asked to do. */
export type ExportArguments = {
  readonly archive: string;
  /** Undefined: every heat pump of the archive. */
  readonly device: string | undefined;
  /** Local dates, both included; undefined: the first or the last one of the archive. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly zone: Zone;
  /** A file of line protocol; undefined: it goes to the server. */
  readonly file: string | undefined;
  readonly influx: InfluxSettings;
  /** File with the password or token; undefined: it is in the environment, or there is none. */
  readonly secretFile: string | undefined;
};

/** Where the password or token is, if not in a file. */
export const secretVariable = "HEATLOOP_INFLUX_SECRET";

export const exportHelp = `Usage: scripts/export-influx --archive DIR (--url URL ... | --file FILE) [options]

Sends the rows of an archive to InfluxDB, or writes them as line protocol. Rows that are there already are overwritten
by the same, so it may run beside Heatloop, and again.

  --archive DIR       folder of the archive: DIR/<device>/<year>/<date>.csv
  --device ID         of this heat pump only (all)
  --from DATE         first local date, 2026-01-01 (the first of the archive)
  --to DATE           last local date, included (the last of the archive)
  --time-zone NAME    whose days count, Europe/Rome (this machine's)
  --tag NAME=VALUE    a tag of your own, once for each

To a server
  --url URL           such as http://192.168.1.10:8086
  --api VERSION       1 or 2 (2)
  --database NAME     of version 1
  --retention-policy NAME   of version 1 (the database's own)
  --username NAME     of version 1 (it does not log in)
  --bucket NAME       of version 2
  --organization NAME of version 2
  --secret-file FILE  the password or token (or in ${secretVariable})

To a file
  --file FILE         line protocol with times in ms; - for the standard output

  --help

Ends with 0, 1 where not all was sent or nothing was found, 2 where the arguments are wrong.
`;

const tag = z.string().transform((given, context) => {
  const [name = "", ...value] = given.split("=");
  if (value.length > 0) return { name, value: value.join("=") };
  context.addIssue({ code: "custom", message: `takes NAME=VALUE, not "${given}"` });
  return z.NEVER;
});

const serverOptions = {
  url: textOption(text.optional()),
  api: textOption(choice(["1", "2"]).optional()),
  database: textOption(text.optional()),
  "retention-policy": textOption(text.optional()),
  username: textOption(text.optional()),
  bucket: textOption(text.optional()),
  organization: textOption(text.optional()),
  "secret-file": textOption(text.optional()),
};

const commonOptions = (defaultTimeZone: string) => ({
  archive: textOption(required("the folder of the archive", text)),
  device: textOption(text.optional()),
  from: textOption(date.optional()),
  to: textOption(date.optional()),
  "time-zone": textOption(z.string().default(defaultTimeZone).pipe(timeZone)),
  tag: listOption(z.array(tag)),
  file: textOption(text.optional()),
});

/** Reads the command line of `scripts/export-influx`; `timeZone` is this machine's. */
export function readExportArguments(
  args: readonly string[],
  defaults: { readonly timeZone: string },
): CommandLine<ExportArguments> {
  const options = { ...commonOptions(defaults.timeZone), ...serverOptions };
  const { words, given, problems } = splitArguments(args, options);
  if (given.has("help")) return "help";
  const { values, complete, problems: wrong } = checkOptions(given, options);
  const influx = influxOf(values, given.has("file"));
  const all = [
    ...words.map((word) => `"${word}" is not known here: options begin with --`),
    ...problems,
    ...wrong,
    ...dateOrderProblems(values),
    ...placeProblems(given),
    ...influx.problems,
  ];
  if (all.length > 0 || complete === undefined || influx.settings === undefined) return { problems: all };
  const { archive, device, from, to, file, "time-zone": zone, "secret-file": secretFile } = complete;
  return { archive, device, from, to, zone, file, influx: influx.settings, secretFile };
}

/** To a server or to a file. */
function placeProblems(given: ReadonlyMap<string, unknown>): string[] {
  if (!given.has("file")) return given.has("url") ? [] : ["--url is missing, or --file: where the rows go"];
  return Object.keys(serverOptions).flatMap((name) => (given.has(name) ? [`--${name} does not go with --file`] : []));
}

type Given = Partial<
  ReturnType<typeof checkOptions<ReturnType<typeof commonOptions> & typeof serverOptions>>["values"]
>;

/** The settings that the program would have, with its checks; each problem names the option. */
function influxOf(
  given: Given,
  isFile: boolean,
): { settings: InfluxSettings | undefined; problems: readonly string[] } {
  const version = Number(given.api ?? 2);
  const checked = check(influxSchema, {
    ...{ on: !isFile && given.url !== undefined, version, tags: given.tag ?? [] },
    ...{ url: given.url ?? "", database: given.database ?? "", bucket: given.bucket ?? "" },
    ...{ username: given.username ?? "", organization: given.organization ?? "" },
    retention_policy: given["retention-policy"] ?? "",
  });
  if (checked.ok) return { settings: checked.value, problems: [] };
  return {
    settings: undefined,
    problems: checked.mistakes.map(({ path, allowed }) => `--${optionOf(path)} takes ${allowed}`),
  };
}

function optionOf(path: string): string {
  return path.startsWith("tags") ? "tag" : path.replaceAll("_", "-");
}
