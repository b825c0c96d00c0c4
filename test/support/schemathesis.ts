import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installedProgram } from "./installed-program.ts";

/** The program that scripts/install-python-tool schemathesis made, or undefined where it was not run. */
export function installedSchemathesis(): string | undefined {
  return installedProgram({ variable: "HEATLOOP_SCHEMATHESIS", name: "schemathesis", path: "venv/bin/schemathesis" });
}

/** Whether it is there; prints a warning where it is not. */
export function hasSchemathesis(): boolean {
  if (installedSchemathesis() !== undefined) return true;
  console.warn(
    "\nSKIPPED: no Schemathesis here. Run scripts/install-python-tool schemathesis to try the OpenAPI document.\n",
  );
  return false;
}

/**
 * What is too long is refused too, with statuses that it does not expect by itself, and 412 comes before a look at the body
 * (RFC 9110, 13.2.1).
 */
const settings = `[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "412", "413", "414", "415", "426", "429", "431"]
`;

/** Tries a document on a server with a fixed seed; resolves with its exit code (0: all is well) and output. */
export async function runSchemathesis(parts: {
  readonly document: object;
  readonly url: string;
  readonly folder: string;
  readonly words: readonly string[];
}): Promise<{ readonly code: number | null; readonly written: string }> {
  const file = join(parts.folder, "openapi.json");
  writeFileSync(file, JSON.stringify(parts.document));
  writeFileSync(join(parts.folder, "schemathesis.toml"), settings);
  const words = ["run", file, "--url", parts.url, "--seed", "1", "--no-color", "--generation-database", "none"];
  const child = spawn(installedSchemathesis() ?? "", [...words, ...parts.words], {
    cwd: parts.folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (piece: Buffer) => (written += piece.toString()));
  await once(child, "close");
  return { code: child.exitCode, written };
}
