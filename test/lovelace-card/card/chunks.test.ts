import { allTexts } from "@heatloop/lovelace-card/text/texts";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type BuiltCard,
  builtCard,
  chartsFile,
  entryFile,
  gzipKb,
  importsOf,
} from "#test/lovelace-card/support/built-card.ts";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { now, showTemperatures, statesNow } from "#test/lovelace-card/support/temperatures-page.ts";
import { openBrowser } from "#test/support/browser.ts";

let browser: Browser;
let built: BuiltCard;
let page: Page;
let asked: string[];

beforeAll(async () => {
  [browser, built] = await Promise.all([openBrowser(), builtCard()]);
});
afterAll(() => browser.close());

beforeEach(async () => {
  page = await browser.newPage({ locale: "en-GB", viewport: { width: 900, height: 600 } });
  asked = [];
  page.on("request", (request) => asked.push(request.url()));
});
afterEach(() => page.close());

const fileNames = () =>
  asked.filter((url) => url.startsWith("http:")).map((url) => new URL(url).pathname.split("/").at(-1));
const without = (file: string) => new Map([...built].filter(([name]) => name !== file));

describe("the files of the card", () => {
  it("are at most 60 kB gzip for what a dashboard loads, and 73 kB more for charts", () => {
    expect(gzipKb(built, entryFile)).toBeLessThanOrEqual(60);
    expect(gzipKb(built, chartsFile(built))).toBeLessThanOrEqual(73);
  });

  it("never import the entry, which has another address on each dashboard", () => {
    for (const code of built.values()) expect(importsOf(code)).not.toContain(entryFile);
    const imported = [...built.values()].flatMap(importsOf);
    for (const file of imported) expect([...built.keys()]).toContain(file);
    // Nothing is left that only a package manager could find.
    for (const code of built.values()) expect(code).not.toMatch(/(?:\bfrom|\bimport)\s*"[^.]/);
  });

  it("have a name of their own for each build but the entry", () => {
    for (const file of built.keys()) expect(file).toMatch(/^heatloop-(card|[a-z]+-[0-9a-f]{8})\.js$/);
  });

  it("are each loaded once, what draws charts when the first one is shown", async () => {
    await showTemperatures(page, built, { config: { views: ["now", "temperatures"] } });
    await page.getByRole("tab", { name: "Temperatures" }).waitFor();
    expect(fileNames()).not.toContain(chartsFile(built));
    await page.getByRole("tab", { name: "Temperatures" }).click();
    await page.locator("heatloop-chart .legend .swatch").first().waitFor();
    expect(fileNames().sort()).toEqual([...built.keys()].sort());
    expect(await page.evaluate("customCards.length")).toBe(1);
  });
});

describe("a chart whose file does not come", () => {
  it.each(Object.entries(allTexts))("says so and can be tried again: %s", async (language, texts) => {
    const home = { language, locale: { ...englishLocale, language }, states: statesNow(now) };
    await showTemperatures(page, without(chartsFile(built)), { home });
    await page.locator("heatloop-chart").getByText(texts.chart_not_loaded).waitFor();
    await page.getByRole("button", { name: texts.try_again }).click();
    await page.locator("heatloop-chart").getByText(texts.chart_not_loaded).waitFor();
  });

  it("is drawn once it comes", async () => {
    await showTemperatures(page, without(chartsFile(built)));
    await page.getByText("The chart could not be loaded.").waitFor();
    await page.route(/heatloop-charts-/, (route) =>
      route.fulfill({
        body: built.get(chartsFile(built)) ?? "",
        headers: { "access-control-allow-origin": "*", "content-type": "text/javascript" },
      }),
    );
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("heatloop-chart .legend .swatch").first().waitFor();
    expect(await page.getByText("The chart could not be loaded.").count()).toBe(0);
  });
});
