import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../hub/src/main.ts");

/** A hub in a process of its own. */
export type HubProcess = {
  readonly url: string;
  readonly pid: number;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
};

const source = { folder: process.cwd(), words: ["--disable-warning=ExperimentalWarning", main] };

/**
 * Starts the hub's program as `npm run hub` does, or another one by the words for Node.js in a folder; rejected with what it
 * said where it does not start.
 */
export async function startHubProcess(
  env: Readonly<Record<string, string>>,
  { folder, words }: { readonly folder: string; readonly words: readonly string[] } = source,
): Promise<HubProcess> {
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let printed = "";
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (piece: string) => {
        if (printed.length < 100_000) printed += piece;
        const url = /the hub is ready url=(\S+)/.exec(printed)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
  });
  const url = await Promise.race([ready, ended.then(() => undefined)]);
  if (url === undefined) throw new Error(`The hub could not be started:\n${printed.trim()}`);
  return {
    url,
    pid: child.pid ?? 0,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
