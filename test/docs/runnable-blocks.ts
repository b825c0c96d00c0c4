import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A block of a page that is marked as runnable (```` ```sh runnable ````), with what the page says that it prints. */
export type RunnableBlock = {
  readonly page: string;
  readonly line: number;
  readonly commands: string;
  /** The lines of the block ```` ```text output ```` behind it; none where the page shows no output. */
  readonly output: readonly string[];
};

const fence = /^( *)```(.*)\n([\s\S]*?)^\1```$/gm;

/** All runnable blocks of the project's pages. */
export function runnableBlocks(root: string): RunnableBlock[] {
  const listed = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" });
  return listed
    .trim()
    .split("\n")
    .flatMap((page) => blocksOf(page, readFileSync(join(root, page), "utf8")));
}

/** The runnable blocks of a page's text. */
export function blocksOf(page: string, text: string): RunnableBlock[] {
  const blocks = [...text.matchAll(fence)].map(({ index, 1: indent = "", 2: info = "", 3: body = "" }) => ({
    line: text.slice(0, index).split("\n").length,
    info: info.trim(),
    lines: body
      .replaceAll(new RegExp(`^${indent}`, "gm"), "")
      .trimEnd()
      .split("\n"),
  }));
  return blocks.flatMap(({ info, line, lines }, i) => {
    if (info !== "sh runnable") return [];
    const next = blocks[i + 1];
    return [{ page, line, commands: lines.join("\n"), output: next?.info === "text output" ? next.lines : [] }];
  });
}

/** A line as it is compared: numbers, and names that are made anew each time, may differ; `...` stands for anything. */
function patternOf(line: string): RegExp {
  const varying = /\.\.\.|\d+|(?<=heatloop-demo-)\w+/g;
  const parts = line.trim().split(varying);
  const holes = line.trim().match(varying) ?? [];
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(escaped.map((part, i) => part + holeOf(holes[i])).join(""));
}

function holeOf(hole: string | undefined): string {
  if (hole === undefined) return "";
  return hole === "..." ? ".*" : /^\d+$/.test(hole) ? "\\d+" : "\\w+";
}

/** The lines of an output that were not printed, in their order; empty where all were. */
export function missingLines(output: readonly string[], printed: string): string[] {
  const lines = printed.split(/\r\n|\r|\n/);
  let at = 0;
  return output.filter((expected) => {
    if (expected.trim() === "") return false;
    const pattern = patternOf(expected);
    const found = lines.findIndex((line, i) => i >= at && pattern.test(line));
    if (found < 0) return true;
    at = found + 1;
    return false;
  });
}
