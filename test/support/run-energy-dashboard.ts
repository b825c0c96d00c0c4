import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/energy-dashboard.ts", import.meta.url));

export type RanEnergyDashboard = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `scripts/energy-dashboard` as a person would, who types `answer` or has nothing to say. */
export async function runEnergyDashboard(
  args: readonly string[],
  { token = "", answer = "" }: { readonly token?: string; readonly answer?: string } = {},
): Promise<RanEnergyDashboard> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, HEATLOOP_HOME_ASSISTANT_TOKEN: token },
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(answer);
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}
