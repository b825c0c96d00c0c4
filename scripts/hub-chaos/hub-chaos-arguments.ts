import { z } from "zod";
import { type CommandLine, choice, listOption, number, readOptions, textOption } from "../base/arguments.ts";
import { hubFaults } from "./faults.ts";

export type HubChaosArguments = {
  readonly minutes: number;
  readonly seed: number;
  readonly nodes: number;
  /** How many nodes come back at once. */
  readonly crowd: number;
  /** Names of faults; none: all of them. */
  readonly fault: readonly string[];
};

const names = hubFaults.map(({ name }) => name);

export const hubChaosHelp = `Usage: npm run hub-chaos -- [options]

PostgreSQL, a broker, two hubs and nodes that send rows without a pause, while things go wrong at random.

  --minutes N      how long, in real minutes (5)
  --seed N         whole number; the same seed draws the same faults in the same order (1)
  --nodes N        how many nodes send rows, 1 to 200 (20); one more only publishes them over the broker
  --crowd N        how many nodes come back at once, 1 to 20000 (10000)
  --fault NAME     only this one; may be given several times
  --help

Faults:
${names.map((name) => `  ${name}`).join("\n")}

It prints a table. The last line says rows lost and doubled; it ends with 1 if any was, or if it did not settle within a minute.`;

/** Reads the command line of `npm run hub-chaos`. */
export function readHubChaosArguments(args: readonly string[]): CommandLine<HubChaosArguments> {
  return readOptions(args, {
    minutes: textOption(number({ from: 0.1, to: 10_000, unit: "minutes" }).default(5)),
    seed: textOption(number({ from: 0, to: 2 ** 31 - 1, whole: true }).default(1)),
    nodes: textOption(number({ from: 1, to: 200, whole: true }).default(20)),
    crowd: textOption(number({ from: 1, to: 20_000, whole: true }).default(10_000)),
    fault: listOption(z.array(choice(names))),
  });
}
