import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { EndFault } from "./fault.ts";

/** What another program at the broker does. */
export const floodKinds = ["garbage", "devices", "messages", "topics", "large"] as const;
export type FloodKind = (typeof floodKinds)[number];

/** Starts another program that floods the broker; at the end it takes back what the broker keeps of it. */
export async function startFlood(brokerUrl: string, kind: FloodKind): Promise<EndFault> {
  const args = ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "flood.ts"), brokerUrl, kind];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exited = once(child, "exit");
  await Promise.race([once(child, "message"), exited]);
  if (child.exitCode !== null) throw new Error(`the flood of ${kind} ended by itself (${child.exitCode})`);
  return async () => {
    child.send("end");
    await exited;
  };
}
