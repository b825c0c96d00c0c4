import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorOf } from "#site/pages.ts";

const root = join(import.meta.dirname, "../..");
const pages = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" }).trim().split("\n");

/** A page without its blocks of code, in which links and headings are none. */
function withoutBlocks(page: string): string {
  return readFileSync(join(root, page), "utf8").replaceAll(/^( *)```[\s\S]*?^\1```/gm, "");
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const counts = new Map<string, number>();
  return new Set(
    [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => {
      const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/[`*]/g, "");
      const anchor = anchorOf(words);
      const before = counts.get(anchor) ?? 0;
      counts.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

const links = pages.flatMap((page) =>
  [
    ...withoutBlocks(page)
      .replaceAll(/`[^`\n]*`/g, "`")
      .matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g),
  ].map(([, link = ""]) => [page, link] as const),
);

describe("every link within the project", () => {
  it.each(links)("%s leads to %s", (page, link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : normalize(join(dirname(page), decodeURI(path)));
    expect(existsSync(join(root, target)), target).toBe(true);
    if (anchor === undefined || statSync(join(root, target)).isDirectory()) return;
    expect([...anchorsOf(target)]).toContain(anchor);
  });

  it("is found", () => {
    expect(links.length).toBeGreaterThan(50);
  });
});
