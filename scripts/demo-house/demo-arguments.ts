import { type CommandLine, number, readOptions, switchOption, text, textOption } from "../arguments.ts";

/** What `scripts/demo` was asked to do. */
export type DemoArguments = {
  readonly days: number;
  readonly speed: number;
  readonly port: number;
  /** Where archive and settings stay; undefined: a folder that goes with the demo. */
  readonly data: string | undefined;
  readonly homeAssistant: boolean;
};

export const demoHelp = `Usage: scripts/demo [options]

A living heat pump with days behind it: a broker, a simulated heat pump and the add-on, all on this machine.

  --days N            days of history, 0 to 400 (7)
  --speed N           how many times faster than real time it goes on, 0.1 to 1000 (1)
  --port N            where the page listens on 127.0.0.1 (8099)
  --data DIR          keep archive and settings there, and go on from them (a folder that goes with the demo)
  --home-assistant    the same inside the real Home Assistant, installed where missing
  --help
`;

const options = {
  days: textOption(number({ from: 0, to: 400, whole: true }).default(7)),
  speed: textOption(number({ from: 0.1, to: 1000 }).default(1)),
  port: textOption(number({ from: 1, to: 65_535, whole: true }).default(8099)),
  data: textOption(text.optional()),
  "home-assistant": switchOption,
};

/** Reads the command line of `scripts/demo`. */
export function readDemoArguments(args: readonly string[]): CommandLine<DemoArguments> {
  const read = readOptions(args, options);
  if (read === "help" || "problems" in read) return read;
  const { "home-assistant": homeAssistant, ...values } = read;
  return { ...values, homeAssistant };
}
