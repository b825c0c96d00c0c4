import { parseArgs } from "node:util";
import { isDate, zoneOf } from "@heatloop/core/time/local-day";
import { z } from "zod";

/**
 * An option of a script. `text`: `--name VALUE`, once; `list`: once for each value; `switch`: `--name` alone. Its schema
 * gets a string or undefined, an array of strings, or a boolean; the messages of its issues go on after the name.
 */
export type Option<S extends z.ZodType = z.ZodType> = { readonly kind: "text" | "list" | "switch"; readonly schema: S };
export type OptionTable = Readonly<Record<string, Option>>;
/** What the options become, by name. */
export type ValuesOf<O extends OptionTable> = { readonly [Name in keyof O]: z.output<O[Name]["schema"]> };
/** A command line as it was read: its values, a request for help, or every problem at once, each with what is allowed. */
export type CommandLine<Values> = Values | "help" | { readonly problems: readonly string[] };

/** A command line taken apart, before its values are checked. */
export type SplitArguments = {
  /** What is given without `--`. */
  readonly words: readonly string[];
  /** The values of each option that is given; a switch has an empty one. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** Options that do not exist, are given too often, or have a value that they do not take. */
  readonly problems: readonly string[];
};

/** An option that is given once, with a value that `schema` checks. */
export function textOption<S extends z.ZodType>(schema: S): Option<S> {
  return { kind: "text", schema };
}

/** An option that may be given several times; `schema` checks the list of its values. */
export function listOption<S extends z.ZodType>(schema: S): Option<S> {
  return { kind: "list", schema };
}

export const switchOption = { kind: "switch", schema: z.boolean() } as const satisfies Option;

/** Any text but the empty one. */
export const text = z.string().min(1, { error: "takes a value", abort: true });

/** An option that has to be given; `what` describes it. */
export function required<S extends z.ZodType<unknown, string>>(what: string, schema: S) {
  return z.string(`is missing: ${what}`).pipe(schema);
}

/** What `parse` makes of the text; where that is undefined, the problem is that the option `takes` something else. */
function parsed<T>(takes: string, parse: (given: string) => T | undefined) {
  return text.transform((given, context): T => {
    const value = parse(given);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: `takes ${takes}, not "${given}"` });
    return z.NEVER;
  });
}

/** A local date. */
export const date = parsed("a date of the calendar such as 2026-01-31", (given) => (isDate(given) ? given : undefined));

/** A time zone by its IANA name. */
export const timeZone = parsed("a name such as Europe/Rome", (given) => zoneOf(given));

/** One of some words. */
export function choice<T extends string>(choices: readonly T[]) {
  return parsed(`one of ${choices.join(", ")}`, (given) => choices.find((each) => each === given));
}

/** A number within limits, both included; `unit` names what is counted. */
export function number(limits: {
  readonly from: number;
  readonly to: number;
  readonly whole?: boolean;
  readonly unit?: string;
}) {
  const { from, to, whole = false, unit = whole ? "a whole number" : "a number" } = limits;
  return parsed(`${unit} from ${from} to ${to}`, (given) => {
    const value = given.trim() === "" ? Number.NaN : Number(given);
    return value >= from && value <= to && (!whole || Number.isInteger(value)) ? value : undefined;
  });
}

/** The problem of a range of local dates that ends before it begins. */
export function dateOrderProblems({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}) {
  return from !== undefined && to !== undefined && to < from ? [`--to ${to} is before --from ${from}`] : [];
}

/**
 * Reads the command line of a script that takes options only. `rules` finds the problems between options; it gets the
 * values that are right by themselves. `--help` wins over every problem.
 */
export function readOptions<O extends OptionTable>(
  args: readonly string[],
  options: O,
  rules: (values: Partial<ValuesOf<O>>) => readonly string[] = () => [],
): CommandLine<ValuesOf<O>> {
  const { words, given, problems } = splitArguments(args, options);
  if (given.has("help")) return "help";
  const checked = checkOptions(given, options);
  const all = [
    ...words.map((word) => `"${word}" is not known here: options begin with --`),
    ...problems,
    ...checked.problems,
    ...rules(checked.values),
  ];
  return all.length > 0 || checked.complete === undefined ? { problems: all } : checked.complete;
}

/** Takes a command line apart by the kinds of the options; every script has `--help` besides. */
export function splitArguments(args: readonly string[], options: OptionTable): SplitArguments {
  const kinds = new Map(
    [...Object.entries(options), ["help", switchOption] as const].map(([name, { kind }]) => [name, kind]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      [...kinds].map(([name, kind]) => [
        name,
        { type: kind === "switch" ? ("boolean" as const) : ("string" as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const given = new Map<string, string[]>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value = "" } = token;
    const kind = kinds.get(name);
    if (kind === undefined) problems.push(`${rawName} is not an option`);
    else if (kind === "switch" && token.value !== undefined) problems.push(`${rawName} takes no value`);
    else given.set(name, [...(given.get(name) ?? []), value]);
  }
  for (const [name, values] of given) {
    if (values.length > 1 && kinds.get(name) !== "list")
      problems.push(`--${name} is given ${values.length} times; once is allowed`);
  }
  return { words, given, problems };
}

/** Options checked against their schemas: the values that are right, and all of them where there is no problem. */
export type CheckedOptions<Values> = {
  readonly values: Partial<Values>;
  readonly complete: Values | undefined;
  readonly problems: readonly string[];
};

/** Checks the options that are given, and those that are missing, against their schemas; each problem names its option. */
export function checkOptions<O extends OptionTable>(
  given: SplitArguments["given"],
  options: O,
): CheckedOptions<ValuesOf<O>> {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, { kind, schema }] of Object.entries(options)) {
    const texts = given.get(name);
    const input = kind === "switch" ? texts !== undefined : kind === "list" ? (texts ?? []) : texts?.[0];
    const { success, data, error } = schema.safeParse(input);
    if (success) values[name] = data;
    else problems.push(...new Set(error.issues.map(({ message }) => `--${name} ${message}`)));
  }
  const complete = problems.length === 0 ? (values as ValuesOf<O>) : undefined;
  return { values: values as Partial<ValuesOf<O>>, complete, problems };
}

/**
 * Prints the help of a script, or its problems and ends with 2, or runs it. `run` sets the exit code where it is not 0.
 */
export async function runScript<Values extends object>(
  script: { readonly name: string; readonly help: string; readonly read: CommandLine<Values> },
  run: (values: Values) => void | Promise<void>,
): Promise<void> {
  const { name, help, read } = script;
  if (read === "help") {
    console.log(help);
  } else if ("problems" in read) {
    for (const problem of read.problems) console.error(problem);
    console.error(`${name} --help shows what it takes.`);
    process.exitCode = 2;
  } else {
    await run(read);
  }
}
