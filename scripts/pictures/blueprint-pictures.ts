import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { startBlueprintHouse } from "#test/home-assistant/blueprints/blueprint-house.ts";
import { openFrontend } from "#test/home-assistant/frontend-page.ts";
import { openBrowser } from "#test/support/browser.ts";

// Takes the pictures of the blueprints in docs/pictures, in the real frontend.
const pictures = resolve(import.meta.dirname, "../../docs/pictures");
const edited = [
  ["night-and-away", "Heatloop: night and away set-back"],
  ["hot-water-on-surplus", "Heatloop: hot water on surplus or at a low price"],
] as const;

async function takePictures(page: Page, open: (path: string) => Promise<void>): Promise<void> {
  await open("/config/blueprint/dashboard");
  await page.getByText("Heatloop: weekly report").waitFor();
  await page.screenshot({ path: `${pictures}/blueprints.png` });
  for (const [name, heading] of edited) {
    await open("/config/blueprint/dashboard");
    await page.getByText(heading, { exact: true }).click();
    await page.locator("blueprint-automation-editor ha-selector").first().waitFor();
    await page.waitForTimeout(2000);
    await page.screenshot({ path: `${pictures}/blueprint-${name}.png` });
  }
}

const house = await startBlueprintHouse("");
try {
  const browser = await openBrowser();
  const { page, open } = await openFrontend(browser, house.homeAssistant, { viewport: { width: 1200, height: 1000 } });
  await takePictures(page, open);
  await browser.close();
} finally {
  await house.close();
}
