import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { FastTime } from "#test/support/fast-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Starts the add-on's program as a process whose time goes faster; resolves once it logs a heat pump of the broker. */
export async function startFastProgram(parts: {
  readonly brokerUrl: string;
  /** Of its data; the archive is in it. */
  readonly folder: string;
  readonly time: FastTime;
}): Promise<ChildProcess> {
  const program = resolve(import.meta.dirname, "fast-addon.ts");
  const child = spawn(process.execPath, [program, parts.brokerUrl, parts.folder, JSON.stringify(parts.time)]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => {
      output += text.toString();
    });
  }
  await waitFor(() => output.includes("logs a heat pump"), `the program finds the heat pump; its output: ${output}`);
  return child;
}
