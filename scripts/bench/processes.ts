import { type ChildProcess, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as passed } from "node:timers/promises";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";

/** An environment in which Debian's servers are found. */
export const processPath = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Waits until something holds; rejects with its name after the deadline. */
export async function until(holds: () => boolean, what: string, deadlineMs = minuteMs): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${deadlineMs / secondMs} s in vain: ${what}`);
    await passed(5);
  }
}

/** Ends a child process as a user would, and waits for its end. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}

/** Processor time that a process has used so far, of all its threads that still live (Linux). */
export function processorMs(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
  }
  return nanoseconds / 1e6;
}

/** Memory of a process that is in RAM now, shared pages included (Linux). */
export function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

/** Runs a program to its end: hands back what it printed, throws with what it complained of or where it is not there. */
export function runProgram(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
  good: readonly number[] = [0],
): string {
  const options = { encoding: "utf8", maxBuffer: 1e8, env: environment } as const;
  const { status, stdout, stderr, error } = spawnSync(program, words, options);
  if (error !== undefined) throw new Error(`${program} cannot be run: ${error.message}`);
  if (status === null || !good.includes(status)) throw new Error(`${program}: ${stderr.slice(0, 300)}`);
  return stdout;
}
