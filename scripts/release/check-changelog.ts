/**
 * Fails where the commits since a base change what users get, and CHANGELOG.md tells them nothing:
 * `node scripts/release/check-changelog.ts origin/main`
 */
import { execFileSync } from "node:child_process";

/** Folders that are shipped, without what in them is for those who work on them. */
const shipped = /^(core|mqtt-discovery|ha-addon|lovelace-card|esphome|automations)\//;
const notShipped = /\.md$|\/(package|biome|tsconfig)\.json$|^mqtt-discovery\/examples\//;

/** The changed files that users get. */
export function shippedFiles(changed: readonly string[]): string[] {
  return changed.filter((path) => shipped.test(path) && !notShipped.test(path));
}

/** Whether a unified diff adds a line that says something. */
export function addsLine(diff: string): boolean {
  return diff.split("\n").some((line) => /^\+(?!\+\+ ).*\w/.test(line));
}

function changesSince(base: string, ...words: readonly string[]): string {
  return execFileSync("git", ["diff", "--merge-base", base, "HEAD", ...words], { encoding: "utf8", maxBuffer: 64e6 });
}

if (import.meta.main) {
  const base = process.argv[2] ?? "origin/main";
  const files = shippedFiles(changesSince(base, "--name-only").split("\n"));
  if (files.length > 0 && !addsLine(changesSince(base, "--", "CHANGELOG.md"))) {
    console.error(
      `This changes what users get (${files.slice(0, 3).join(", ")}${files.length > 3 ? ", ..." : ""}): add a line for ` +
        'them to CHANGELOG.md, under Unreleased. Where they notice nothing, give the pull request the label "no changelog".',
    );
    process.exit(1);
  }
}
