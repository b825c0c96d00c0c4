import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/report.ts", import.meta.url));

export type RanReport = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `scripts/report` as a person would. */
export function runReport(args: readonly string[]): Promise<RanReport> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env: { ...process.env, LC_ALL: "C" } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}
