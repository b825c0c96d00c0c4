import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Installed } from "#scripts/cloud-scene/installed.ts";

const program = resolve(import.meta.dirname, "stand-in.ts");

/** The programs behind Nginx: where each listens, and where it is to be found from outside. */
export const behindNginx = [
  { name: "Home Assistant", port: 8123, below: "", socket: "/api/websocket", login: "/auth/login_flow" },
  { name: "Heatloop", port: 8099, below: "/heatloop", socket: "/heatloop/ws", login: "/heatloop/api/login" },
] as const;

/** A program on the server's loopback, which stands for Home Assistant or Heatloop. */
export async function standIn(
  { server }: Installed,
  { name, port }: (typeof behindNginx)[number],
): Promise<ChildProcess> {
  const words = ["netns", "exec", server.network, process.execPath, program, name, String(port)];
  const child = spawn("ip", words, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

/** Ends it, as if it had been killed. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.signalCode !== null) return;
  const ended = once(child, "close");
  child.kill("SIGKILL");
  await ended;
}
