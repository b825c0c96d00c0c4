import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SharedTime } from "./shared-time.ts";

/** A part of the house as a process of its own, which can be killed, stopped and started again. */
export type HousePart = {
  readonly name: string;
  /** Starts it with the time of now; resolves once it runs, rejects where it ends instead. */
  start(): Promise<void>;
  /** Sends a signal to the process; SIGKILL and SIGTERM: resolves once it has ended. */
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Whether it is started and has not ended. */
  runs(): boolean;
  pid(): number | undefined;
  tell(time: SharedTime): void;
  order(order: unknown): void;
  /** Memory that it has in use, MB; null where it does not run. */
  residentMb(): number | null;
};

type How = {
  readonly name: string;
  readonly logFolder: string;
  readonly command: () => readonly string[];
  /** Whether it is one of ours, with which the run speaks. */
  readonly speaks: boolean;
  /** Resolves once it runs; what speaks says so itself. */
  readonly ready?: () => Promise<unknown>;
  readonly heard?: (message: object) => void;
};

/** A part that is not started yet. Its output goes to a file of its name. */
export function newPart({ name, logFolder, command, speaks, ready, heard }: How): HousePart {
  let child: ChildProcess | undefined;
  const runs = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  async function start(): Promise<void> {
    const log = openSync(join(logFolder, `${name}.log`), "a");
    const [program = "", ...args] = command();
    const started = spawn(program, args, { stdio: ["ignore", log, log, ...(speaks ? (["ipc"] as const) : [])] });
    child = started;
    const isReady = new Promise<void>((resolve) => {
      started.on("message", (message: object) => ("ready" in message ? resolve() : heard?.(message)));
    });
    const ended = once(started, "exit").then(([code, signal]) => {
      throw new Error(`${name} ended while it started (${signal ?? code}); its output is in ${logFolder}`);
    });
    // Its end matters while it starts only.
    ended.catch(() => undefined);
    await Promise.race([speaks ? isReady : ready?.(), ended]);
  }

  return {
    name,
    start,
    runs,
    pid: () => (runs() ? child?.pid : undefined),
    async signal(signal) {
      if (child === undefined || !runs()) return;
      const ends = signal === "SIGKILL" || signal === "SIGTERM";
      const ended = ends ? once(child, "exit") : undefined;
      child.kill(signal);
      await ended;
    },
    tell(time) {
      if (speaks && runs() && child?.connected) child.send({ time }, () => {});
    },
    order(order) {
      if (speaks && runs() && child?.connected) child.send({ order }, () => {});
    },
    residentMb() {
      const pid = runs() ? child?.pid : undefined;
      if (pid === undefined) return null;
      const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      return kb === undefined ? null : Number(kb) / 1024;
    },
  };
}
