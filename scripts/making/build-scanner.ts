import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import asc from "assemblyscript/asc";

const root = resolve(import.meta.dirname, "../..");
const target = "ha-addon/src/archive/scan/scan-module.ts";

/**
 * What the module hands out, by the file that has it: the scanner, and the passes over the rows of core. `readCells` is
 * there so that it stays a function of its own: within `scanLines` its loop had no registers left.
 */
const exported: Readonly<Record<string, readonly string[]>> = {
  "ha-addon/assembly/scan-lines.ts": ["prepare", "limit", "scanLines", "readCells"],
  "core/energy/passes/row-sums.ts": ["sumColumns"],
  "core/energy/passes/row-estimates.ts": ["estimateUses"],
  "core/energy/passes/row-uses.ts": ["sumUses"],
  "core/energy/passes/row-distribution.ts": ["distributeSteps"],
  "core/energy/passes/row-formula.ts": ["bringToFormula"],
  "core/energy/passes/row-heat.ts": ["sumStretches"],
  "core/energy/passes/row-firmware-heat.ts": ["followFirmware"],
  "core/energy/passes/row-seen.ts": ["endOfSeen", "seenSeconds", "nextUnseen", "wasOutdoors", "nextKnown", "endOfRise"],
};

/** The text of `scan-module.ts` as it follows from its sources; rejects with the compiler's words. */
export async function scannerModule(): Promise<string> {
  const options = ["--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd", "--use", "abort="];
  const { error, stderr, wasm } = await compile([...options, "--importMemory", "--initialMemory", "1"]);
  if (error !== null || wasm === undefined) throw new Error(`${error?.message ?? ""} ${stderr.toString()}`);
  return [
    "// Made of ha-addon/assembly/ and core/energy/passes/ by `npm run scanner`; a test says when it is stale.",
    `/** The line scanner and the passes over the rows, ${wasm.length} bytes of WebAssembly in base64. */`,
    `export const scanModule =\n  "${Buffer.from(wasm).toString("base64")}";`,
    "",
  ].join("\n");
}

async function compile(options: readonly string[]) {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["module.ts", ...options, "--outFile", "module.wasm"], {
    readFile: async (name) => (name === "module.ts" ? entry() : source(name)),
    writeFile(name, contents) {
      if (name === "module.wasm" && typeof contents !== "string") wasm = contents;
    },
    listFiles: () => [],
  });
  return { error, stderr, wasm };
}

function entry(): string {
  return Object.entries(exported)
    .map(([file, names]) => `export { ${names.join(", ")} } from "./${file}";`)
    .join("\n");
}

/** The compiler adds an ending of its own to the name of each file. */
async function source(name: string): Promise<string | null> {
  const path = name.replace(/(\.ts)+$/, ".ts");
  if (!/^(core\/energy\/passes\/row-|ha-addon\/assembly\/)/.test(path)) return null;
  const text = await readFile(join(root, path), "utf8");
  return text.replace(
    /import type \{[^}]*\} from "\.\/row-columns\.ts";/,
    'import { PassColumn as Column, PassColumns as Columns } from "../../../ha-addon/assembly/columns.ts";',
  );
}

if (import.meta.main) await writeFile(join(root, target), await scannerModule());
