import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { anchorOf, pageGroups, pagePaths, siteLink, sitePath } from "../pages.ts";

const root = join(import.meta.dirname, "../..");
const icon = readFileSync(join(root, "ha-addon/web/static/icon.svg"), "utf8");

const isInstalled = (path: string) => path.endsWith("node_modules");
const otherPages = globSync("**/*.md", { cwd: root, exclude: isInstalled }).filter((path) => !pagePaths.includes(path));

/** Long tables: they get the place of the outline too. */
const widePages = ["docs/log-columns.md", "docs/energy/fields.md", "docs/api.md"];

/** As much of markdown-it as is used here. */
type Token = {
  readonly type: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
};
type MarkdownIt = {
  readonly core: {
    readonly ruler: {
      push(
        name: string,
        rule: (state: { readonly tokens: readonly Token[]; readonly env: { readonly path: string } }) => void,
      ): void;
    };
  };
};

/** Links of a page lead to pages of the site, or to the repository; braces in code are text. */
function readAsOnGitHub(markdown: MarkdownIt): void {
  markdown.core.ruler.push("as_on_github", ({ tokens, env }) => {
    const page = env.path.slice(root.length + 1);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === "code_inline") token.attrSet("v-pre", "");
      if (token.type === "link_open") token.attrSet("href", siteLink(root, page, token.attrGet("href") ?? ""));
    }
  });
}

/** The site: the project's own pages, found by their paths in it, and nothing else. */
export default {
  title: "Heatloop",
  description: "The open companion of a Mitsubishi Ecodan heat pump in Home Assistant",
  lang: "en",
  base: process.env.HEATLOOP_SITE_BASE ?? "/",
  srcDir: "..",
  srcExclude: otherPages,
  rewrites: Object.fromEntries(pagePaths.map((page) => [page, sitePath(page)])),
  cacheDir: "../.cache/site",
  head: [["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  transformPageData: (page: { readonly relativePath: string; readonly frontmatter: { aside?: boolean } }) => {
    if (widePages.includes(page.relativePath)) page.frontmatter.aside = false;
  },
  markdown: { anchor: { slugify: anchorOf }, config: readAsOnGitHub },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: "https://github.com/heatloop/heatloop" }],
    nav: [
      { text: "Install", link: "/docs/install" },
      { text: "Troubleshooting", link: "/docs/troubleshooting" },
    ],
    sidebar: pageGroups.map(({ name, pages }) => ({
      text: name,
      items: Object.entries(pages).map(([page, text]) => ({ text, link: `/${sitePath(page)}` })),
    })),
    footer: { message: "MIT. Heatloop is not affiliated with Mitsubishi Electric." },
  },
};
