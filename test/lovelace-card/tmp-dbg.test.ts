import { it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { builtCard } from "./built-card.ts";
import { showTemperatures } from "./temperatures-page.ts";
it("dbg", async () => {
  const [browser, module] = await Promise.all([openBrowser(), builtCard()]);
    const page = await browser.newPage();
    page.on("console", (m) => console.log(name, m.text()));
    page.on("pageerror", (m) => console.log(String(m.stack)));
    await showTemperatures(page, module, {});
    await page.waitForTimeout(600);
  console.log(await page.evaluate(`JSON.stringify([calls, card.shadowRoot.querySelector("heatloop-temperatures")?.isConnected, home.connected])`));
  console.log(await page.evaluate(`calls[0] && answer(calls[0]).then(a => Object.entries(a).map(([k,v]) => [k, v?.length, JSON.stringify(v?.[3])].join()), String)`));
  await browser.close();
}, 120000);
