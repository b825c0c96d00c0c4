import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { startWeb, type Web } from "@heatloop/ha-addon/web/web";
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { type ExampleParts, exampleParts } from "#test/support/examples/web.ts";
import { behindIngress, type Ingress, sessionCookie, startIngress } from "#test/support/supervisor/ingress.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** The views of the page, as its addresses name them. */
export const pageViews = [
  "live",
  "history",
  "power",
  "energy",
  "cycles",
  "curve",
  "report",
  "downloads",
  "rooms",
  "alerts",
  "health",
  "settings",
  "first-run",
] as const;
export type PageViewName = (typeof pageViews)[number];

/** The page of an example program in a real browser, through the stand-in for ingress; each test has its own. */
export type PageStand = {
  readonly parts: ExampleParts;
  readonly ingress: Ingress;
  readonly page: Page;
  /** What the console and uncaught errors said. */
  readonly complaints: string[];
  /** Opens a view and waits until it is drawn. */
  open(view?: PageViewName): Promise<void>;
  /** Another page than the usual one (a phone, en-GB, 2026-11-21 10:30 by the browser's clock). */
  reopen(options: BrowserContextOptions): Promise<void>;
  /** Waits until the page shows all of these texts. */
  shows(...texts: readonly string[]): Promise<void>;
  /** Waits until the page asks for nothing more, frames inside it included. */
  settles(): Promise<void>;
  text(): Promise<string>;
  /** Lets the program's time pass, by which changes are sent. */
  pass(ms: number): void;
  /** What axe finds wrong. */
  axe(): Promise<readonly string[]>;
  /** Ends the program's web; `startWebAgain` has it at the same address. */
  stopWeb(): Promise<void>;
  startWebAgain(changes?: Partial<ExampleParts>): Promise<void>;
};

/** What a person sees, shadow roots included; what only a screen reader has is left out. */
const shownText = `(() => {
  const textOf = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType === 1 && (!node.checkVisibility() || node.matches("style, script, .unseen"))) return "";
    const inner = [...(node.shadowRoot ?? node).childNodes].map(textOf).join("");
    return node.nodeType === 1 && getComputedStyle(node).display !== "inline" ? " " + inner + " " : inner;
  };
  return textOf(document.body);
})()`;

/** Sets up a stand before each test of a file, with one browser for all of them. */
export function pageStand(): PageStand {
  let browser: Browser;
  let axe: string;
  let parts: ExampleParts;
  let web: Web;
  let ingress: Ingress;
  let page: Page;
  let complaints: string[] = [];
  let requests = 0;
  const unanswered = new Set<Request>();

  async function newPage(options: BrowserContextOptions): Promise<void> {
    page = await browser.newPage({ locale: "en-GB", viewport: { width: 390, height: 844 }, ...options });
    await page
      .context()
      .addCookies([{ name: sessionCookie, value: ingress.openSession(), url: new URL("/", ingress.url).href }]);
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    unanswered.clear();
    page.on("request", (request) => {
      requests += 1;
      unanswered.add(request);
    });
    for (const end of ["requestfinished", "requestfailed"] as const) {
      page.on(end as "requestfinished", (request) => unanswered.delete(request));
    }
  }

  beforeAll(async () => {
    const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    [browser, axe] = await Promise.all([openBrowser(), readFile(axePath, "utf8")]);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    parts = await exampleParts();
    web = await startWeb({ ...parts, ...behindIngress, host: "127.0.0.1", port: 0 });
    ingress = await startIngress(web.url);
    complaints = [];
    await newPage({});
  });
  afterEach(async () => {
    await page.close();
    await ingress.close();
    await web.close();
    await parts.clean();
  });

  const text = async () => String(await page.evaluate(shownText)).replaceAll(/\s+/g, " ");
  const port = () => Number(new URL(web.url).port);
  let formerPort = 0;

  return {
    get parts() {
      return parts;
    },
    get ingress() {
      return ingress;
    },
    get page() {
      return page;
    },
    get complaints() {
      return complaints;
    },
    async open(view = "live") {
      await page.goto(`${ingress.url}#/${view}`);
      await page.locator(`page-${view}`).waitFor({ state: "attached" });
    },
    async reopen(options) {
      await page.close();
      await newPage(options);
    },
    async shows(...texts) {
      const areShown = async () => {
        const now = await text();
        return texts.every((one) => now.includes(one));
      };
      await waitFor(areShown, `the page shows ${texts.join(", ")}`, 30_000).catch(async (error: unknown) => {
        throw new Error(`${error}; it shows: ${await text()}`);
      });
    },
    async settles() {
      let seen = -1;
      const isSettled = () => {
        const isSame = seen === requests && unanswered.size === 0;
        seen = requests;
        return isSame;
      };
      await waitFor(isSettled, "nothing more is asked for", 20_000, 500);
    },
    text,
    pass: (ms) => parts.clock.advanceTo(parts.clock.now() + ms),
    async axe() {
      await page.evaluate(axe);
      return page.evaluate(
        `axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
          id + ": " + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + " " + failureSummary).join(" | ")))`,
      );
    },
    async stopWeb() {
      formerPort = port();
      await web.close();
    },
    async startWebAgain(changes = {}) {
      web = await startWeb({ ...parts, ...behindIngress, ...changes, host: "127.0.0.1", port: formerPort });
    },
  };
}
