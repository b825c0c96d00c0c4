import { readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A plain reader of the same files: each line a text, each cell a number where it is one. Argument: the folder of the files. */
const [folder = ""] = process.argv.slice(2);
const startedAt = performance.now();
let days = 0;
let sum = 0;
for (const name of readdirSync(folder)) {
  days += 1;
  const [, ...lines] = readFileSync(join(folder, name), "utf8").split("\n");
  for (const line of lines) for (const cell of line.split(",")) sum += Number(cell) || 0;
}
writeSync(1, `${JSON.stringify({ days, sum, ms: performance.now() - startedAt })}\n`);
