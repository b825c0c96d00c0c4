import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/base/free-port.ts";
import { endProcess, processPath, until } from "./processes.ts";

/** A real Mosquitto that drops no message. */
export type Mosquitto = {
  readonly port: number;
  readonly url: string;
  /** To how many filters clients whose id begins so have subscribed since the start. */
  filtersOf(client: string): number;
  /** Resolves once they are so many. */
  subscribed(client: string, filters: number): Promise<void>;
  close(): Promise<void>;
};

export async function startMosquitto(): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-mosquitto-"));
  const port = await freePort();
  const file = join(folder, "mosquitto.conf");
  const settings = [
    `listener ${port} 127.0.0.1`,
    "allow_anonymous true",
    "max_queued_messages 0",
    "log_dest stderr",
    "log_type subscribe",
    "log_type information",
  ];
  await writeFile(file, `${settings.join("\n")}\n`);
  const child = spawn("mosquitto", ["-c", file], { stdio: ["ignore", "ignore", "pipe"], env: processPath });
  let log = "";
  child.stderr.on("data", (text: Buffer) => {
    log += text.toString();
  });
  child.on("error", (error) => {
    log += error.message;
  });

  const countLogLines = (text: string) => log.split("\n").filter((line) => line.includes(text)).length;
  async function close(): Promise<void> {
    await endProcess(child);
    await rm(folder, { recursive: true, force: true });
  }

  function filtersOf(client: string): number {
    return countLogLines(`: ${client}`);
  }

  await until(
    () => countLogLines(" running") > 0 || child.exitCode !== null || child.pid === undefined,
    "Mosquitto starts",
  );
  if (countLogLines(" running") === 0) {
    await close();
    throw new Error(`Mosquitto cannot be started: ${log.trim()}`);
  }
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    filtersOf,
    subscribed: (client, filters) =>
      until(() => filtersOf(client) >= filters, `${client} subscribes to ${filters} topic filters`),
    close,
  };
}
