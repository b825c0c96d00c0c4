import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { smallTargets, sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import type { Scene } from "#test/lovelace-card/support/card-page.ts";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { type Scenario, watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, main, show, isDrawn, asked, violations } = watchedBrowser();
const panel = () => main().locator("summary");
const titled = (hasText: string | RegExp) => panel().filter({ hasText }).waitFor();
const figure = (name: string) => main().locator(".compared div", { hasText: name });
const comparisons = () => asked().filter((path) => path.includes("/compare?"));

async function open(scene: Scenario = {}): Promise<void> {
  await show("energy", scene);
  await isDrawn.energy();
  await panel().click();
  await main().locator(".compared dt").first().waitFor();
}

describe("a comparison with the time before", () => {
  it("is asked for when it is opened: with last year, or with the month before where nothing is known of that", async () => {
    await show("energy");
    await isDrawn.energy();
    await titled("Compared with November 2025");
    expect(comparisons()).toEqual([]);
    await panel().press("Enter");
    await titled("Compared with October 2026");
    const after = "after_from=2026-11-01&after_to=2026-11-21";
    const path = "200 /api/devices/ecodan-heatpump/compare?before_from=";
    expect(comparisons()).toEqual([
      `${path}2025-11-01&before_to=2025-11-30&${after}`,
      `${path}2026-10-01&before_to=2026-10-31&${after}`,
    ]);
    await main().getByText("No whole day of November 2025 is known.").waitFor();
    await figure("Electricity for heating")
      .getByText(/^1\d.% less$/)
      .waitFor();
    await figure("Electricity for heating")
      .getByText(/^\d?\d\.\d.kWh a day instead of \d\d\.\d.kWh, difference -\d\.\d.±.\d\.\d.kWh$/)
      .waitFor();
    await figure("Electricity for heating")
      .getByText(/^\d+ days against \d+ equally cold ones$/)
      .waitFor();
    await figure("COP of heating")
      .getByText(/^1\d.% more$/)
      .waitFor();
    await figure("Heat for heating").getByText("No change").waitFor();
    await figure("COP of hot water").getByText("Too few equally cold days in both").waitFor();
  });

  it("has the reason and the weather of both where they are not comparable, and goes with the range", async () => {
    await open();
    await main().getByRole("button", { name: "Week", exact: true }).click();
    await titled(/Compared with Nov 8.–.14, 2026/);
    await main()
      .getByRole("button", { name: /^Nov 8.–.14, 2026$/ })
      .click();
    await main().getByText("Not comparable: hardly any days were equally cold in both.").waitFor();
    await main()
      .getByText(/^Nov 1.–.7, 2026: \d.°C to \d.°C outdoors$/)
      .waitFor();
    await main()
      .getByText(/^Nov 8.–.14, 2026: 1\d.°C to \d\d.°C outdoors$/)
      .waitFor();
    expect(await violations()).toEqual([]);
  });

  it("says that the app gave none, and asks anew when it is opened again", async () => {
    await page().route(/compare\?/, (route) => route.fulfill({ status: 200, body: "no" }));
    await show("energy");
    await isDrawn.energy();
    await panel().click();
    await main()
      .getByRole("alert")
      .getByText(/The Heatloop app gave no figures/)
      .waitFor();
    await page().unroute(/compare\?/);
    await panel().click();
    await panel().click();
    await main().locator(".compared dt").first().waitFor();
  });

  it("is not there without the app", async () => {
    await show("energy", { lacks: { supervisor: true } });
    await isDrawn.energy();
    expect(await panel().count()).toBe(0);
  });

  it("is not there of a day", async () => {
    await open();
    await main().getByRole("button", { name: "Day", exact: true }).click();
    await panel().waitFor({ state: "detached" });
    await isDrawn.energy();
    expect(await panel().count()).toBe(0);
  });

  it.each<[string, Partial<Scene>]>([
    ["light", { width: 900 }],
    ["dark", { theme: "dark", width: 500 }],
    ["phone", { width: 366 }],
    ["rtl", { direction: "rtl" }],
  ])("has no violation of accessibility rules: %s", async (look, scene) => {
    await open(scene);
    if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/comparison-${look}.png` });
    expect(await violations()).toEqual([]);
    expect(await page().evaluate(smallTargets)).toEqual([]);
  });

  it.each(Object.keys(allTexts))("fits the smallest phone in %s", async (language) => {
    await open({ width: 304, home: { language, locale: { ...englishLocale, language } } });
    await waitFor(async () => (await main().locator(".compared .said").count()) > 2, "there are figures");
    expect(await page().evaluate(sticksOut)).toEqual([]);
    if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/compared-${language}.png` });
  });
});
