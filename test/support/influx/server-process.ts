import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "#test/support/wait-for.ts";

/** A real server that can be stopped and started again with what it keeps. */
export type ServerProcess = {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes what it kept. */
  close(): Promise<void>;
};

/** A folder that a server keeps its data in, over the tests of a file. */
export function serverFolder(): string {
  return mkdtempSync(join(tmpdir(), "heatloop-server-"));
}

export function serverProcess(parts: {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** What answers below 500 once the server is ready. */
  readonly health: string;
}): ServerProcess {
  const { command, args, folder, health } = parts;
  let child: ChildProcess | undefined;

  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }

  return {
    async start() {
      child = spawn(command, args, { stdio: "ignore" });
      child.on("error", () => undefined);
      const answers = () =>
        fetch(health).then(
          ({ status }) => status < 500,
          () => false,
        );
      await waitFor(answers, `${command} answers`, 60_000);
    },
    stop,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
