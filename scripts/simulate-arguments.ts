import { accessSync, constants } from "node:fs";
import { type Language, languages } from "@heatloop/core/catalogue/languages";
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
  readonly dialect: Dialect;
};

export const simulateHelp = `Usage: scripts/simulate --broker URL [options]

A heat pump with its house and room thermostats, speaking the MQTT of the gekkekoe firmware.

  --broker URL       mqtt://host:1883 or mqtts://host:8883
  --prefix TEXT      MQTT prefix of the heat pump (ecodan-heatpump)
  --language CODE    language of the firmware: ${languages.join(" ")} (en)
  --zones 1|2        heating zones (1)
  --dialect NAME     firmware of the ESP32: ecodan (gekkekoe) or f1p (ecodan)
  --watchdog         the ESP32 has the room watchdog of esphome/room-watchdog.yaml
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
  dialect: textOption(choice(dialects).default("ecodan")),
  watchdog: switchOption,
  rooms: textOption(number({ from: 1, to: roomNames.length, whole: true }).default(3)),
  speed: textOption(number({ from: slowestSpeed, to: fastestSpeed }).default(1)),
  seed: textOption(number({ from: -highestSeed, to: highestSeed, whole: true }).default(1)),
  "time-zone": textOption(timeZone.prefault(defaultTimeZone)),
  username: textOption(text.optional()),
  password: textOption(text.optional()),
  ca: textOption(text.refine(isReadable, "takes a file that can be read").optional()),
});

/** Reads the command line of `scripts/simulate`. `defaultTimeZone`: this machine's. */
export function readSimulateArguments(
  args: readonly string[],
  defaultTimeZone: string,
): CommandLine<SimulateArguments> {
  const read = readOptions(args, options(defaultTimeZone), ({ zones, rooms }) =>
    zones === "2" && rooms === 1 ? ["--rooms takes 2 or more with --zones 2: each zone has a room"] : [],
  );
  if (read === "help" || "problems" in read) return read;
  const { zones, "time-zone": zone, ca: caFile, watchdog: hasWatchdog, ...values } = read;
  return { ...values, hasWatchdog, zones: zones === "2" ? 2 : 1, timeZone: zone.name, caFile };
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
