import { it } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { prefix, type Stand } from "./stand.ts";

/** The dashboard in the real browser. NODE_RED_PICTURE names a file for a picture of it. */
export function tryDashboard(stand: () => Stand): void {
  it("show on the dashboard what the heat pump reports, and a dash where it is not known", async () => {
    const { simulator, nodeRed, publish } = stand();
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 600, height: 700 } });
      await page.goto(`${nodeRed.url}/dashboard/heat-pump`);
      const row = (label: string) => page.locator(".nrdb-ui-text", { hasText: label }).first().innerText();
      const shows = (label: string, value: string | RegExp) =>
        waitFor(async () => new RegExp(value).test(await row(label)), `${label}: ${value}`, 60_000);
      await shows("Flow temperature", /\d+\.\d °C/);
      await shows("Room feed", /Room feed\s+\w/);
      if (process.env.NODE_RED_PICTURE) {
        // The page tells that it works without a network, once.
        await page.getByText("Close").click({ timeout: 20_000 });
        await page.screenshot({ path: process.env.NODE_RED_PICTURE });
      }
      await publish(`${prefix}/sensor/dhw_current_temp/state`, "47.3");
      await shows("Hot water", "47.3 °C");
      await publish(`${prefix}/sensor/estimated_cop/state`, "nan");
      await shows("COP", "–");
      simulator.dropConnection(6);
      await shows("Flow temperature", "–");
      await shows("Flow temperature", /\d+\.\d °C/);
    } finally {
      await browser.close();
    }
  }, 150_000);
}
