import { z } from "zod";
import { type CommandLine, listOption, number, readOptions, textOption } from "../base/arguments.ts";
import type { HubScaleOptions } from "./tables.ts";

const usualHomes = [100, 1_000, 10_000, 100_000, 1_000_000];

export const hubScaleHelp = `Usage: npm run hub-scale -- [options]

What a hub of so many homes needs, and how it gets over an outage, calculated from measured figures.

  --homes N          homes, 1 to 100000000; may be given several times (${usualHomes.join(", ")})
  --raw-days N       for how many days rows of minutes are kept (30)
  --outage-min N     how long nothing reaches the hub, minutes (60)
  --spread-s N       within how many seconds homes come back (60)
  --core-price N     what a core costs a month (15)
  --gb-price N       what a GB of the database's disk costs a month (0.12)
  --help

The prices are examples: give those of your host.`;

/** Reads the command line of `npm run hub-scale`. */
export function readHubScaleArguments(args: readonly string[]): CommandLine<HubScaleOptions> {
  const read = readOptions(args, {
    homes: listOption(z.array(number({ from: 1, to: 100_000_000, whole: true }))),
    "raw-days": textOption(number({ from: 7, to: 36_525, whole: true }).default(30)),
    "outage-min": textOption(number({ from: 1, to: 43_200, unit: "minutes" }).default(60)),
    "spread-s": textOption(number({ from: 1, to: 86_400, unit: "seconds" }).default(60)),
    "core-price": textOption(number({ from: 0, to: 1e9 }).default(15)),
    "gb-price": textOption(number({ from: 0, to: 1e9 }).default(0.12)),
  });
  if (read === "help" || "problems" in read) return read;
  return {
    homes: read.homes.length === 0 ? usualHomes : read.homes,
    rawDays: read["raw-days"],
    outageMinutes: read["outage-min"],
    spreadS: read["spread-s"],
    prices: { perCore: read["core-price"], perGb: read["gb-price"] },
  };
}
