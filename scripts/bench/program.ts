import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import config from "../../rolldown.config.ts";

/** The flags with which ha-addon/Dockerfile starts the program. */
export const programFlags = ["--max-semi-space-size=1"] as const;

const root = resolve(import.meta.dirname, "../..");
const deadlineMs = 30_000;

/** Puts the add-on's program into a folder as its image has it: one file, its page, no node_modules. */
export async function bundleInto(folder: string): Promise<void> {
  const { output, ...input } = config;
  const bundle = await rolldown({ ...input, cwd: root });
  await bundle.write({ ...output, dir: join(folder, "dist") });
  await bundle.close();
  await cp(join(root, "ha-addon/package.json"), join(folder, "package.json"));
  await cp(join(root, "ha-addon/web"), join(folder, "web"), { recursive: true });
}

/** The bundled program while it runs. */
export type Program = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** `http://127.0.0.1:40123`. */
  readonly url: string;
  /** From the spawn until it listens. */
  readonly startMs: number;
  /** What it has logged. */
  log(): string;
};

/** Starts the program that `bundleInto` put into a folder, with what it compiled kept there for the next start. */
export async function startProgram(folder: string, brokerUrl: string): Promise<Program> {
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  const options = join(data, "options.json");
  await writeFile(options, JSON.stringify({ mqtt: { url: brokerUrl } }));
  const { PATH } = process.env;
  const environment = {
    PATH,
    HEATLOOP_OPTIONS: options,
    HEATLOOP_DATA: data,
    HEATLOOP_ARCHIVE: join(folder, "archive"),
    HEATLOOP_PORT: "0",
    NODE_COMPILE_CACHE: join(folder, "compile-cache"),
  };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...programFlags, "dist/main.js"], { cwd: folder, env: environment });
  let log = "";
  child.stderr.on("data", (text: Buffer) => {
    log += text.toString();
  });
  const signal = AbortSignal.timeout(deadlineMs);
  for (;;) {
    const [text] = (await once(child.stdout, "data", { signal })) as [Buffer];
    log += text.toString();
    const url = /is ready url=(\S+)/.exec(log)?.[1];
    if (url === undefined) continue;
    const startMs = performance.now() - startedAt;
    child.stdout.on("data", (more: Buffer) => {
      log += more.toString();
    });
    if (child.pid === undefined) throw new Error("the program has no process id");
    return { child, pid: child.pid, url, startMs, log: () => log };
  }
}
