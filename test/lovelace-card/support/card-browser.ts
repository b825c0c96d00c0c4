import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { type BuiltCard, builtCard } from "./built-card.ts";

/** What the page lies in is no page of its own: it needs neither landmarks nor a heading. */
const rules = ["region", "page-has-heading-one", "landmark-one-main"];
const axeOptions = { rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])) };

/**
 * The built card and a page of a real browser, a new one for each test of the file. What the page complains of fails the
 * test, but for what is `tolerated`.
 */
export function cardBrowser(options: BrowserContextOptions, tolerated?: RegExp) {
  let browser: Browser;
  let built: BuiltCard;
  let axe: string;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    [browser, built, axe] = await Promise.all([openBrowser(), builtCard(), readFile(axePath, "utf8")]);
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    page = await browser.newPage({ locale: "en-GB", ...options });
    complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
  });
  afterEach(async () => {
    await page.close();
    expect(complaints.filter((text) => tolerated === undefined || !tolerated.test(text))).toEqual([]);
  });

  return {
    browser: () => browser,
    built: () => built,
    page: () => page,
    /** Violations of accessibility rules in all that the page shows. */
    async violations(): Promise<unknown> {
      await page.addScriptTag({ content: axe });
      return page.evaluate(
        `axe.run(${JSON.stringify(axeOptions)}).then(({ violations }) => violations.map(({ id, nodes }) =>
          [id, nodes.map(({ html, failureSummary }) => html + failureSummary)]))`,
      );
    },
  };
}

/** What is wider than the card; what scrolls within it may be. Runs in the page, so it is text. */
export const sticksOut = `(() => {
  const { left, right } = card.getBoundingClientRect();
  const found = [];
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) look(node.shadowRoot);
      if (node.closest("svg, select, .table, .tabs, .tip") || node.closest(".unseen") || !node.checkVisibility()) continue;
      const box = node.getBoundingClientRect();
      if (box.left < left - 0.5 || box.right > right + 0.5) found.push(node.outerHTML.slice(0, 120));
    }
  };
  look(card.shadowRoot);
  return found;
})()`;

/** What can be pressed and has less than 44 px for a finger; a link within a sentence may be as small as it (WCAG 2.5.8). */
export const smallTargets = `(() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
  return all(document.querySelector("main") ?? document.body).flatMap((each) => {
    if (!each.matches("button, a, select, summary, [role=tab]") || each.checkVisibility() === false) return [];
    if (getComputedStyle(each).display === "inline" && each.matches("a")) return [];
    const { width, height } = each.getBoundingClientRect();
    return width < 43.9 || height < 43.9 ? [(each.ariaLabel ?? each.innerText) + " " + width + "x" + height] : [];
  });
})()`;
