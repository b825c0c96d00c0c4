import { parseArgs } from "node:util";

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

type NumberOption = {
  readonly name: "days" | "speed" | "port";
  readonly usual: number;
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
};

const numbers: readonly NumberOption[] = [
  { name: "days", usual: 7, from: 0, to: 400, whole: true },
  { name: "speed", usual: 1, from: 0.1, to: 1000, whole: false },
  { name: "port", usual: 8099, from: 1, to: 65_535, whole: true },
];

/** The command line: the arguments, `help`, or every problem at once, each saying what is allowed. */
export function readDemoArguments(
  args: readonly string[],
): DemoArguments | "help" | { readonly problems: readonly string[] } {
  const text = { type: "string" } as const;
  const { values, tokens } = parseArgs({
    args: [...args],
    options: {
      days: text,
      speed: text,
      port: text,
      data: text,
      "home-assistant": { type: "boolean" },
      help: { type: "boolean" },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  if (values.help === true) return "help";
  const problems = tokens.flatMap((token) => {
    if (token.kind === "positional") return [`"${token.value}" is not known here: options begin with --`];
    if (token.kind !== "option") return [];
    return ["days", "speed", "port", "data", "home-assistant"].includes(token.name)
      ? []
      : [`${token.rawName} is not an option`];
  });
  const [days = 0, speed = 1, port = 0] = numbers.map((option) => readNumber(option, values[option.name], problems));
  const data = values.data;
  if (data !== undefined && (typeof data !== "string" || data === ""))
    problems.push("--data takes the path of a folder");
  if (problems.length > 0) return { problems };
  const folder = typeof data === "string" ? data : undefined;
  return { days, speed, port, data: folder, homeAssistant: values["home-assistant"] === true };
}

function readNumber(option: NumberOption, text: unknown, problems: string[]): number {
  if (text === undefined) return option.usual;
  const value = typeof text === "string" && text.trim() !== "" ? Number(text) : Number.NaN;
  const right = value >= option.from && value <= option.to && (!option.whole || Number.isInteger(value));
  if (!right) {
    const kind = option.whole ? "a whole number" : "a number";
    const found = typeof text === "string" ? `, not "${text}"` : "";
    problems.push(`--${option.name} takes ${kind} from ${option.from} to ${option.to}${found}`);
  }
  return value;
}
