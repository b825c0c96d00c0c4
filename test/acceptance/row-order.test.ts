import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { scratchCopy } from "#test/support/scratch-copy.ts";

const copy = scratchCopy();
afterAll(() => copy.remove());

const catalogue = join(copy.folder, "core/catalogue");
/** The list of the files, and each file's rows: the text before the first row, the rows, the text behind the last. */
const files = [
  { path: join(catalogue, "points.ts"), row: /^ {2}\.\.\.\w+,\n/gm },
  ...readdirSync(join(catalogue, "points")).map((name) => ({
    path: join(catalogue, "points", name),
    row: /^ {2}\w+: \{(?:.*\},\n|\n[\s\S]*?^ {2}\},\n)/gm,
  })),
].map(({ path, row }) => {
  const text = readFileSync(path, "utf8");
  const rows = text.match(row) ?? [];
  return { path, text, rows, start: text.indexOf(rows[0] ?? ""), end: text.lastIndexOf(rows.at(-1) ?? "") };
});

type Results = { readonly rows: readonly string[]; readonly results: unknown };

async function resultsOf(): Promise<Results> {
  return JSON.parse(await copy.run(["test/acceptance/newcomer/catalogue-results.ts"]));
}

test("the order of the catalogue's rows means nothing: log, discovery, topics, API and simulator stay the same", async () => {
  const asItIs = await resultsOf();
  expect(files.reduce((sum, { rows }) => sum + rows.length, 1 - files.length)).toBe(asItIs.rows.length);
  const orders = fc.tuple(...files.map(({ rows }) => fc.shuffledSubarray(rows, { minLength: rows.length })));
  await fc.assert(
    fc.asyncProperty(orders, async (shuffled) => {
      for (const [i, { path, text, rows, start, end }] of files.entries()) {
        const behind = text.slice(end + (rows.at(-1) ?? "").length);
        writeFileSync(path, text.slice(0, start) + (shuffled[i] ?? []).join("") + behind);
      }
      const moved = await resultsOf();
      expect(moved.rows).not.toEqual(asItIs.rows);
      expect(moved.results).toEqual(asItIs.results);
    }),
    { numRuns: 3, endOnFailure: true },
  );
}, 180_000);
