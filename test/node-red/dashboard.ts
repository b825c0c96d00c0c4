import { it } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { Stand } from "./stand.ts";

/** The dashboard in the real browser. NODE_RED_PICTURE names a file for a picture of it. */
export function tryDashboard(stand: () => Stand): void {
  it("show on the dashboard what the heat pump reports, and a dash while it is offline", async () => {
    const { simulator, nodeRed, reported } = stand();
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 600, height: 700 } });
      await page.goto(`${nodeRed.url}/dashboard/heat-pump`);
      const row = (label: string) => page.locator(".nrdb-ui-text", { hasText: label }).first().innerText();
      const shows = (label: string, text: () => string) =>
        waitFor(async () => (await row(label)) === `${label}\n${text()}`, `${label}: ${text()}`, 60_000);
      const temperature = (path: string) => () => `${Number(reported(path)).toFixed(1)} °C`;
      await shows("Hot water", temperature("sensor/dhw_current_temp/state"));
      await shows("Flow temperature", temperature("sensor/feed_temp/state"));
      await shows("Outdoor temperature", temperature("sensor/outside_temp/state"));
      await shows("Operation", () => reported("sensor/operation_mode/state"));
      await shows("Room feed", () => reported("sensor/room_watchdog_z1/state"));
      if (process.env.NODE_RED_PICTURE) {
        // The page tells that it works without a network, once.
        await page.getByText("Close").click({ timeout: 20_000 });
        await page.screenshot({ path: process.env.NODE_RED_PICTURE });
      }
      simulator.dropConnection(18);
      await shows("Flow temperature", () => "–");
      await shows("Flow temperature", temperature("sensor/feed_temp/state"));
    } finally {
      await browser.close();
    }
  }, 150_000);
}
