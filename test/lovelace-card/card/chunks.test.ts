import { english as englishDiagnostics } from "@heatloop/lovelace-card/text/diagnostics/english";
import { german as germanDiagnostics } from "@heatloop/lovelace-card/text/diagnostics/german";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import {
  type BuiltCard,
  builtCard,
  chartsFile,
  entryFile,
  gzipKb,
  importsOf,
  lateViews,
  viewFile,
  withImports,
} from "#test/lovelace-card/support/built-card.ts";
import type { Scene } from "#test/lovelace-card/support/card-page.ts";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { now, showTemperatures, statesNow } from "#test/lovelace-card/support/temperatures-page.ts";
import { openBrowser } from "#test/support/browser.ts";
import { waitFor } from "#test/support/wait-for.ts";

let browser: Browser;
let built: BuiltCard;
let page: Page;
let asked: string[];

beforeAll(async () => {
  [browser, built] = await Promise.all([openBrowser(), builtCard()]);
  const other = new RegExp(`^heatloop-(card|charts|${lateViews.join("|")}|shared)\\b`);
  languageFiles = [...built.keys()].filter((file) => !other.test(file));
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
/** `heatloop-german-0123abcd.js`, `heatloop-late-german-0123abcd.js`, ...: all that is neither the entry, what draws charts, a view that comes later, nor what these share. */
let languageFiles: string[];
const without = (file: string) => new Map([...built].filter(([name]) => name !== file));

describe("the files of the card", () => {
  it("are at most 60 kB gzip for what a dashboard loads, 73 kB more for charts, and 11 kB for a view that comes later", () => {
    const entryKb = gzipKb(built, entryFile);
    expect(entryKb).toBeLessThanOrEqual(60);
    expect(gzipKb(built, chartsFile(built))).toBeLessThanOrEqual(73);
    for (const view of lateViews) {
      expect(gzipKb(built, entryFile, viewFile(built, view)) - entryKb, view).toBeLessThanOrEqual(11);
    }
  });

  it("never import the entry, which has another address on each dashboard", () => {
    for (const code of built.values()) expect(importsOf(code)).not.toContain(entryFile);
    const imported = [...built.values()].flatMap(importsOf);
    for (const file of imported) expect([...built.keys()]).toContain(file);
    // Nothing is left that only a package manager could find.
    for (const code of built.values()) expect(code).not.toMatch(/(?:\bfrom|\bimport)\s*"[^.]/);
  });

  it("have a name of their own for each build but the entry", () => {
    for (const file of built.keys()) expect(file).toMatch(/^heatloop-(card|(late-)?[a-z]+-[0-9a-f]{8})\.js$/);
  });

  it("are each loaded once, what draws charts when the first one is shown", async () => {
    await showTemperatures(page, built, { config: { views: ["now", "temperatures"] } });
    await page.getByRole("tab", { name: "Temperatures" }).waitFor();
    expect(fileNames()).not.toContain(chartsFile(built));
    await page.getByRole("tab", { name: "Temperatures" }).click();
    await page.locator("heatloop-chart .legend .swatch").first().waitFor();
    expect(fileNames().sort()).toEqual([...withImports(built, entryFile, chartsFile(built))].sort());
    expect(await page.evaluate("customCards.length")).toBe(1);
  });
});

describe("a chart whose file does not come", () => {
  it.each(Object.entries(allTexts))("is reported and can be tried again: %s", async (language, texts) => {
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

describe("the languages of the card", () => {
  const home = (language: string) => ({
    language,
    locale: { ...englishLocale, language },
    states: { ...statesNow(now), operation: "heating" },
  });
  const texts = (language: string) => allTexts[language as keyof typeof allTexts];
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  });

  it("are a file each but English, at most 3.5 kB gzip, and 4 kB for the views that come later", () => {
    const ofLateViews = languageFiles.filter((file) => file.startsWith("heatloop-late-"));
    expect(ofLateViews).toHaveLength(Object.keys(allTexts).length - 1);
    expect(languageFiles).toHaveLength(2 * ofLateViews.length);
    for (const file of languageFiles) {
      expect(gzipKb(built, file), file).toBeLessThanOrEqual(ofLateViews.includes(file) ? 4 : 3.5);
    }
  });

  const show = (language: string, files = built, shown: Partial<Scene> = {}) =>
    showTemperatures(page, files, { config: { views: ["now"] }, home: home(language), ...shown });
  const heats = (language: string) =>
    page
      .locator("heatloop-card .header")
      .getByText(texts(language).heating, { exact: true })
      .waitFor({ timeout: 10_000 });
  const german = () => languageFiles.find((file) => file.startsWith("heatloop-german-")) ?? "";

  it.each(Object.keys(allTexts))("come one at a time: %s", async (language) => {
    await show(language);
    await heats(language);
    const asked = fileNames().filter((file) => languageFiles.includes(file ?? ""));
    expect(asked).toHaveLength(language === "en" ? 0 : 1);
  });

  it("follow the person, who may choose another one", async () => {
    await show("de");
    await heats("de");
    await page.evaluate(`card.hass = window.home = { ...home, language: "fr" }`);
    await heats("fr");
  });

  it("are English until they come, also in what was drawn while the heat pump was offline", async () => {
    const late = `await new Promise((done) => { window.arrive = done; });\n${built.get(german())}`;
    const offline = Object.fromEntries(Object.keys(statesNow(now)).map((id) => [id, "unavailable"]));
    const shown = { config: { views: ["temperatures"] }, home: { ...home("de"), states: offline } };
    await show("de", new Map(built).set(german(), late), shown);
    const line = (name: string) => page.locator("heatloop-chart").getByRole("button", { name, exact: true });
    await line(english.flow).waitFor({ timeout: 10_000 });
    await page.evaluate("arrive()");
    await line(texts("de").flow).waitFor({ timeout: 10_000 });
  });

  it("come with the first of the views that come later, in one file for all of them, and are English until then", async () => {
    const lateGerman = languageFiles.find((file) => file.startsWith("heatloop-late-german-")) ?? "";
    const late = `await new Promise((done) => { window.arrive = done; });\n${built.get(lateGerman)}`;
    await show("de", new Map(built).set(lateGerman, late), { config: { views: ["now", "diagnostics", "curve"] } });
    await heats("de");
    expect(fileNames()).not.toContain(lateGerman);
    await page.getByRole("tab").nth(1).click();
    await page.getByRole("heading", { name: englishDiagnostics.unit }).waitFor({ timeout: 10_000 });
    await page.evaluate("arrive()");
    await page.getByRole("heading", { name: germanDiagnostics.unit }).waitFor({ timeout: 10_000 });
    await page.getByRole("tab").nth(2).click();
    await page.locator("heatloop-curve-content").waitFor();
    expect(fileNames().filter((file) => file === lateGerman)).toHaveLength(1);
  });

  it("stay English where the file does not come, and the console has the reason once", async () => {
    await show("de", without(german()));
    await heats("en");
    await waitFor(() => warnings.some((text) => text.includes("did not come")), "the console has the reason");
    await page.evaluate(`setStates({ "sensor.home_flow_temperature": ["44.4", { unit_of_measurement: "°C" }] })`);
    await page.locator("heatloop-now").getByText("44").waitFor({ timeout: 10_000 });
    expect(warnings.filter((text) => text.includes("did not come"))).toHaveLength(1);
    await heats("en");
  });
});
