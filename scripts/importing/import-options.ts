import { isDeviceId } from "@heatloop/ha-addon/archive/csv/csv-name";
import { z } from "zod";
import {
  choice,
  date,
  listOption,
  number,
  type OptionTable,
  required,
  switchOption,
  text,
  textOption,
  timeZone,
} from "../base/arguments.ts";
import { periods } from "./home-assistant-statistics.ts";
import type { SourceName } from "./import-help.ts";
import { readFeed, readMap } from "./mappings.ts";
import { spaceModes } from "./python-log.ts";

export const addressExample = "http://homeassistant.local:8123";
export const address = text.regex(/^https?:\/\/[^/\s]+/, {
  error: ({ input }) => `takes an address such as ${addressExample}, not "${input}"`,
});

/** The options of every source. `defaultTimeZone`: this machine's. */
export const commonOptions = (defaultTimeZone: string) => ({
  archive: textOption(required("the folder of the archive", text)),
  device: textOption(
    required(
      "the id of a heat pump",
      text.refine(isDeviceId, { error: ({ input }) => `takes letters, digits, _ and -, not "${input}"` }),
    ),
  ),
  from: textOption(date.optional()),
  to: textOption(date.optional()),
  "time-zone": textOption(timeZone.prefault(defaultTimeZone)),
  "dry-run": switchOption,
});

/** The options that go with one source only. */
export const sourceOptions = {
  "python-log": {
    file: listOption(z.array(text).min(1, "is missing: a CSV file of the logger")),
    space: textOption(choice(spaceModes).default("heating")),
  },
  "home-assistant": {
    url: textOption(required(`where Home Assistant is, ${addressExample}`, address)),
    "token-file": textOption(text.optional()),
    map: listOption(onePerTarget(readMap)),
    statistics: textOption(choice(periods).optional()),
  },
  emoncms: {
    feed: listOption(
      z
        .array(z.string())
        .min(1, "is missing: a feed and its CSV file, flow_temperature=flowT.csv")
        .pipe(onePerTarget(readFeed)),
    ),
    space: textOption(choice(spaceModes).optional()),
    "running-above": textOption(number({ from: 1, to: 5000, unit: "watts" }).default(150)),
    "null-is-zero": switchOption,
  },
} as const satisfies Readonly<Record<SourceName, OptionTable>>;

/** Reads each value of a list; each target may have one source only. */
function onePerTarget<T extends { readonly target: string }>(
  read: (given: string) => T | { readonly problem: string },
) {
  return z.array(z.string()).transform((values, context): readonly T[] => {
    const problem = (message: string) => context.addIssue({ code: "custom", message });
    const results = values.flatMap((given) => {
      const result = given === "" ? { problem: "takes a value" } : read(given);
      if (!("problem" in result)) return [result];
      problem(result.problem);
      return [];
    });
    const repeated = results.map(({ target }) => target).filter((target, i, all) => all.indexOf(target) < i);
    for (const target of new Set(repeated)) problem(`names ${target} more than once; one source of it is allowed`);
    return results;
  });
}
