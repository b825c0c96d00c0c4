import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "#test/support/browser.ts";

// Takes icon.png and logo.png of the app, as Home Assistant shows them in its store, from the page's own icon.
const app = resolve(import.meta.dirname, "../../ha-addon");

/** "Heatloop" as strokes, x from 0 to 102 and the baseline at 0: the picture is the same whatever fonts are here. */
const word = [
  "M0-17V0M9.5-17V0M0-8.5H9.5",
  "M15.1-5H25.1A5 5 0 1 0 23.9-1.8",
  "M40.1-10V0M40.1-5A5 5 0 1 1 30.1-5A5 5 0 1 1 40.1-5",
  "M47.3-14.5V-3.6A3.6 3.6 0 0 0 50.9 0H51.8M44.2-10H51.6",
  "M57.4-17V0",
  "M72.8-5A5 5 0 1 1 62.8-5A5 5 0 1 1 72.8-5",
  "M87.4-5A5 5 0 1 1 77.4-5A5 5 0 1 1 87.4-5",
  "M92.6-10V5.5M102.6-5A5 5 0 1 1 92.6-5A5 5 0 1 1 102.6-5",
].join("");
/** As far from white as from the grey of a dark theme: a contrast of 4 with both. */
const wordColour = "#0284c7";

function logoOf(icon: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 64">
    <svg x="1" y="7" width="50" height="50" viewBox="0 0 64 64">${icon}</svg>
    <path d="${word}" transform="translate(59 39) scale(.94)" fill="none" stroke="${wordColour}" stroke-width="3.4"
      stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`;
}

async function take(page: Page, drawing: string, size: { width: number; height: number }, file: string): Promise<void> {
  await page.setViewportSize(size);
  await page.setContent(`<!doctype html><style>body{margin:0}body>svg{display:block;width:100vw}</style>${drawing}`);
  await page.screenshot({ path: `${app}/${file}`, omitBackground: true });
}

const icon = await readFile(`${app}/web/static/icon.svg`, "utf8");
const browser = await openBrowser();
try {
  const page = await browser.newPage();
  await take(page, icon, { width: 128, height: 128 }, "icon.png");
  await take(page, logoOf(icon), { width: 250, height: 100 }, "logo.png");
} finally {
  await browser.close();
}
