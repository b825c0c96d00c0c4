import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { growthOf } from "./soak/growth.ts";
import { type Held, soakedProgram } from "./soak/soaked-program.ts";

/** `npm run soak -- [--years 5] [--seed 1]`: years of the program, and what it holds after each; exit 1 where that grows. */

const { values } = parseArgs({ options: { years: { type: "string" }, seed: { type: "string" } } });
const years = Number(values.years ?? 5);
const seed = Number(values.seed ?? 1);
if (!Number.isInteger(years) || years < 1 || !Number.isInteger(seed)) {
  console.error("npm run soak -- [--years 5] [--seed 1]: whole numbers, at least one year");
  process.exit(2);
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
function printRow(year: number, held: Held): void {
  const { heapBytes, rssBytes, files, fileBytes, archiveBytes, rows, handles, openFiles } = held;
  const cells = [year, rows, mb(heapBytes), mb(rssBytes), files, mb(fileBytes), mb(archiveBytes), handles, openFiles];
  console.log(`| ${cells.join(" | ")} |`);
}

const folder = mkdtempSync(join(tmpdir(), "heatloop-soak-"));
const program = await soakedProgram(folder, randomOf(seed));
console.log(`seed ${seed}, ${years} years`);
console.log(
  "| year | rows | heap MB | RSS MB | files beside the archive | MB of them | archive MB | handles | open files |",
);
console.log("|---|---|---|---|---|---|---|---|---|");
const after: Held[] = [];
for (let year = 1; year <= years; year += 1) {
  await program.passDays(365);
  const held = program.held();
  after.push(held);
  printRow(year, held);
}
for (const line of program.complaints().slice(0, 10)) console.log(line);
await program.close();
rmSync(folder, { recursive: true, force: true });
const growth = growthOf(after);
for (const line of growth) console.error(line);
process.exit(growth.length > 0 ? 1 : 0);
