import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { check } from "recheck";
import { parseAst } from "rolldown/parseAst";
import { describe, expect, it } from "vitest";

type RegularExpression = { readonly file: string; readonly pattern: string; readonly flags: string };

/** Where others' text is read: not the browser's own files, which only keep their reader waiting. */
const folders = ["core", "program", "mqtt-discovery", "ha-addon/src", "hub/src", "scripts/importing"];

/**
 * Those whose time grows faster than their text, or is not known to recheck, and why nobody can make the text long.
 * Whatever may be long belongs into code that reads it once, not here.
 */
const boundedByTheirText: ReadonlyMap<string, string> = new Map([
  [String(/^(.+?)\/((?:sensor|binary_sensor|number|select|switch|climate)\/.+)$/), "a topic of at most 400 characters"],
  [String(/\/+$/), "the address of Home Assistant in the options"],
  [String(/<style>(.*)<\/style>/s), "the page that was built"],
  [String(/heatloop-[a-z-]{1,60}-[0-9a-f]{8}\.js/g), "the card's own files"],
  [String(/^heatloop-[a-z-]{1,60}-[0-9a-f]{8}\.js(\.new)?$/), "the names of files in Home Assistant's folder"],
  [String(/-[\w-]{8,}\.\w+$/), "the names of the files that were built"],
]);

function sources(): readonly string[] {
  return execFileSync("git", ["ls-files", ...folders], { encoding: "utf8" })
    .split("\n")
    .filter((file) => file.endsWith(".ts"));
}

function regularExpressionsIn(file: string): readonly RegularExpression[] {
  const found: RegularExpression[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("regex" in node) found.push({ file, ...(node.regex as Omit<RegularExpression, "file">) });
    for (const child of Object.values(node)) walk(child);
  };
  walk(parseAst(readFileSync(file, "utf8"), { lang: "ts" }, file));
  return found;
}

const all = sources().flatMap(regularExpressionsIn);
const each = [...new Map(all.map((regular) => [`/${regular.pattern}/${regular.flags}`, regular])).entries()];

describe("a regular expression that reads others' text", { timeout: 90_000 }, () => {
  it.each(each.filter(([literal]) => !boundedByTheirText.has(literal)))(
    "takes time that grows with the text alone: %s",
    async (_literal, { file, pattern, flags }) => {
      const { status } = await check(pattern, flags, { timeout: 50_000, randomSeed: 1 });
      expect([file, status]).toEqual([file, "safe"]);
    },
  );

  it("is in the list of exceptions only where there is one", () => {
    expect([...boundedByTheirText.keys()].filter((literal) => !each.some(([known]) => known === literal))).toEqual([]);
  });

  it("is found", () => {
    expect(each.length).toBeGreaterThan(150);
  });
});
