import type { Zone } from "@heatloop/core/time/local-day";
import {
  type CommandLine,
  checkOptions,
  dateOrderProblems,
  type OptionTable,
  type SplitArguments,
  splitArguments,
} from "../base/arguments.ts";
import type { Feed } from "./emoncms.ts";
import type { StatisticsPeriod } from "./home-assistant-statistics.ts";
import { type SourceName, sources, tokenVariable } from "./import-help.ts";
import { commonOptions, sourceOptions } from "./import-options.ts";
import type { NamedEntity } from "./mappings.ts";
import type { SpaceMode } from "./python-log.ts";

/** What is imported, with what only that source takes. */
export type SourceArguments =
  | { readonly name: "python-log"; readonly files: readonly string[]; readonly spaceMode: SpaceMode }
  | {
      readonly name: "home-assistant";
      readonly url: string;
      /** File with the token; undefined: it is in the environment. */
      readonly tokenFile: string | undefined;
      readonly named: readonly NamedEntity[];
      /** Undefined: the history of the recorder. */
      readonly statistics: StatisticsPeriod | undefined;
    }
  | {
      readonly name: "emoncms";
      readonly feeds: readonly Feed[];
      readonly spaceMode: SpaceMode | undefined;
      readonly runningW: number;
      readonly nullIsZero: boolean;
    };

/** What `scripts/import` was asked to do. */
export type ImportArguments = {
  readonly source: SourceArguments;
  readonly archive: string;
  readonly device: string;
  /** Local dates, both included; undefined: all that the source has. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly zone: Zone;
  readonly dryRun: boolean;
};

/** This machine's time zone, and whether the token of Home Assistant is in the environment. */
type Defaults = { readonly timeZone: string; readonly hasToken: boolean };

/** Reads the command line of `scripts/import`. */
export function readImportArguments(args: readonly string[], defaults: Defaults): CommandLine<ImportArguments> {
  const options = commonOptions(defaults.timeZone);
  const everyOption: OptionTable = Object.assign({}, options, ...Object.values(sourceOptions));
  const { words, given, problems } = splitArguments(args, everyOption);
  if (given.has("help")) return "help";
  const name = sources.find((each) => each === words[0]);
  const common = checkOptions(given, options);
  const { source, problems: sourceProblems } = readSource(name, given, defaults);
  const all = [
    ...wordProblems(words, name),
    ...foreignProblems(name, given),
    ...problems,
    ...common.problems,
    ...dateOrderProblems(common.values),
    ...sourceProblems,
  ];
  if (all.length > 0 || source === undefined || common.complete === undefined) return { problems: all };
  const { "time-zone": zone, "dry-run": dryRun, ...values } = common.complete;
  return { ...values, source, zone, dryRun };
}

function wordProblems(words: readonly string[], name: SourceName | undefined): string[] {
  const [first, ...more] = words;
  const not = first === undefined ? "" : `, not "${first}"`;
  return [
    ...(name === undefined ? [`the source is one of ${sources.join(", ")}${not}`] : []),
    ...more.map((word) => `"${word}" is not known here: one source, then options that begin with --`),
  ];
}

/** Options of other sources than the one that is imported. */
function foreignProblems(name: SourceName | undefined, given: SplitArguments["given"]): string[] {
  if (name === undefined) return [];
  return [...given.keys()].flatMap((option) => {
    const owners = sources.filter((source) => Object.hasOwn(sourceOptions[source], option));
    return owners.length === 0 || owners.includes(name) ? [] : [`--${option} goes with ${owners.join(" and ")} only`];
  });
}

function readSource(
  name: SourceName | undefined,
  given: SplitArguments["given"],
  defaults: Defaults,
): { readonly source: SourceArguments | undefined; readonly problems: readonly string[] } {
  switch (name) {
    case undefined:
      return { source: undefined, problems: [] };
    case "python-log": {
      const { complete: read, problems } = checkOptions(given, sourceOptions[name]);
      return { problems, source: read && { name, files: read.file, spaceMode: read.space } };
    }
    case "home-assistant": {
      const { complete: read, problems } = checkOptions(given, sourceOptions[name]);
      const source = read && {
        name,
        url: read.url,
        tokenFile: read["token-file"],
        named: read.map,
        statistics: read.statistics,
      };
      return { problems: [...problems, ...homeAssistantProblems(given, defaults)], source };
    }
    case "emoncms": {
      const { complete: read, problems } = checkOptions(given, sourceOptions[name]);
      const source = read && {
        name,
        feeds: read.feed,
        spaceMode: read.space,
        runningW: read["running-above"],
        nullIsZero: read["null-is-zero"],
      };
      return { problems, source };
    }
  }
}

function homeAssistantProblems(given: SplitArguments["given"], { hasToken }: Defaults): string[] {
  return [
    ...(given.has("token-file") || hasToken
      ? []
      : [
          `a long-lived token of Home Assistant is missing: put it into ${tokenVariable}, or name its file with --token-file`,
        ]),
    ...(given.has("from") ? [] : ["--from is missing: the first local date to ask Home Assistant for"]),
  ];
}
