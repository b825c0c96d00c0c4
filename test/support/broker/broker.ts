import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accepts } from "#scripts/base/accepts.ts";
import { freePort } from "#scripts/base/free-port.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A real Mosquitto on a free port of this machine. */
export type TestBroker = {
  readonly port: number;
  readonly url: string;
  /** Stops the broker; retained messages survive where it was started with `persistent`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Removes what it has kept, while it is stopped. */
  forget(): Promise<void>;
  /** Restarts it with lines added to its configuration instead of those of the last time. */
  restartWith(lines: string): Promise<void>;
  close(): Promise<void>;
};

/** Debian has the broker where an ordinary user's shell does not look. */
export const brokerEnvironment = { PATH: `${process.env.PATH}:/usr/sbin` };

/** `config` gives the listener lines (TLS, passwords) for a port and folder instead of the usual ones. */
export async function startBroker(
  options: { readonly config?: (port: number, folder: string) => string | Promise<string> } = {},
): Promise<TestBroker> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-broker-"));
  const port = await freePort();
  const listener = (await options.config?.(port, folder)) ?? `listener ${port} 127.0.0.1\nallow_anonymous true\n`;
  const file = join(folder, "mosquitto.conf");
  const base = `${listener}persistence true\npersistence_location ${folder}/\nuser root\nmax_queued_messages 0\n`;
  await writeFile(file, base);
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn("mosquitto", ["-c", file], { stdio: "ignore", env: brokerEnvironment });
    await waitFor(() => accepts(port), "Mosquitto accepts connections");
  }

  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }

  await start();
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    start,
    stop,
    forget: () => rm(join(folder, "mosquitto.db"), { force: true }),
    async restartWith(lines) {
      await stop();
      await writeFile(file, `${base}${lines}\n`);
      await start();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
