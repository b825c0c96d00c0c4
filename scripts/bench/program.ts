import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { secondMs } from "@heatloop/core/time/durations";
import { rolldown } from "rolldown";
import { addonBundle } from "../bundling/addon-bundle.ts";
import { endProcess } from "./processes.ts";

/** The flags with which ha-addon/Dockerfile starts the program. */
export const programFlags = ["--max-semi-space-size=1", "--v8-pool-size=1", "--no-incremental-marking"] as const;

const root = resolve(import.meta.dirname, "../..");
const deadlineMs = 30_000;

/** Puts the add-on's program into a folder as its image has it: one file, its page, no node_modules. */
export async function bundleInto(folder: string): Promise<void> {
  const { output, ...input } = addonBundle;
  const bundle = await rolldown({ ...input, cwd: root });
  await bundle.write({ ...output, dir: join(folder, "dist") });
  await bundle.close();
  await cp(join(root, "ha-addon/package.json"), join(folder, "package.json"));
  await cp(join(root, "ha-addon/web/dist"), join(folder, "web/dist"), { recursive: true });
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
  logged(text: string): Promise<void>;
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
  const environment = { ...(await writeOptions(folder, brokerUrl, how.settings)), ...how.environment };
  const startedAt = performance.now();
  const words = [...programFlags, ...(how.flags ?? []), "dist/main.js"];
  const child = spawn(process.execPath, words, { cwd: folder, env: environment });
  const log = logOf(child);

  try {
    await log.holds("is ready");
    const startMs = performance.now() - startedAt;
    const url = /is ready url=(\S+)/.exec(log.text())?.[1] ?? "";
    return { child, pid: child.pid ?? 0, url, startMs, logged: log.holds };
  } catch (error) {
    await endProcess(child);
    throw error;
  }
}

/** Writes the program's options, and its settings where they are given; the environment by which it finds all. */
async function writeOptions(
  folder: string,
  brokerUrl: string,
  settings: Readonly<Record<string, unknown>> | undefined,
): Promise<NodeJS.ProcessEnv> {
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  const options = join(data, "options.json");
  await writeFile(options, JSON.stringify({ mqtt: { url: brokerUrl } }));
  if (settings !== undefined) await writeFile(join(data, "settings.json"), JSON.stringify(settings));
  return {
    PATH: process.env.PATH,
    HEATLOOP_OPTIONS: options,
    HEATLOOP_DATA: data,
    HEATLOOP_ARCHIVE: join(folder, "archive"),
    HEATLOOP_PORT: "0",
    NODE_COMPILE_CACHE: join(folder, "compile-cache"),
  };
}

type ProgramLog = {
  text(): string;
  /** Resolves once the log holds a text; rejects where the process ends before, or takes too long. One at a time. */
  holds(text: string): Promise<void>;
};

/** What a process writes on both of its streams, from now on. */
function logOf(child: ChildProcessWithoutNullStreams): ProgramLog {
  let log = "";
  let checkLog: () => void = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => {
      log += text.toString();
      checkLog();
    });
  }
  child.on("exit", () => checkLog());

  function holds(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`the program ${why} before "${text}"; its log: ${log}`));
      const timer = setTimeout(() => fail(`took more than ${deadlineMs / secondMs} s`), deadlineMs);
      checkLog = () => {
        const ended = child.exitCode !== null || child.signalCode !== null;
        if (!log.includes(text) && !ended) return;
        clearTimeout(timer);
        checkLog = () => {};
        if (log.includes(text)) resolve();
        else fail("ended");
      };
      checkLog();
    });
  }

  return { text: () => log, holds };
}
