import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";
import { waitFor } from "./wait-for.ts";

export type StartedProgram = {
  readonly folder: string;
  readonly child: ChildProcess;
  /** What it has written to stdout and stderr. */
  written(): string;
  /** Its page's address, once it is ready. */
  url(): Promise<string>;
  ended(): Promise<{ readonly code: number | null; readonly written: string }>;
};

type Start = {
  /** Of Node, before the program. */
  readonly flags?: readonly string[];
  /** The text of options.json, or an object that becomes it; absent: there is no such file. */
  readonly options?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
};

/** The program as `npm run addon` starts it, with nothing in its environment but what is given here. */
export function startedProgram({
  options,
  environment = {},
  folder = temporaryFolder(),
  flags = [],
}: Start): StartedProgram {
  const optionsFile = join(folder, "options.json");
  if (options !== undefined) {
    writeFileSync(optionsFile, typeof options === "string" ? options : JSON.stringify(options));
  }
  const child = spawn(process.execPath, [...flags, resolve(import.meta.dirname, "../../ha-addon/src/main.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      TZ: "Europe/Rome",
      HEATLOOP_OPTIONS: optionsFile,
      HEATLOOP_DATA: folder,
      HEATLOOP_ARCHIVE: join(folder, "archive"),
      HEATLOOP_PORT: "0",
      ...environment,
    },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (text += piece.toString()));
  const closed = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await closed;
  });
  return {
    folder,
    child,
    written: () => text,
    url: () => waitFor(() => /Heatloop is ready url=(\S+)/.exec(text)?.[1], "the program is ready"),
    async ended() {
      await closed;
      return { code: child.exitCode, written: text };
    },
  };
}
