import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWeb, type Web } from "../../ha-addon/src/web.ts";
import { openBrowser } from "../support/browser.ts";
import { exampleView } from "../support/example-view.ts";
import { type ExampleParts, exampleParts } from "../support/example-web.ts";
import { waitFor } from "../support/wait-for.ts";
import { builtCard } from "./built-card.ts";
import type { Scene } from "./card-page.ts";
import { type SupervisedHome, startSupervisedHome } from "./supervised-home.ts";
import { watchedReport } from "./watched-month.ts";
import { type Lacks, showWatched } from "./watched-page.ts";

let browser: Browser;
let module: string;
let axe: string;
let parts: ExampleParts;
let web: Web;
let home: SupervisedHome;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  [browser, module, axe] = await Promise.all([openBrowser(), builtCard(), readFile(axePath, "utf8")]);
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

const show = (view: string, scene: Partial<Scene> & { lacks?: Lacks } = {}) =>
  showWatched(page, module, home, { ...scene, config: { views: [view], ...scene.config } });

const isDrawn = {
  energy: () => page.locator("heatloop-chart .legend [aria-pressed]").first().waitFor({ state: "attached" }),
  cycles: () => page.locator("heatloop-cycles .strip").waitFor(),
  downloads: () => page.locator("heatloop-downloads a").first().waitFor(),
} as const;
type Name = keyof typeof isDrawn;

const looks: [string, Partial<Scene>][] = [
  ["light", {}],
  ["dark", { theme: "dark" }],
  ["phone", { width: 366 }],
  ["tile", { width: 180, height: 312, config: { grid_options: { rows: 5 } } }],
  ["wide", { width: 900 }],
  ["rtl", { direction: "rtl" }],
  ["german", { home: { language: "de", locale: { language: "de", number_format: "language", time_format: "language", time_zone: "server", first_weekday: "language" } } }],
];
describe.each(Object.keys(isDrawn) as Name[])("shots of %s", (view) => {
  it.each(looks)("%s", async (look, scene) => {
    await show(view, scene);
    await isDrawn[view]();
    await page.locator("main").screenshot({ path: `/tmp/card-${view}-${look}.png` });
  });
});

describe("more shots of energy", () => {
  it("day, year, hover, table", async () => {
    await show("energy");
    await isDrawn.energy();
    const box = await page.locator("heatloop-chart").boundingBox();
    if (box) await page.mouse.move(box.x + 145, box.y + 80);
    await page.locator("main").screenshot({ path: "/tmp/card-energy-hover.png" });
    await page.getByRole("button", { name: "Table" }).click();
    await page.locator("main").screenshot({ path: "/tmp/card-energy-table.png" });
    await page.getByRole("button", { name: "Chart" }).click();
    await page.getByRole("button", { name: "Day", exact: true }).click();
    await page.waitForTimeout(800);
    await page.locator("main").screenshot({ path: "/tmp/card-energy-day.png" });
    await page.getByRole("button", { name: "Year", exact: true }).click();
    await page.waitForTimeout(800);
    await page.locator("main").screenshot({ path: "/tmp/card-energy-year.png" });
  });
});
void waitFor; void axe;
