import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import asc from "assemblyscript/asc";

const root = resolve(import.meta.dirname, "..");
const source = "ha-addon/assembly/scan-lines.ts";
const target = "ha-addon/src/scan/scan-lines-module.ts";

/** The text of `scan-lines-module.ts` as it follows from its source; rejects with the compiler's words. */
export async function scannerModule(): Promise<string> {
  const options = ["--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd", "--use", "abort="];
  const { error, stderr, wasm } = await compile([...options, "--importMemory", "--initialMemory", "1"]);
  if (error !== null || wasm === undefined) throw new Error(`${source}: ${error?.message ?? ""} ${stderr.toString()}`);
  return [
    `// Made of ${source} by \`npm run scanner\`; a test says when it is stale.`,
    `/** The line scanner, ${wasm.length} bytes of WebAssembly in base64. */`,
    `export const scanLinesModule =\n  "${Buffer.from(wasm).toString("base64")}";`,
    "",
  ].join("\n");
}

async function compile(options: readonly string[]) {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["scan-lines.ts", ...options, "--outFile", "scan-lines.wasm"], {
    readFile: async (name) => (name === "scan-lines.ts" ? readFile(join(root, source), "utf8") : null),
    writeFile(name, contents) {
      if (name === "scan-lines.wasm" && typeof contents !== "string") wasm = contents;
    },
    listFiles: () => [],
  });
  return { error, stderr, wasm };
}

if (import.meta.main) await writeFile(join(root, target), await scannerModule());
