import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const script = join(import.meta.dirname, "../../../scripts/migrate.ts");

/** A run of scripts/migrate: what it has printed so far, and its end. */
export type MigrateRun = {
  output(): string;
  readonly ended: Promise<number>;
};

/** Starts scripts/migrate as a person does, but for what its wrapper installs. */
export function startMigrate(args: readonly string[], env: Readonly<Record<string, string>> = {}): MigrateRun {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const take = (text: Buffer) => {
    output += text.toString();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return {
    output: () => output,
    ended: once(child, "close").then(([code]) => code as number),
  };
}

export async function migrate(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const run = startMigrate(args, env);
  const code = await run.ended;
  return { code, output: run.output() };
}
