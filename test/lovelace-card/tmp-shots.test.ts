import { it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { builtCard } from "./built-card.ts";
import { showTemperatures } from "./temperatures-page.ts";
it("shots", async () => {
  const [browser, module] = await Promise.all([openBrowser(), builtCard()]);
  const scenes: [string, any][] = [
    ["light", {}], ["dark", { theme: "dark" }], ["phone", { width: 340 }], ["tile", { width: 150, height: 184, config: { grid_options: { rows: 3 } } }],
    ["wide", { width: 900, theme: "dark" }], ["fixed", { width: 480, height: 248, config: { grid_options: { rows: 4 } } }], ["rtl", { direction: "rtl" }],
  ];
  for (const [name, scene] of scenes) {
    const page = await browser.newPage({ locale: "en-GB", timezoneId: "Europe/Rome", viewport: { width: (scene.width ?? 440) + 24, height: 560 } });
    page.on("console", (m) => console.log(name, m.text()));
    page.on("pageerror", (m) => console.log(name, String(m.stack)));
    await showTemperatures(page, module, scene);
    await page.waitForTimeout(600);
    await page.screenshot({ path: `/tmp/card-temperatures-${name}.png` });
    if (name === "light" || name === "wide") {
      const c = (await page.locator("heatloop-chart canvas").boundingBox())!;
      await page.mouse.move(c.x + c.width * 0.62, c.y + 60);
      await page.waitForTimeout(200);
      await page.screenshot({ path: `/tmp/card-temperatures-${name}-tip.png` });
      for (const r of ["6", "Week", "Month", "Year"]) {
        await page.locator(".ranges button", { hasText: r }).click();
        await page.waitForTimeout(1500);
        await page.screenshot({ path: `/tmp/card-temperatures-${name}-${r}.png` });
      }
      await page.locator(".switch").click();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `/tmp/card-temperatures-${name}-table.png` });
    }
    await page.close();
  }
  await browser.close();
}, 120000);
