import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { cardBrowser, smallTargets, sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { now, showTemperatures, statesNow } from "#test/lovelace-card/support/temperatures-page.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Shown = NonNullable<Parameters<typeof showTemperatures>[2]>;

const { page, built, violations } = cardBrowser({ timezoneId: "Europe/Rome", viewport: { width: 960, height: 640 } });

const show = (shown: Shown = {}) =>
  showTemperatures(page(), built(), { ...shown, config: { views: ["power"], ...shown.config } });
const plot = () => page().getByRole("application", { name: "Power, kW" });
const range = (name: string) => page().locator(".segments").getByRole("button", { name });
const legend = () => page().locator("heatloop-chart .legend [aria-pressed]");
const drawn = () => legend().first().waitFor({ state: "attached" });
const calls = () => page().evaluate("calls.map(({ type, period }) => period ?? type)") as Promise<string[]>;
const picture = (name: string) => page().screenshot({ path: join(tmpdir(), `card-power-${name}.png`) });
const german = { language: "de", locale: { ...englishLocale, language: "de" } };

describe("the view of power in a browser", () => {
  const scenes: [string, Shown][] = [
    ["light", {}],
    ["dark", { theme: "dark" }],
    ["phone", { width: 320 }],
    ["phone-dark", { width: 366, theme: "dark" }],
    ["tile", { width: 150, height: 312, config: { grid_options: { rows: 5 } } }],
    ["wide", { width: 900 }],
    ["wide-dark", { width: 900, theme: "dark" }],
    ["rows", { width: 480, height: 312, config: { grid_options: { rows: 5 } } }],
    ["rtl", { direction: "rtl" }],
    ["german", { home: { ...german, states: statesNow(now) } }],
  ];
  it.each(scenes)("is drawn and has no violation of accessibility rules: %s", async (name, scene) => {
    await show(scene);
    await drawn();
    await picture(name);
    expect(await violations()).toEqual([]);
  });

  it("fits a place of any width, with 44 px for a finger", async () => {
    await show();
    await drawn();
    for (const width of [900, 440, 366, 320, 236, 180, 110]) {
      await page().evaluate(`document.querySelector("main").style.width = "${width}px"`);
      await page().evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
      expect(await page().evaluate(sticksOut), `${width} px`).toEqual([]);
      if (width === 366 || width === 900) expect(await page().evaluate(smallTargets)).toEqual([]);
    }
  });

  it.each(Object.keys(allTexts))(
    "says which option gives the electric power where there is none, in %s",
    async (language) => {
      const { electric_power: _, ...states } = statesNow(now);
      await show({ width: 320, home: { language, locale: { ...englishLocale, language }, states } });
      await drawn();
      await page().getByText("(electric_power)").waitFor();
      expect(await page().evaluate(sticksOut)).toEqual([]);
    },
  );

  it("goes from hours to a year, where a day has its means and its COP", async () => {
    await show({ width: 900 });
    await drawn();
    for (const name of ["6 hr", "Week", "Month", "Year"]) {
      await range(name).click();
      await waitFor(async () => (await range(name).getAttribute("aria-pressed")) === "true", name);
      await drawn();
      await picture(name.replace(" ", ""));
    }
    await waitFor(async () => (await calls()).includes("hour"), "a year is asked for");
    await waitFor(async () => {
      await plot().focus();
      await page().keyboard.press("End");
      await page().keyboard.press("ArrowLeft");
      return /COP/.test(await page().locator(".tip").innerText());
    }, "the year is there");
    expect(await page().locator(".tip").innerText()).toMatch(
      /^Nov \d+, 2026\nElectricity\s+\d\.\d\d kW \([\d.]+ – [\d.]+\)\nHeat\s+[^H]+Compressor\s+\d+ Hz \(\d+ – \d+\)\n+COP \d\.\d$/,
    );
    await picture("year-tip");
  });

  it("reads values and the COP under the keys, zooms with them, and leads back", async () => {
    await show({ width: 900 });
    await drawn();
    await plot().focus();
    await page().keyboard.press("End");
    for (let press = 0; press < 40; press++) await page().keyboard.press("ArrowLeft");
    expect(await page().locator(".tip").innerText()).toMatch(
      /Electricity\s+\d\.\d\d kW\s+Heat\s+.*kW\s+Compressor\s+\d+ Hz/,
    );
    await picture("tip");
    await page().keyboard.press("+");
    expect(await range("Day").getAttribute("aria-pressed")).toBe("false");
    await page().getByRole("button", { name: "now", exact: true }).click();
    expect(await range("Day").getAttribute("aria-pressed")).toBe("true");
  });

  it("is a table too", async () => {
    await show();
    await drawn();
    await page().locator("heatloop-chart").getByRole("button", { name: "Table" }).click();
    expect(await page().getByRole("columnheader").allInnerTexts()).toEqual([
      "Hour",
      "Electricity kW",
      "Heat kW",
      "Compressor Hz",
    ]);
  });

  it.each<[string, Shown, string]>([
    ["the recorder is off", { lacks: { recorder: true } }, "Home Assistant's recorder is off"],
    ["nothing is answered", { lacks: { answers: true } }, "Home Assistant refused: "],
    ["no power is there", { home: { states: { operation: "heating" } } }, "Nothing is known about this time"],
  ])("is still a view where %s", async (_, shown, text) => {
    await show(shown);
    await page().getByText(text).first().waitFor();
    expect(await violations()).toEqual([]);
  });
});
