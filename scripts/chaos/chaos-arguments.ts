import { z } from "zod";
import { type CommandLine, choice, listOption, number, readOptions, textOption } from "../base/arguments.ts";
import { faults } from "./faults/faults.ts";

export type ChaosArguments = {
  readonly minutes: number;
  readonly seed: number;
  /** Names of faults; none: all of them. */
  readonly fault: readonly string[];
};

const names = faults.map(({ name }) => name);

export const chaosHelp = `Usage: npm run chaos -- [options]

A whole house (heat pump, Mosquitto, a stand-in of Home Assistant, the program) in which things go wrong at random.

  --minutes N      how long, in real minutes (10)
  --seed N         whole number; the same seed draws the same faults in the same order (1)
  --fault NAME     only this one; may be given several times
  --help

Faults:
${names.map((name) => `  ${name}`).join("\n")}

It prints a table. The last line says rows lost and doubled; it ends with 1 if anything was lost, doubled, torn or wrong.`;

/** Reads the command line of `npm run chaos`. */
export function readChaosArguments(args: readonly string[]): CommandLine<ChaosArguments> {
  return readOptions(args, {
    minutes: textOption(number({ from: 0.1, to: 10_000, unit: "minutes" }).default(10)),
    seed: textOption(number({ from: 0, to: 2 ** 31 - 1, whole: true }).default(1)),
    fault: listOption(z.array(choice(names))),
  });
}
