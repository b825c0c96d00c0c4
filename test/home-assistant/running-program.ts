import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { RoomFeedView } from "@heatloop/ha-addon/room-feed/view";
import { waitFor } from "#test/support/wait-for.ts";

/** The parts of `/api/room-feed` that the tests look at. */
export type ShownFeed = Pick<RoomFeedView, "zone" | "state" | "reason" | "source" | "confirmed"> & {
  readonly temperature_c: number | null;
  readonly sent_c: number | null;
  readonly rooms: readonly { readonly entity: string; readonly used: boolean; readonly reason: string | null }[];
};

/** The add-on's program as a child process, with folders of its own that stay over its restarts. */
export type RunningProgram = {
  /** Its page's address; another one after each start. */
  url(): string;
  /** What it has written, over restarts. */
  log(): string;
  /** The id that it gave itself. */
  installation(): string;
  get<T>(path: string): Promise<T>;
  isConnectedToHomeAssistant(): Promise<boolean>;
  changeSettings(patch: object): Promise<void>;
  start(): Promise<void>;
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  close(): Promise<void>;
};

type ProgramOptions = {
  readonly mqtt: { readonly url: string };
  readonly home_assistant?: { readonly url: string; readonly token: string };
};

/**
 * Starts the program with the options of a person outside Home Assistant OS. `homeAssistantFolder` is where Home
 * Assistant has its configuration; `fillArchive` writes what the program logged before.
 */
export async function startProgram(
  options: ProgramOptions,
  homeAssistantFolder?: string,
  fillArchive?: (folder: string) => Promise<void>,
): Promise<RunningProgram> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-program-"));
  await fillArchive?.(join(folder, "archive"));
  const optionsFile = join(folder, "options.json");
  await writeFile(optionsFile, JSON.stringify(options));
  let written = "";
  let url = "";
  let child: ChildProcess | undefined;
  const killAtExit = () => child?.kill("SIGKILL");
  process.once("exit", killAtExit);

  async function start(): Promise<void> {
    const begin = written.length;
    const started = spawn(process.execPath, [resolve(import.meta.dirname, "../../ha-addon/src/main.ts")], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HEATLOOP_OPTIONS: optionsFile,
        HEATLOOP_DATA: folder,
        HEATLOOP_ARCHIVE: join(folder, "archive"),
        HEATLOOP_PORT: "0",
        ...(homeAssistantFolder !== undefined && { HEATLOOP_HOME_ASSISTANT_CONFIG: homeAssistantFolder }),
      },
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (text: Buffer) => {
        written += text.toString();
      });
    }
    url = await waitFor(() => {
      if (started.exitCode !== null) throw new Error(`the program ended at once:\n${written}`);
      return /Heatloop is ready url=(\S+)/.exec(written.slice(begin))?.[1];
    }, "the program is ready");
  }

  async function end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${url}${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async function get<T>(path: string): Promise<T> {
    return (await (await ask(path)).json()) as T;
  }

  await start().catch(async (error: unknown) => {
    await end("SIGKILL");
    throw error;
  });
  return {
    url: () => url,
    log: () => written,
    installation: () => (JSON.parse(readFileSync(join(folder, "installation.json"), "utf8")) as { id: string }).id,
    get,
    async isConnectedToHomeAssistant() {
      type Health = { readonly home_assistant: { readonly state: string } };
      return (await get<Health>("/api/health")).home_assistant.state === "connected";
    },
    async changeSettings(patch) {
      const headers = { "Content-Type": "application/json" };
      await ask("/api/settings", { method: "PUT", headers, body: JSON.stringify(patch) });
    },
    start,
    end,
    async close() {
      await end("SIGTERM");
      process.off("exit", killAtExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
