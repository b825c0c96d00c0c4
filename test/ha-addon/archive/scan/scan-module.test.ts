import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { scannerModule } from "#scripts/making/build-scanner.ts";

test("the WebAssembly in the program is what its sources compile to", async () => {
  const file = resolve(import.meta.dirname, "../../../../ha-addon/src/archive/scan/scan-module.ts");
  expect(await readFile(file, "utf8"), "run `npm run scanner`").toBe(await scannerModule());
});
