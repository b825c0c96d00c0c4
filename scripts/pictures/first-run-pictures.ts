import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "#test/support/browser.ts";
import { type NewHome, startNewHome } from "#test/support/new-home.ts";
import { buildPageWhereStale } from "../making/build-page.ts";

// Takes the pictures of docs/first-run.md: a new home from "started" to "rooms feed the heat pump".
const pictures = resolve(import.meta.dirname, "../../docs/pictures");

async function take(page: Page, name: string): Promise<void> {
  // Without the ring around what has just been led to.
  await page.evaluate("document.activeElement?.blur()");
  await page.screenshot({ path: `${pictures}/first-run-${name}.png`, fullPage: true });
}

async function walk(page: Page, home: NewHome): Promise<void> {
  await page.goto(home.url);
  await page.getByText("No heat pump has reported yet").waitFor();
  await take(page, "found");
  home.connectHeatPump();
  await page.getByText("is there.").waitFor();
  await take(page, "rooms");
  await page.locator('li[data-entity="sensor.office"] input').check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(/The rooms feed the heat pump/).waitFor();
  await take(page, "saved");
  await page.goto(`${home.url}/#/settings`);
  await page.locator("page-settings details").first().waitFor();
  await page.getByText("House and heat pump").click();
  await page.screenshot({ path: `${pictures}/first-run-settings.png` });
}

buildPageWhereStale();
await mkdir(pictures, { recursive: true });
const home = await startNewHome();
try {
  const browser = await openBrowser();
  await walk(await browser.newPage({ locale: "en-GB", viewport: { width: 900, height: 700 } }), home);
  await browser.close();
} finally {
  await home.close();
}
