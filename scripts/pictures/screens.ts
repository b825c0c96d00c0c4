import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { type FrontendPage, openFrontend } from "#test/home-assistant/frontend-page.ts";
import { openBrowser } from "#test/support/browser.ts";
import type { Ends } from "../base/ends.ts";
import { standInForSupervisor } from "../supervisor-stand-in.ts";
import { type PicturedHouse, startPicturedHouse } from "./pictured-house.ts";
import { languages, makeScreenDashboards, type Screen, screens, sizes, themes } from "./screen-list.ts";
import { takeSheet } from "./screen-sheet.ts";

// Takes every view of card, dashboard, page and report, in each language, theme and size, to be looked at one by one:
// node scripts/pictures/screens.ts [FOLDER] [NAME...]. NAME is the beginning of a screen's name, such as `page-` or `card-now`.
const [folder = ".cache/screens", ...names] = process.argv.slice(2);
const days = 60;
/** Charts are drawn at the next frames, and figures come from the program. */
const drawnMs = 1000;
const wanted = screens.filter(({ name }) => names.length === 0 || names.some((each) => name.startsWith(each)));
const target = resolve(folder);

const ends: Ends = [];
try {
  const house = await startPicturedHouse(days, ends);
  await makeScreenDashboards(house.home);
  const browser = await openBrowser();
  ends.push(() => browser.close());
  await mkdir(target, { recursive: true });
  for (const language of languages) await takeAll(browser, house, language);
  const sheet = await browser.newPage();
  for (const { name } of wanted) await takeSheet(sheet, target, name);
} finally {
  for (const end of ends.reverse()) await end();
}

async function takeAll(browser: Browser, { home, app }: PicturedHouse, language: string): Promise<void> {
  await home.command({
    type: "frontend/set_user_data",
    key: "language",
    value: { language, number_format: "language", time_format: "language" },
  });
  const frontend = await openFrontend(browser, home, { locale: language });
  await standInForSupervisor(frontend.page.context(), app.url);
  for (const screen of wanted) {
    try {
      await open(frontend, app.url, screen);
      await takeEach(frontend, screen, language);
    } catch (error) {
      console.error(`${screen.name} in ${language}: ${error}`);
    }
  }
  for (const complaint of frontend.complaints()) console.error(complaint);
  await frontend.close();
}

async function open(frontend: FrontendPage, appUrl: string, { of, path }: Screen): Promise<void> {
  const { page } = frontend;
  if (of === "program") {
    await page.goto(appUrl + path);
    // Another # alone loads nothing.
    await page.reload();
  } else {
    await frontend.open(path);
    await frontend.cards().first().getByText(/\S/).first().waitFor();
  }
  await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => undefined);
}

async function takeEach({ page, cards }: FrontendPage, { name, of }: Screen, language: string): Promise<void> {
  for (const [size, { width, height }] of Object.entries(sizes)) {
    await page.setViewportSize({ width, height });
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.waitForTimeout(drawnMs);
      const path = join(target, `${name}-${language}-${theme}-${size}.png`);
      const box = of === "card" ? await cards().first().boundingBox() : null;
      await page.screenshot({ path, fullPage: of === "program", ...(box !== null && { clip: box }) });
    }
  }
}
