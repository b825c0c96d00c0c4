import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anchorOf, pagePaths, siteLink, sitePath } from "#site/pages.ts";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** What Home Assistant's app store shows, made of the other pages. */
const elsewhere = ["ha-addon/CHANGELOG.md", "ha-addon/README.md"];

function isInstalled(): boolean {
  const [wanted, installed] = ["package-lock.json", "node_modules/.installed-from"].map((name) =>
    join(root, "site", name),
  );
  const textOf = (path = "") => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  return textOf(wanted) === textOf(installed);
}

describe("The navigation of the site", () => {
  it("has every page of the project once", () => {
    const pages = execFileSync("git", ["ls-files", "*.md", ":!test"], { cwd: root, encoding: "utf8" })
      .trim()
      .split("\n");
    expect([...pagePaths, ...elsewhere].sort()).toEqual(pages.sort());
  });
});

describe("A link of a page", () => {
  const repository = "https://github.com/heatloop/heatloop";
  it.each([
    ["docs/card.md", "esp32.md#certificate", "/docs/esp32.md#certificate"],
    ["docs/energy/cost.md", "../import.md", "/docs/import.md"],
    ["docs/card.md", "../README.md#read-on", "/index.md#read-on"],
    ["README.md", "automations/node-red/README.md", "/automations/node-red/index.md"],
    ["README.md", "automations/", "/automations/index.md"],
    ["docs/container.md", "../ha-addon/compose.yaml", `${repository}/blob/main/ha-addon/compose.yaml`],
    ["docs/card.md", "../lovelace-card", `${repository}/tree/main/lovelace-card`],
    ["docs/card.md", "https://example.org/x.md", "https://example.org/x.md"],
    ["docs/card.md", "#options", "#options"],
  ])("of %s to %s leads to %s", (page, link, target) => {
    expect(siteLink(root, page, link)).toBe(target);
  });

  it("that leads nowhere is a mistake", () => {
    expect(() => siteLink(root, "docs/card.md", "gone.md")).toThrow("docs/card.md: there is no docs/gone.md");
  });
});

describe.runIf(isInstalled())("The site", () => {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-site-"));
  const htmlOf = (page: string) => readFileSync(join(folder, sitePath(page).replace(/\.md$/, ".html")), "utf8");

  beforeAll(async () => {
    await run(join(root, "scripts/site"), ["--outDir", folder], { cwd: root });
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(pagePaths)("has %s with its heading", (page) => {
    const [, heading = ""] = /^# (.+)$/m.exec(readFileSync(join(root, page), "utf8")) ?? [];
    expect(htmlOf(page)).toMatch(new RegExp(`<h1 id="${anchorOf(heading)}"`));
  });

  /** Whether a link of a page leads to a place of the site; those to elsewhere are not followed. */
  function leadsSomewhere(page: string, link: string): boolean {
    if (/^[a-z]+:/.test(link)) return true;
    const { pathname, hash } = new URL(link, `http://site/${sitePath(page).replace(/\.md$/, ".html")}`);
    const file = join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!existsSync(file)) return false;
    return hash === "" || readFileSync(file, "utf8").includes(`id="${decodeURIComponent(hash.slice(1))}"`);
  }

  it.each(pagePaths)("has nothing on %s that leads nowhere", (page) => {
    const links = [...htmlOf(page).matchAll(/<(?:a|img|link|script)[^>]* (?:href|src)="([^"]+)"/g)];
    expect(links.filter(([, link = ""]) => !leadsSomewhere(page, link)).map(([, link]) => link)).toEqual([]);
  });

  it.each(pagePaths)("runs nothing on %s, and dresses it in nothing, that comes from elsewhere", (page) => {
    const fetched = [...htmlOf(page).matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)].map(([, from]) => from);
    expect(fetched.length).toBeGreaterThan(2);
    expect(fetched.filter((from) => !/^(\/|data:image\/svg)/.test(from ?? ""))).toEqual([]);
  });
});
