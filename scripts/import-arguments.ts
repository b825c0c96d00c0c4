import { parseArgs } from "node:util";
import { isDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { isDeviceId } from "@heatloop/ha-addon/archive/csv-name";
import {
  lists,
  optionsOf,
  type SourceName,
  sources,
  switches,
  type TextOption,
  texts,
  tokenVariable,
} from "./import-help.ts";
import type { Feed } from "./importing/emoncms.ts";
import { type Period, periods } from "./importing/home-assistant-statistics.ts";
import { type NamedEntity, readFeed, readMap } from "./importing/mappings.ts";
import { type SpaceMode, spaceModes } from "./importing/python-log.ts";

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
      readonly statistics: Period | undefined;
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

/** The command line: the arguments, `help`, or every problem at once, each saying what is allowed. */
export function readImportArguments(
  args: readonly string[],
  usual: { readonly timeZone: string; readonly hasToken: boolean },
): ImportArguments | "help" | { readonly problems: readonly string[] } {
  const { values, tokens, positionals } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries([...texts, ...lists].map((name) => [name, { type: "string", multiple: true } as const])),
      ...Object.fromEntries(switches.map((name) => [name, { type: "boolean" } as const])),
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  if (values.help === true) return "help";
  const problems: string[] = [];
  const problem = (text: string) => {
    problems.push(text);
    return undefined;
  };

  const name = sources.find((each) => each === positionals[0]);
  if (name === undefined)
    problem(
      `the source is one of ${sources.join(", ")}${positionals[0] === undefined ? "" : `, not "${positionals[0]}"`}`,
    );
  for (const other of positionals.slice(1))
    problem(`"${other}" is not known here: one source, then options that begin with --`);
  const times = new Map<string, number>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name: option, rawName } = token;
    if (![...texts, ...lists, ...switches].some((each) => each === option)) problem(`${rawName} is not an option`);
    else if (switches.some((each) => each === option) && token.value !== undefined)
      problem(`${rawName} takes no value`);
    const owners = sources.filter((source) => optionsOf[source].includes(option));
    if (name !== undefined && owners.length > 0 && !owners.includes(name))
      problem(`${rawName} goes with ${owners.join(" and ")} only`);
    times.set(rawName, (times.get(rawName) ?? 0) + 1);
  }
  for (const [option, count] of times) {
    if (count > 1 && !lists.some((each) => `--${each}` === option)) problem(`${option} stands there ${count} times`);
  }

  function all(option: TextOption | (typeof lists)[number]): string[] {
    const given = (values[option] ?? []) as unknown[];
    const told = given.filter((value): value is string => typeof value === "string" && value !== "");
    if (told.length < given.length) problem(`--${option} takes a value`);
    return told;
  }
  function one(option: TextOption): string | undefined {
    return all(option)[0];
  }
  function required(option: TextOption, what: string): string {
    if (values[option] === undefined) problem(`--${option} is missing: ${what}`);
    return one(option) ?? "";
  }
  function many(option: (typeof lists)[number], what: string): string[] {
    if (values[option] === undefined) problem(`--${option} is missing: ${what}`);
    return all(option);
  }
  function date(option: TextOption): string | undefined {
    const value = one(option);
    if (value === undefined || isDate(value)) return value;
    return problem(`--${option} takes a date of the calendar such as 2026-01-31, not "${value}"`);
  }
  function choice<T extends string>(option: TextOption, choices: readonly T[]): T | undefined {
    const value = one(option);
    const chosen = choices.find((each) => each === value);
    if (value !== undefined && chosen === undefined)
      problem(`--${option} takes one of ${choices.join(", ")}, not "${value}"`);
    return chosen;
  }
  function read<T>(texts: readonly string[], readOne: (text: string) => T | { readonly problem: string }): T[] {
    return texts.flatMap((text) => {
      const value = readOne(text);
      if (typeof value === "object" && value !== null && "problem" in value) {
        problem(value.problem);
        return [];
      }
      return [value as T];
    });
  }

  function once<T extends { readonly target: string }>(option: string, told: readonly T[]): readonly T[] {
    const twice = new Set(told.map(({ target }) => target).filter((target, i, all) => all.indexOf(target) < i));
    for (const target of twice) problem(`--${option} names ${target} more than once; one source of it is allowed`);
    return told;
  }

  function sourceOf(source: SourceName): SourceArguments {
    switch (source) {
      case "python-log":
        return {
          name: source,
          files: many("file", "a CSV file of the logger"),
          spaceMode: choice("space", spaceModes) ?? "heating",
        };
      case "home-assistant": {
        const url = required("url", "where Home Assistant is, http://homeassistant.local:8123");
        if (url !== "" && !/^https?:\/\/[^/\s]+/.test(url))
          problem(`--url takes an address such as http://homeassistant.local:8123, not "${url}"`);
        const tokenFile = one("token-file");
        if (tokenFile === undefined && !usual.hasToken)
          problem(
            `a long-lived token of Home Assistant is missing: put it into ${tokenVariable}, or name its file with --token-file`,
          );
        if (values.from === undefined) problem("--from is missing: the first local date to ask Home Assistant for");
        return {
          name: source,
          url,
          tokenFile,
          named: once("map", read(all("map"), readMap)),
          statistics: choice("statistics", periods),
        };
      }
      case "emoncms": {
        const told = one("running-above");
        const runningW = Number(told ?? 150);
        if (!(runningW > 0 && runningW <= 5000)) problem(`--running-above takes watts from 1 to 5000, not "${told}"`);
        return {
          name: source,
          feeds: once("feed", read(many("feed", "a feed and its CSV file, flow_temperature=flowT.csv"), readFeed)),
          spaceMode: choice("space", spaceModes),
          runningW,
          nullIsZero: values["null-is-zero"] === true,
        };
      }
    }
  }

  const archive = required("archive", "the folder of the archive");
  const device = required("device", "the id of a heat pump");
  if (device !== "" && !isDeviceId(device)) problem(`--device takes letters, digits, _ and -, not "${device}"`);
  const from = date("from");
  const to = date("to");
  if (from !== undefined && to !== undefined && to < from) problem(`--to ${to} is before --from ${from}`);
  const timeZone = one("time-zone") ?? usual.timeZone;
  const zone = zoneOf(timeZone);
  if (zone === undefined) problem(`--time-zone takes a name such as Europe/Rome, not "${timeZone}"`);
  const source = name === undefined ? undefined : sourceOf(name);
  if (problems.length > 0 || zone === undefined || source === undefined) return { problems };
  return { source, archive, device, from, to, zone, dryRun: values["dry-run"] === true };
}
