import { join } from "node:path";
import { flowFolder } from "#scripts/node-red/nodes.ts";

type Store = { get(key: string): unknown; set(key: string, value: unknown): void };
type Message = { readonly topic?: string; readonly payload?: unknown; readonly retain?: boolean };
type Sent = { readonly topic: string; readonly payload: unknown } | null;

/** What a function node has by name. */
export type Surroundings = {
  readonly env: { get(name: string): unknown };
  readonly flow: Store;
  readonly context: Store;
  readonly global: Store;
  readonly node: { status(what: { readonly text?: string }): void; error(what: string): void };
  /** The text below the node. */
  text(): string;
};

/** A function of automations/node-red/functions, as a function node calls it. */
export async function functionOf(file: string, name: string) {
  const module = await import(join(flowFolder, "functions", `${file}.js`));
  const call = module[name] as (surroundings: Omit<Surroundings, "text"> & { readonly msg: Message }) => unknown;
  return <T = Sent>(surroundings: Surroundings, msg: Message = {}) => call({ ...surroundings, msg }) as T;
}

export function surroundings(settings: Readonly<Record<string, unknown>>): Surroundings {
  let text = "";
  return {
    env: { get: (name) => settings[name] },
    flow: store(),
    context: store(),
    global: store(),
    node: {
      status: (what) => {
        text = what.text ?? "";
      },
      error: (what) => {
        text = what;
      },
    },
    text: () => text,
  };
}

/** As on file: what is kept are copies. */
function store(): Store {
  const values = new Map<string, string>();
  return {
    get: (key) => (values.has(key) ? JSON.parse(values.get(key) as string) : undefined),
    set: (key, value) => values.set(key, JSON.stringify(value)),
  };
}
