import { accessSync, constants } from "node:fs";
import { type Language, languages } from "@heatloop/core/catalogue/languages";
import { type ForeignDialect, foreignDialects } from "@heatloop/core/hub/dialects";
import { roomNames } from "@heatloop/simulator/physics/rooms";
import { type Dialect, dialects } from "@heatloop/simulator/simulation";
import {
  type CommandLine,
  choice,
  number,
  readOptions,
  required,
  switchOption,
  text,
  textOption,
  timeZone,
  type ValuesOf,
} from "./base/arguments.ts";

const prefixPattern = /^[^+#/\s$][^+#\s]*(?<!\/)$/;
/** Chosen: slower than a thousandth, nothing would be seen; faster, the broker does not keep up. */
const slowestSpeed = 0.001;
const fastestSpeed = 10_000;
/** The random numbers take 32 bits with a sign. */
const highestSeed = 2 ** 31 - 1;

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
  readonly hasWatchdog: boolean;
  readonly dialect: Dialect | ForeignDialect;
  /** Of a device of another system: its name, how often it publishes, and the node at a hub that it belongs to. */
  readonly deviceId: string | undefined;
  readonly intervalS: number | undefined;
  readonly node: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
};

export const simulateHelp = `Usage: scripts/simulate --broker URL [options]

A heat pump with its house and room thermostats, speaking the MQTT of the gekkekoe firmware.

  --broker URL       mqtt://host:1883 or mqtts://host:8883
  --prefix TEXT      MQTT prefix of the heat pump (ecodan-heatpump)
  --language CODE    language of the firmware: ${languages.join(" ")} (en)
  --zones 1|2        heating zones (1)
  --dialect NAME     firmware of the ESP32: ecodan (gekkekoe) or f1p (ecodan); or the device of another system that
                     watches the same house: ${foreignDialects.join(", ")}
  --device-id TEXT   name of such a device in its topics (site1)
  --interval S       how often it publishes, seconds (10)
  --node ID          it publishes for this node of a hub, under nodes/ID/foreign/
  --watchdog         the ESP32 has the room watchdog of esphome/room-watchdog.yaml
  --rooms N          rooms with a thermostat, 1 to ${roomNames.length} (3)
  --speed N          how many times faster than real time (1)
  --seed N           whole number; the same seed gives the same weather and household (1)
  --time-zone NAME   where the house stands (this machine's)
  --username TEXT    for the broker
  --password TEXT
  --ca FILE          certificate authority of the broker, for mqtts
  --cert FILE        certificate to sign in with, with its key in --key FILE
  --help

While it runs, make things go wrong with a message to <prefix>/simulator/command:
  {"thermostat":"bedroom","behaviour":"double"}   normal, double, stale, unavailable or jump
  {"fault":"P6 1234"}    {"fault":null}
  {"powerCutS":30}       {"dropConnectionS":30}
`;

const options = (defaultTimeZone: string) => ({
  broker: textOption(
    required(
      "the URL of the broker, mqtt://localhost:1883",
      // What is given is not repeated: a URL may hold a password.
      text.refine(isBrokerUrl, "takes a URL such as mqtt://localhost:1883 or mqtts://host:8883"),
    ),
  ),
  prefix: textOption(
    text.regex(prefixPattern, "takes an MQTT topic without +, #, spaces, or / at its ends").default("ecodan-heatpump"),
  ),
  language: textOption(choice(languages).default("en")),
  zones: textOption(choice(["1", "2"]).default("1")),
  dialect: textOption(choice([...dialects, ...foreignDialects]).default("ecodan")),
  "device-id": textOption(
    text.regex(/^[^+#/\s]{1,60}$/, "takes a word of up to 60 characters without +, # and /").optional(),
  ),
  interval: textOption(number({ from: 1, to: 3600 }).optional()),
  node: textOption(text.refine(isUuid, "takes the id of a node, as the hub shows it").optional()),
  watchdog: switchOption,
  rooms: textOption(number({ from: 1, to: roomNames.length, whole: true }).default(3)),
  speed: textOption(number({ from: slowestSpeed, to: fastestSpeed }).default(1)),
  seed: textOption(number({ from: -highestSeed, to: highestSeed, whole: true }).default(1)),
  "time-zone": textOption(timeZone.prefault(defaultTimeZone)),
  username: textOption(text.optional()),
  password: textOption(text.optional()),
  ca: readableFile(),
  cert: readableFile(),
  key: readableFile(),
});

function readableFile() {
  return textOption(text.refine(isReadable, "takes a file that can be read").optional());
}

/** Reads the command line of `scripts/simulate`. `defaultTimeZone`: this machine's. */
export function readSimulateArguments(
  args: readonly string[],
  defaultTimeZone: string,
): CommandLine<SimulateArguments> {
  const read = readOptions(args, options(defaultTimeZone), rules);
  if (read === "help" || "problems" in read) return read;
  const { zones, "time-zone": zone, ca, cert, key, watchdog: hasWatchdog, interval, ...values } = read;
  const { "device-id": deviceId, ...others } = values;
  return {
    ...{ ...others, hasWatchdog, zones: zones === "2" ? 2 : 1, timeZone: zone.name },
    ...{ deviceId, intervalS: interval, caFile: ca, certFile: cert, keyFile: key },
  };
}

function rules(values: Partial<ValuesOf<ReturnType<typeof options>>>): string[] {
  const { zones, rooms, dialect, cert, key } = values;
  const problems: string[] = [];
  if (zones === "2" && rooms === 1) problems.push("--rooms takes 2 or more with --zones 2: each zone has a room");
  if ((cert === undefined) !== (key === undefined)) problems.push("--cert and --key go together");
  if (dialect !== undefined && !isForeign(dialect)) {
    for (const name of ["device-id", "interval", "node"] as const) {
      if (values[name] !== undefined) problems.push(`--${name} is for --dialect ${foreignDialects.join(", ")}`);
    }
  }
  return problems;
}

/** Whether a dialect is that of another system. */
export function isForeign(dialect: Dialect | ForeignDialect): dialect is ForeignDialect {
  return foreignDialects.some((each) => each === dialect);
}

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
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
