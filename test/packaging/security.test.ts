import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const rows = readFileSync(join(root, "SECURITY.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| what they might try"))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\|\s*|\s*\|$/g, "").trim()));

describe("each line of the threat model", () => {
  it.each(rows)("%s: %s", (threat, holds, tests) => {
    expect([threat, holds, tests].every((cell) => cell !== undefined && cell !== "")).toBe(true);
    const named = [...(tests ?? "").matchAll(/`(test\/[^`]+\.test\.ts)`(?:: ([^;]+))?/g)];
    expect(named.length, "names a test").toBeGreaterThan(0);
    for (const [, file = "", sentence] of named) {
      expect(existsSync(join(root, file)), file).toBe(true);
      if (sentence !== undefined) expect(readFileSync(join(root, file), "utf8")).toContain(sentence);
    }
  });

  it("is read", () => {
    expect(rows.length).toBeGreaterThan(15);
  });
});
