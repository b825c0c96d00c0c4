import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Buttons of the range whose text is cut off. */
const cutOff = `(() => {
  const view = card.shadowRoot.querySelector("heatloop-energy").shadowRoot;
  return [...view.querySelectorAll(".segments button")]
    .filter((each) => each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight).map(({ innerText }) => innerText);
})()`;

/** How many pixels of the canvas have the full colour of heating. */
const heatingPixels = `(() => {
  const canvas = card.shadowRoot.querySelector("heatloop-energy").shadowRoot
    .querySelector("heatloop-chart").shadowRoot.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === 0xe0 && data[at + 1] === 0x60 && data[at + 2] === 0x1a && data[at + 3] === 255) count++;
  }
  return count;
})()`;

const scrollTable = `card.shadowRoot.querySelector("heatloop-energy").shadowRoot
  .querySelector("heatloop-chart").shadowRoot.querySelector(".table").scrollLeft = 100`;

const { page, home, main, show, isDrawn, asked, calls, violations } = watchedBrowser();

describe("the energy of a range", () => {
  it("comes from the app, through a session that is opened first", async () => {
    await show("energy");
    await isDrawn.energy();
    await main().getByText("€", { exact: false }).first().waitFor();
    const path = "/api/devices/ecodan-heatpump/report.json?from=2026-11-01&to=2026-11-21&by=day&fields=energy";
    expect(asked()).toEqual([`401 ${"/api/hassio_ingress/aB3-x_9"}${path}`, `200 ${path}`]);
    expect(home().commands.filter((command) => command.startsWith("post"))).toEqual(["post /ingress/session"]);
    expect(await main().getByRole("status").allTextContents()).toEqual([""]);
  });

  it("is that of Home Assistant's statistics where the app cannot be reached", async () => {
    await show("energy", { lacks: { supervisor: true } });
    await isDrawn.energy();
    expect(asked()).toEqual([]);
    expect(await calls()).toContain("recorder/statistics_during_period");
    await main()
      .getByRole("button", { name: /Electricity: Hot water/ })
      .waitFor();
    await main().getByText("€", { exact: false }).waitFor({ state: "detached" });
  });

  it("is that of the statistics while the app works out its own, which then take their place", async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page().route(/report\.json/, async (route) => {
      await held;
      await route.continue();
    });
    await show("energy");
    await main().locator(".legend [aria-pressed]").first().waitFor();
    await main().getByText("Exact figures are being worked out; these are Home Assistant's.").waitFor();
    expect(await main().locator("dl").getByText("€", { exact: false }).count()).toBe(0);
    expect(await violations()).toEqual([]);
    answer();
    await main().getByText("Exact figures are being worked out", { exact: false }).waitFor({ state: "detached" });
    await main().locator("dl").getByText("€", { exact: false }).waitFor();
  });

  it("is that of the statistics where the app gives none, and says so", async () => {
    home().app.state = "stopped";
    await show("energy");
    await main().getByText("The Heatloop app is not running. These figures are Home Assistant's.").waitFor();
    expect(await page().evaluate(sticksOut)).toEqual([]);
  });

  it("is chosen with the keyboard: back a month, a day, and today again", async () => {
    await show("energy");
    await isDrawn.energy();
    await main().getByRole("button", { name: "October 2026" }).focus();
    await page().keyboard.press("Enter");
    await main().getByText("October 2026").waitFor();
    await waitFor(() => asked().some((path) => path.includes("from=2026-10-01&to=2026-10-31")), "October is asked for");
    await main().getByRole("button", { name: "Day", exact: true }).press("Enter");
    await main().getByText("Oct 31, 2026").waitFor();
    const asksHours = async () => Boolean(await page().evaluate("calls.some(({ period }) => period === 'hour')"));
    await waitFor(asksHours, "hours are asked for");
    await main().getByRole("button", { name: "Today" }).press("Enter");
    await main().getByText("Nov 21, 2026").waitFor();
    expect(await main().getByRole("button", { name: "Nov 22, 2026" }).isDisabled()).toBe(true);
    await main().getByRole("button", { name: "Year", exact: true }).press("Enter");
    await waitFor(() => asked().some((path) => path.includes("by=month")), "months are asked for");
    await isDrawn.energy();
  });

  it("is that of a heating year by months, back and on again", async () => {
    await show("energy");
    await isDrawn.energy();
    await main().getByRole("button", { name: "Heating year" }).press("Enter");
    await main().getByText("Jul 2026 – Jun 2027").waitFor();
    const season = "from=2026-07-01&to=2026-11-21&by=month";
    await waitFor(() => asked().some((path) => path.includes(season)), "the heating year is asked for by months");
    await isDrawn.energy();
    await main().getByRole("button", { name: "Jul 2025 – Jun 2026" }).press("Enter");
    await main().getByRole("button", { name: "This heating year" }).press("Enter");
    await main().getByText("Jul 2026 – Jun 2027").waitFor();
    await isDrawn.energy();
  });

  it("follows the Energy dashboard's date picker, and has no navigation of its own then", async () => {
    await show("energy");
    await isDrawn.energy();
    await page().evaluate(`(() => {
      const listeners = new Set();
      home.connection._energy = {
        start: new Date("2026-10-01T00:00:00+02:00"), end: new Date("2026-10-31T23:59:59.999+01:00"),
        isActive: () => true, listeners, subscribe: (one) => { listeners.add(one); return () => listeners.delete(one); },
      };
      const place = card.parentNode; card.remove(); place.append(card);
    })()`);
    await main().getByText("October 2026").waitFor();
    expect(await main().getByRole("button", { name: "Month", exact: true }).count()).toBe(0);
    await page().evaluate(`(() => {
      const picker = home.connection._energy;
      picker.start = new Date("2026-11-20T00:00:00+01:00"); picker.end = new Date("2026-11-20T23:59:59.999+01:00");
      for (const notify of picker.listeners) notify();
    })()`);
    await main().getByText("Nov 20, 2026").waitFor();
    await page().evaluate("card.remove()");
    expect(await page().evaluate("home.connection._energy.listeners.size")).toBe(0);
  });

  it("is a table too", async () => {
    await show("energy");
    await isDrawn.energy();
    await main().getByRole("button", { name: "Table" }).click();
    await main()
      .getByRole("row", { name: /Nov 9.*83.%/ })
      .waitFor();
    expect(await main().getByRole("row").count()).toBe(22);
    expect(await violations()).toEqual([]);
  });

  it("has a table whose days stay in sight while its figures are scrolled", async () => {
    await show("energy", { width: 304 });
    await isDrawn.energy();
    await main().getByRole("button", { name: "Table" }).click();
    const [day, figure] = [main().getByRole("rowheader").nth(3), main().getByRole("cell").nth(3)];
    const before = { day: (await day.boundingBox())?.x, figure: (await figure.boundingBox())?.x ?? 0 };
    await page().evaluate(scrollTable);
    await waitFor(async () => ((await figure.boundingBox())?.x ?? 0) < before.figure - 50, "the figures are scrolled");
    expect((await day.boundingBox())?.x).toBe(before.day);
  });

  it.each(Object.keys(allTexts))(
    "has a legend of three lines at most on the smallest phone, in %s",
    async (language) => {
      await show("energy", { width: 304, home: { language, locale: { ...englishLocale, language } } });
      await isDrawn.energy();
      const { height } = (await main().locator(".legend").boundingBox()) ?? { height: 999 };
      expect(height).toBeLessThanOrEqual(3 * 44);
      expect(await page().evaluate(cutOff)).toEqual([]);
      expect(await page().evaluate(sticksOut)).toEqual([]);
      if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/range-${language}.png` });
    },
  );

  it("is drawn as bars in the colours of their uses, without those that are switched off", async () => {
    await show("energy", { width: 900 });
    await isDrawn.energy();
    const pixels = () => page().evaluate(heatingPixels) as Promise<number>;
    await waitFor(async () => (await pixels()) > 1000, "the bars are drawn");
    await main().getByRole("button", { name: "Heat", exact: true }).click();
    await waitFor(async () => (await pixels()) > 0, "electricity is there");
    await main().getByRole("button", { name: "Electricity", exact: true }).click();
    await waitFor(async () => (await pixels()) === 0, "electricity is gone");
    await main().getByRole("button", { name: "Heat", exact: true }).click();
    await waitFor(async () => (await pixels()) > 0, "heat has an edge in full colour");
  });

  it("is switched off by side and by use, by the names of its colours", async () => {
    await show("energy");
    await isDrawn.energy();
    const row = (name: string) => main().getByRole("button", { name, exact: true });
    await row("Heat").press("Space");
    expect(await row("Heat").getAttribute("aria-pressed")).toBe("false");
    expect(await row("Electricity").getAttribute("aria-pressed")).toBe("true");
    await row("Electricity: Hot water, Heat: Hot water").press("Enter");
    await main().getByRole("application").focus();
    await page().keyboard.press("Home");
    const announced = await main().locator("heatloop-chart [aria-live]").textContent();
    expect(announced).toMatch(/Electricity: Heating [\d.]+ kWh/);
    expect(announced).not.toMatch(/Heat: |Hot water/);
  });

  it("goes to yesterday with a click on its figures", async () => {
    await show("energy");
    await main()
      .getByRole("button", { name: /Yesterday 14.2 kWh · COP 3.8/ })
      .click();
    await main().getByText("Nov 20, 2026").waitFor();
    await isDrawn.energy();
  });
});
