import { accessSync, constants } from "node:fs";
import { parseArgs } from "node:util";
import { type Language, languages } from "@heatloop/core/catalogue/languages";
import { zoneOf } from "@heatloop/core/time/local-day";
import { roomNames } from "./physics/rooms.ts";

/** What `scripts/simulate` was asked to do. */
export type SimulateArguments = {
  readonly broker: string;
  readonly prefix: string;
  readonly language: Language;
  readonly zones: 1 | 2;
  readonly rooms: number;
  readonly speed: number;
  readonly seed: number;
  readonly timeZone: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly caFile: string | undefined;
};

export const simulateHelp = `Usage: scripts/simulate --broker URL [options]

A heat pump with its house and room thermostats, speaking the MQTT of the gekkekoe firmware.

  --broker URL       mqtt://host:1883 or mqtts://host:8883
  --prefix TEXT      MQTT prefix of the heat pump (ecodan-heatpump)
  --language CODE    language of the firmware: ${languages.join(" ")} (en)
  --zones 1|2        heating zones (1)
  --rooms N          rooms with a thermostat, 1 to ${roomNames.length} (3)
  --speed N          how many times faster than real time (1)
  --seed N           whole number; the same seed gives the same weather and household (1)
  --time-zone NAME   where the house stands (this machine's)
  --username TEXT    for the broker
  --password TEXT
  --ca FILE          certificate authority of the broker, for mqtts
  --help

While it runs, make things go wrong with a message to <prefix>/simulator/command:
  {"thermostat":"bedroom","behaviour":"double"}   normal, double, stale, unavailable or jump
  {"fault":"P6 1234"}    {"fault":null}
  {"powerCutS":30}       {"dropConnectionS":30}
`;

const text = { type: "string" } as const;
const known = {
  broker: text,
  prefix: text,
  language: text,
  zones: text,
  rooms: text,
  speed: text,
  seed: text,
  "time-zone": text,
  username: text,
  password: text,
  ca: text,
  help: { type: "boolean" },
} as const;
type Name = keyof typeof known;

/**
 * Reads the command line: the arguments, `help`, or every problem at once, each saying what is allowed.
 * `localZone`: the machine's time zone.
 */
export function readSimulateArguments(
  args: readonly string[],
  localZone: string,
): SimulateArguments | "help" | { readonly problems: readonly string[] } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: known,
    strict: false,
    allowPositionals: true,
  });
  if (values.help === true) return "help";
  const problems: string[] = [];
  for (const word of positionals) problems.push(`"${word}" is not expected here.`);
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(known, name)) problems.push(`There is no option --${name}.`);
    else if (typeof value !== "string") problems.push(`--${name} needs a value.`);
  }

  const given = (name: Name, otherwise: string): string => {
    const value = values[name];
    return typeof value === "string" ? value : otherwise;
  };
  const optional = (name: Name): string | undefined => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  const check = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };

  const broker = given("broker", "");
  check(isBrokerUrl(broker), `--broker must be a URL like mqtt://localhost:1883 or mqtts://host:8883.`);
  const prefix = given("prefix", "ecodan-heatpump");
  check(
    /^[^+#/\s$][^+#\s]*(?<!\/)$/.test(prefix),
    "--prefix must be an MQTT topic without +, #, spaces, or / at its ends.",
  );
  const languageCode = given("language", "en");
  const language = languages.find((code) => code === languageCode) ?? "en";
  check(language === languageCode, `--language must be one of: ${languages.join(" ")}.`);
  const zones = given("zones", "1");
  check(zones === "1" || zones === "2", "--zones must be 1 or 2.");
  const rooms = Number(given("rooms", "3"));
  const roomsFit = Number.isInteger(rooms) && rooms >= (zones === "2" ? 2 : 1) && rooms <= roomNames.length;
  check(roomsFit, `--rooms must be a whole number from 1 (2 with two zones) to ${roomNames.length}.`);
  const speed = Number(given("speed", "1"));
  check(speed > 0 && speed <= 10_000, "--speed must be a number above 0 and at most 10000.");
  const seed = Number(given("seed", "1"));
  check(Number.isInteger(seed) && Math.abs(seed) < 2 ** 31, "--seed must be a whole number below 2147483648.");
  const timeZone = given("time-zone", localZone);
  check(zoneOf(timeZone) !== undefined, "--time-zone must be a name like Europe/Rome.");
  const caFile = optional("ca");
  check(caFile === undefined || isReadable(caFile), "--ca must be a file that can be read.");

  if (problems.length > 0) return { problems };
  return {
    broker,
    prefix,
    language,
    zones: zones === "2" ? 2 : 1,
    rooms,
    speed,
    seed,
    timeZone,
    username: optional("username"),
    password: optional("password"),
    caFile,
  };
}

function isBrokerUrl(value: string): boolean {
  return URL.canParse(value) && /^mqtts?:\/\/[^/]+/.test(value) && new URL(value).hostname !== "";
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
