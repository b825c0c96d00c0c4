import { isDeviceId } from "@heatloop/ha-addon/archive/csv/csv-name";
import { z } from "zod";
import {
  type CommandLine,
  checkOptions,
  date,
  dateOrderProblems,
  number,
  type OptionTable,
  required,
  splitArguments,
  switchOption,
  text,
  textOption,
  timeZone,
  type ValuesOf,
} from "../base/arguments.ts";

const heatPump = required(
  "the heat pump's name, the first part of its MQTT topics",
  text.refine(isDeviceId, { error: ({ input }) => `takes letters, digits, _ and -, not "${input}"` }),
);

const rangeOptions = (defaultTimeZone: string) => ({
  old: textOption(required("the folder of the old archive", text)),
  new: textOption(required("the folder of the new archive", text)),
  device: textOption(heatPump),
  from: textOption(date.optional()),
  to: textOption(date.optional()),
  "time-zone": textOption(timeZone.prefault(defaultTimeZone)),
});

const serverOptions = {
  server: textOption(
    required(
      "the new server's name or address",
      text.regex(/^[A-Za-z0-9.:-]+$/, { error: ({ input }) => `takes a name or an address, not "${input}"` }),
    ),
  ),
  port: textOption(number({ from: 1, to: 65_535, whole: true, unit: "a port" }).prefault("8883")),
  ca: textOption(required("the file of the authority's certificate, /etc/heatloop/tls/ca.crt of the server", text)),
  "password-file": textOption(text.optional()),
  device: textOption(heatPump),
};

const esp32Options = {
  esp32: textOption(required("the folder with the ESP32's heatloop.yaml and secrets.yaml", text)),
  file: textOption(text.default("heatloop.yaml")),
  esphome: textOption(text.optional()),
};

const tables = (defaultTimeZone: string) => ({
  bridge: {
    ...serverOptions,
    out: textOption(text.default("heatloop-bridge")),
    folder: textOption(
      z
        .string()
        .default("/etc/mosquitto/conf.d")
        .pipe(
          z
            .string()
            .startsWith("/", { error: ({ input }) => `takes a folder such as /share/mosquitto, not "${input}"` }),
        ),
    ),
  },
  check: serverOptions,
  compare: { ...rangeOptions(defaultTimeZone), csv: textOption(text.optional()) },
  import: { ...rangeOptions(defaultTimeZone), keep: textOption(text.optional()), "dry-run": switchOption },
  switch: { ...serverOptions, ...esp32Options },
  back: esp32Options,
});

type Tables = ReturnType<typeof tables>;
export type MigrateCommand = keyof Tables;
/** What `scripts/migrate` was asked to do. */
export type MigrateArguments = {
  [C in MigrateCommand]: { readonly command: C; readonly values: ValuesOf<Tables[C]> };
}[MigrateCommand];

export const migrateCommands: readonly MigrateCommand[] = ["bridge", "check", "compare", "import", "switch", "back"];

/** Reads the command line of `scripts/migrate`; `timeZone` is this machine's. */
export function readMigrateArguments(
  args: readonly string[],
  defaults: { readonly timeZone: string },
): CommandLine<MigrateArguments> {
  const all = tables(defaults.timeZone);
  const everyOption: OptionTable = Object.assign({}, ...Object.values(all));
  const { words, given, problems } = splitArguments(args, everyOption);
  if (given.has("help")) return "help";
  const command = migrateCommands.find((each) => each === words[0]);
  if (command === undefined || words.length > 1) {
    const what = words.length === 0 ? "What to do is missing" : `"${words.join(" ")}" is nothing that it does`;
    return { problems: [`${what}: ${migrateCommands.join(", ")}`, ...problems] };
  }
  const options: OptionTable = all[command];
  const foreign = [...given.keys()]
    .filter((name) => !(name in options))
    .map((name) => `--${name} does not go with ${command}`);
  const checked = checkOptions(given, options);
  const found = [...problems, ...foreign, ...checked.problems, ...dateOrderProblems(checked.values)];
  if (found.length > 0 || checked.complete === undefined) return { problems: found };
  return { command, values: checked.complete } as MigrateArguments;
}
