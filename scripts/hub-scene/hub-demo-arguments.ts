import { type CommandLine, number, readOptions, textOption } from "../base/arguments.ts";

/** What `scripts/hub-demo` was asked to do. */
export type HubDemoArguments = { readonly homes: number; readonly days: number; readonly port: number };

export const hubDemoHelp = `Usage: scripts/hub-demo [options]

A hub with the homes of a housing company: PostgreSQL, the hub, and homes with a simulated heat pump and the add-on's program
each, which joins the hub with a claim code of its own and sends it its past. All on this machine, and all of it goes with the demo.

  --homes N           how many homes, 1 to 100 (20)
  --days N            days of history of each, 0 to 30 (7)
  --port N            where the hub listens on 127.0.0.1 (8100)
  --help
`;

const options = {
  homes: textOption(number({ from: 1, to: 100, whole: true }).default(20)),
  days: textOption(number({ from: 0, to: 30, whole: true }).default(7)),
  port: textOption(number({ from: 1, to: 65_535, whole: true }).default(8100)),
};

/** Reads the command line of `scripts/hub-demo`. */
export function readHubDemoArguments(args: readonly string[]): CommandLine<HubDemoArguments> {
  return readOptions(args, options);
}
