import {
  type CommandLine,
  number,
  readOptions,
  splitArguments,
  switchOption,
  text,
  textOption,
} from "../base/arguments.ts";

/** What `scripts/demo` was asked to do. */
export type DemoArguments = {
  readonly days: number;
  readonly speed: number;
  readonly port: number;
  /** Where archive and settings stay; undefined: a folder that goes with the demo. */
  readonly data: string | undefined;
  readonly homeAssistant: boolean;
  /** The server in the cloud instead of all on this machine; nothing of the others counts then. */
  readonly cloud: boolean;
};

export const demoHelp = `Usage: scripts/demo [options]

A living heat pump with days behind it: a broker, a simulated heat pump and the add-on, all on this machine.

  --days N            days of history, 0 to 400 (7)
  --speed N           how many times faster than real time it goes on, 0.1 to 1000 (1)
  --port N            where the page listens on 127.0.0.1 (8099)
  --data DIR          keep archive and settings there, and go on from them (a folder that goes with the demo)
  --home-assistant    the same inside the real Home Assistant, installed where missing
  --cloud             home, internet and a server in the cloud, each in a network of its own, as docs/cloud.md sets it up: with
                      Mosquitto, Home Assistant, Heatloop and Nginx. Needs root on Linux, and no other option
  --help
`;

const options = {
  days: textOption(number({ from: 0, to: 400, whole: true }).default(7)),
  speed: textOption(number({ from: 0.1, to: 1000 }).default(1)),
  port: textOption(number({ from: 1, to: 65_535, whole: true }).default(8099)),
  data: textOption(text.optional()),
  "home-assistant": switchOption,
  cloud: switchOption,
};

/** Why an option does not go with --cloud. */
const notInTheCloud = {
  days: "its heat pump begins now",
  speed: "the server's clock is the real one",
  port: "the server has an address of its own, and 443",
  data: "nothing of the server stays",
  "home-assistant": "the server has one",
} as const;

/** Reads the command line of `scripts/demo`. */
export function readDemoArguments(args: readonly string[]): CommandLine<DemoArguments> {
  const { given } = splitArguments(args, options);
  const read = readOptions(args, options, () =>
    given.has("cloud")
      ? Object.entries(notInTheCloud)
          .filter(([name]) => given.has(name))
          .map(([name, why]) => `--${name} does not go with --cloud: ${why}`)
      : [],
  );
  if (read === "help" || "problems" in read) return read;
  const { "home-assistant": homeAssistant, ...values } = read;
  return { ...values, homeAssistant };
}
