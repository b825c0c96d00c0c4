import { spawnSync } from "node:child_process";
import { installedProgram } from "./installed-program.ts";

function installedActionlint(): string | undefined {
  return installedProgram({ variable: "HEATLOOP_ACTIONLINT", name: "actionlint", path: "actionlint" });
}

/** Whether scripts/install-actionlint was run; prints a warning where it was not. */
export function hasActionlint(): boolean {
  if (installedActionlint() !== undefined) return true;
  console.warn("\nSKIPPED: no actionlint here. Run scripts/install-actionlint to check the workflows.\n");
  return false;
}

/** What it finds in a workflow, a line each, without what only the machine's other linters would find; nothing is right. */
export function actionlintFindings(file: string): string {
  const words = ["-shellcheck=", "-pyflakes=", "-no-color", "-oneline", file];
  const { stdout, stderr, error } = spawnSync(installedActionlint() ?? "", words, { encoding: "utf8" });
  if (error !== undefined) throw error;
  return stdout + stderr;
}
