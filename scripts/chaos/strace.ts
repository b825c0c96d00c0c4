import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { waitFor } from "#test/support/wait-for.ts";
import type { EndFault } from "./fault.ts";

/** Why strace cannot change system calls here; undefined where it can. */
export function straceProblem(): string | undefined {
  try {
    execFileSync("strace", ["-f", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "it needs strace, and the right to use it";
  }
}

/**
 * Changes system calls of a running process: `inject` as strace's option takes it, such as `fdatasync:error=EIO`. `paths`:
 * only those on these files. What it hands back lets the process go.
 */
export async function injectInto(pid: number, inject: string, paths: readonly string[] = []): Promise<EndFault> {
  const [calls = ""] = inject.split(":");
  const args = ["-f", "-q", "-o", "/dev/null", "-p", String(pid), "-e", `trace=${calls}`, "-e", `inject=${inject}`];
  const tracer = spawn("strace", [...args, ...paths.flatMap((path) => ["-P", path])], { stdio: "ignore" });
  const exited = once(tracer, "exit");
  const isTraced = () => /^TracerPid:\s+[1-9]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  await waitFor(isTraced, "strace follows the program");
  return async () => {
    tracer.kill("SIGTERM");
    await exited;
  };
}
