import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
// What is in assembly/ is another language, and imported by nobody.
const sources = files.filter((file) => file.endsWith(".ts") && !/^(test|site)\/|\/assembly\//.test(file));

it("No two types that the code exports share a name", () => {
  const places = sources.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/^export (?:type|interface|class) (\w+)/gm)].map(
      ([, name = ""]) => ({ name, file }),
    ),
  );
  const shared = [...Map.groupBy(places, ({ name }) => name)].filter(([, each]) => each.length > 1);
  expect(shared.map(([name, each]) => `${name}: ${each.map(({ file }) => file).join(", ")}`)).toEqual([]);
  expect(places.length).toBeGreaterThan(500);
});

it("No folder has more than forty files", () => {
  const folders = [...Map.groupBy(files, dirname)].map(([folder, of]) => [folder, of.length] as const);
  expect(folders.filter(([folder, count]) => count > 40 && !isOfPictures(folder))).toEqual([]);
});

/** Pictures, and entities in their languages, are made by scripts. */
function isOfPictures(folder: string): boolean {
  return /pictures|translations|examples|names/.test(folder);
}
