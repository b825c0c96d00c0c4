import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import config from "../../rolldown.config.ts";
import { endProcess } from "./processes.ts";

/** The flags with which ha-addon/Dockerfile starts the program. */
export const programFlags = ["--max-semi-space-size=1", "--v8-pool-size=1"] as const;

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
  /** Resolves once its log holds a text. */
  said(text: string): Promise<void>;
};

/**
 * Starts the program that `bundleInto` put into a folder; what it compiles is kept there for the next start. `flags` of
 * Node come beside the usual ones; `settings` are written before, where they are given.
 */
export async function startProgram(
  folder: string,
  brokerUrl: string,
  how: {
    readonly flags?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly settings?: Readonly<Record<string, unknown>>;
  } = {},
): Promise<Program> {
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  const options = join(data, "options.json");
  await writeFile(options, JSON.stringify({ mqtt: { url: brokerUrl } }));
  if (how.settings !== undefined) await writeFile(join(data, "settings.json"), JSON.stringify(how.settings));
  const environment = {
    PATH: process.env.PATH,
    HEATLOOP_OPTIONS: options,
    HEATLOOP_DATA: data,
    HEATLOOP_ARCHIVE: join(folder, "archive"),
    HEATLOOP_PORT: "0",
    NODE_COMPILE_CACHE: join(folder, "compile-cache"),
    ...how.environment,
  };
  const startedAt = performance.now();
  const words = [...programFlags, ...(how.flags ?? []), "dist/main.js"];
  const child = spawn(process.execPath, words, { cwd: folder, env: environment });
  let log = "";
  let heard: () => void = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => {
      log += text.toString();
      heard();
    });
  }
  child.on("exit", () => heard());

  function said(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`the program ${why} before "${text}"; it said: ${log}`));
      const timer = setTimeout(() => fail(`took more than ${deadlineMs / 1000} s`), deadlineMs);
      heard = () => {
        const ended = child.exitCode !== null || child.signalCode !== null;
        if (!log.includes(text) && !ended) return;
        clearTimeout(timer);
        heard = () => {};
        if (log.includes(text)) resolve();
        else fail("ended");
      };
      heard();
    });
  }

  try {
    await said("is ready");
    const startMs = performance.now() - startedAt;
    const url = /is ready url=(\S+)/.exec(log)?.[1] ?? "";
    return { child, pid: child.pid ?? 0, url, startMs, said };
  } catch (error) {
    await endProcess(child);
    throw error;
  }
}
