import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { startWeb, type Web } from "@heatloop/ha-addon/web/web";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { exampleView } from "#test/support/example-view.ts";
import { type ExampleParts, exampleParts } from "#test/support/example-web.ts";
import { type BuiltCard, builtCard } from "./built-card.ts";
import type { Scene } from "./card-page.ts";
import { type SupervisedHome, startSupervisedHome } from "./supervised-home.ts";
import { watchedReport } from "./watched-month.ts";
import { type Lacks, showWatched } from "./watched-page.ts";

export type Scenario = Partial<Scene> & { readonly lacks?: Lacks };

/** The built card in a real browser, in a home under the Supervisor with the real web of the app behind its ingress. */
export function watchedBrowser() {
  let browser: Browser;
  let built: BuiltCard;
  let axe: string;
  let parts: ExampleParts;
  let web: Web;
  let home: SupervisedHome;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    [browser, built, axe] = await Promise.all([openBrowser(), builtCard(), readFile(axePath, "utf8")]);
    parts = await exampleParts({
      ...exampleView(),
      report: async (_, { from, to, unit }) => watchedReport(from, to, unit),
    });
    web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
  });
  afterAll(async () => {
    await browser.close();
    await web.close();
    await parts.clean();
  });

  beforeEach(async () => {
    home = await startSupervisedHome(web.url);
    page = await browser.newPage({ locale: "en-GB", viewport: { width: 1280, height: 1000 } });
    complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
  });
  afterEach(async () => {
    await page.close();
    await home.close();
    // The browser itself tells of the 401 before a session is opened.
    expect(complaints.filter((text) => !text.includes("401 (Unauthorized)"))).toEqual([]);
  });

  const main = () => page.locator("main");
  return {
    page: () => page,
    home: () => home,
    /** Where the card is. */
    main,
    show: (view: string, scene: Scenario = {}) =>
      showWatched(page, built, home, { ...scene, config: { views: [view], ...scene.config } }),
    /** Waits until a view shows what it has loaded. */
    isDrawn: {
      energy: () => page.locator("heatloop-chart .legend [aria-pressed]").first().waitFor({ state: "attached" }),
      cycles: () => page.locator("heatloop-cycles .strip").waitFor(),
      downloads: () => page.locator("heatloop-downloads a").first().waitFor(),
    },
    /** What was asked through ingress, with its status. */
    asked: () => home.asked.map(({ path, status }) => `${status} ${path}`),
    /** Websocket commands of the card. */
    calls: () => page.evaluate("calls.map(({ type }) => type)") as Promise<string[]>,
    /** Of accessibility rules, in all that the page shows. */
    async violations(): Promise<unknown> {
      await page.addScriptTag({ content: axe });
      return page.evaluate(
        "axe.run({ rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'landmark-one-main': { enabled: false } } }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => html + failureSummary)]))",
      );
    },
  };
}
