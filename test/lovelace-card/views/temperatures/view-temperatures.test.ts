import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { cardBrowser } from "#test/lovelace-card/support/card-browser.ts";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { now, showTemperatures, statesNow } from "#test/lovelace-card/support/temperatures-page.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Shown = Parameters<typeof showTemperatures>[2];

const { page, built, violations } = cardBrowser({
  timezoneId: "Europe/Rome",
  viewport: { width: 960, height: 640 },
});

const show = (shown: Shown = {}) => showTemperatures(page(), built(), shown);
const plot = () => page().getByRole("application", { name: "Temperatures" });
const legend = (name: string) => page().locator("heatloop-chart").getByRole("button", { name, exact: true });
const range = (name: string) => page().locator(".segments").getByRole("button", { name });
const tip = () => page().locator(".tip");
const calls = () => page().evaluate("calls.map(({ type, period }) => period ?? type)") as Promise<string[]>;

/** How many pixels of the chart have about this colour: solid as lines, or light as the area of what is too dense. */
function pixels(red: number, green: number, blue: number, opacity: "solid" | "light" = "solid"): Promise<number> {
  return page().evaluate(`(() => {
    const canvas = card.shadowRoot.querySelector("heatloop-temperatures").shadowRoot
      .querySelector("heatloop-chart").shadowRoot.querySelector("canvas");
    // What draws charts is loaded when the first one is shown.
    if (canvas === null) return 0;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const off = Math.abs(data[at] - ${red}) + Math.abs(data[at + 1] - ${green}) + Math.abs(data[at + 2] - ${blue});
      const alpha = data[at + 3];
      if (off < 30 && ${opacity === "solid" ? "alpha > 200" : "alpha > 0 && alpha < 100"}) count++;
    }
    return count;
  })()`) as Promise<number>;
}
const flowPixels = () => pixels(244, 67, 54);
const drawn = () => waitFor(async () => (await flowPixels()) > 50, "the flow line is drawn");

/** Buttons of the range whose text is cut off. */
const cutOff = `(() => {
  const view = card.shadowRoot.querySelector("heatloop-temperatures").shadowRoot;
  return [...view.querySelectorAll(".segments button")]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ innerText }) => innerText);
})()`;

describe("the view of temperatures in a browser", () => {
  const scenes: [string, Shown][] = [
    ["light", {}],
    ["dark", { theme: "dark" }],
    ["phone", { width: 340 }],
    ["tile", { width: 150, height: 184, config: { grid_options: { rows: 3 } } }],
    ["wide", { width: 900, theme: "dark" }],
    ["rows", { width: 480, height: 248, config: { grid_options: { rows: 4 } } }],
    ["rtl", { direction: "rtl" }],
    ["german", { home: { language: "de", states: statesNow(now) } }],
  ];
  it.each(scenes)("is drawn and has no violation of accessibility rules: %s", async (name, scene) => {
    await show(scene);
    await drawn();
    await page().screenshot({ path: join(tmpdir(), `card-temperatures-${name}.png`) });
    expect(await violations()).toEqual([]);
  });

  it("goes from hours to a year", async () => {
    await show({ width: 900 });
    await drawn();
    for (const name of ["6 hr", "Week", "Month", "Year"]) {
      await range(name).click();
      await waitFor(async () => (await range(name).getAttribute("aria-pressed")) === "true", name);
      await waitFor(async () => (await calls()).length >= 2 || name === "6 hr", "asked for more");
      await drawn();
      await page().screenshot({ path: join(tmpdir(), `card-temperatures-${name.replace(" ", "")}.png`) });
    }
    expect(new Set(await calls())).toEqual(new Set(["history/history_during_period", "5minute", "hour"]));
  });

  it("draws a year by days: a line and a light area, and a day's figures", async () => {
    await show({ width: 900 });
    await drawn();
    await range("Year").click();
    await waitFor(async () => (await calls()).includes("hour"), "a year is asked for");
    await drawn();
    // A solid band of hours has some ten thousands.
    await waitFor(async () => (await flowPixels()) < 4000, "the flow is a line");
    await plot().focus();
    await page().keyboard.press("End");
    await page().keyboard.press("ArrowLeft");
    expect(await tip().innerText()).toMatch(/^Nov \d+, 2026\nFlow\s+[\d.]+ °C \([\d.]+ – [\d.]+\)/);
    const last = await tip().innerText();
    for (let press = 0; press < 3; press++) await page().keyboard.press("+");
    await waitFor(async () => (await tip().innerText()) !== last, "days are shown one by one");
    expect(await tip().innerText()).toMatch(/ – /);
  });

  it.each(Object.keys(allTexts))("has space for its ranges on the smallest phone, in %s", async (language) => {
    await show({ width: 304, home: { language, locale: { ...englishLocale, language }, states: statesNow(now) } });
    await drawn();
    expect(await page().evaluate(cutOff)).toEqual([]);
  });

  it("shows the values under the pointer and under the keys", async () => {
    await show({ width: 900 });
    await drawn();
    const box = await plot().boundingBox();
    if (box === null) throw new Error("no chart");
    await page().mouse.move(box.x + box.width * 0.3, box.y + 80);
    expect(await tip().innerText()).toMatch(/Fri, Nov 20, .*Flow\s+\d+\.\d °C.*Tank\s+\d+\.\d °C/s);
    await page().screenshot({ path: join(tmpdir(), "card-temperatures-tip.png") });
    await page().mouse.move(5, 5);
    expect(await tip().count()).toBe(0);
    await plot().focus();
    await page().keyboard.press("End");
    const last = await tip().innerText();
    await page().keyboard.press("ArrowLeft");
    expect(await tip().innerText()).not.toBe(last);
    expect(await page().locator("[aria-live]").last().textContent()).toMatch(
      /^Sat, Nov 21, .*, Flow \d+\.\d °C, Return/,
    );
    await page().keyboard.press("Escape");
    expect(await tip().count()).toBe(0);
  });

  it("zooms with ctrl and wheel and with keys, pans with the mouse, and goes home with a double click", async () => {
    await show({ width: 900 });
    await drawn();
    const box = await plot().boundingBox();
    if (box === null) throw new Error("no chart");
    const [x, y] = [box.x + box.width / 2, box.y + 80];
    const title = async () => {
      await page().mouse.move(x + 1, y);
      await page().mouse.move(x, y);
      return (await tip().innerText()).split("\n")[0];
    };
    const middle = await title();
    await page().keyboard.down("Control");
    await page().mouse.wheel(0, -300);
    await page().keyboard.up("Control");
    expect(await range("Day").getAttribute("aria-pressed")).toBe("false");
    expect(await title()).toBe(middle);
    await page().mouse.down();
    await page().mouse.move(x + 150, y, { steps: 3 });
    await page().mouse.up();
    expect(await title()).not.toBe(middle);
    await page().mouse.dblclick(x, y);
    expect(await range("Day").getAttribute("aria-pressed")).toBe("true");
    expect(await title()).toBe(middle);
    await plot().focus();
    await page().keyboard.press("+");
    expect(await range("Day").getAttribute("aria-pressed")).toBe("false");
    await page().keyboard.press("0");
    expect(await range("Day").getAttribute("aria-pressed")).toBe("true");
    // The wheel alone is the page's.
    await page().mouse.wheel(0, -300);
    expect(await range("Day").getAttribute("aria-pressed")).toBe("true");
  });

  it.each([340, 900])("has the dates of where one has gone and a way back, in %d px", async (width) => {
    await show({ width });
    await drawn();
    const dates = page().locator(".span-title");
    const back = page().getByRole("button", { name: "now" });
    expect(await back.count()).toBe(0);
    await plot().focus();
    await page().keyboard.press("+");
    await page().keyboard.press("Shift+ArrowLeft");
    expect(await dates.isVisible()).toBe(true);
    expect(await dates.innerText()).toMatch(/^Nov 20.*\d:\d\d\s[AP]M – .*\d:\d\d\s[AP]M$/);
    expect(await violations()).toEqual([]);
    await page().screenshot({ path: join(tmpdir(), `card-temperatures-zoomed-${width}.png`) });
    await back.press("Enter");
    expect(await range("Day").getAttribute("aria-pressed")).toBe("true");
    expect(await range("Day").evaluate((button) => button.matches(":focus"))).toBe(true);
    expect(await back.count()).toBe(0);
    await drawn();
  });

  it("switches lines off and on in the legend, and shows all as a table", async () => {
    await show();
    await drawn();
    await legend("Flow").click();
    await waitFor(async () => (await flowPixels()) === 0, "the flow line is gone");
    expect(await legend("Flow").getAttribute("aria-pressed")).toBe("false");
    await legend("Flow").click();
    await drawn();
    await legend("Table").click();
    const head = await page().getByRole("columnheader").allInnerTexts();
    expect(head.slice(0, 3)).toEqual(["Hour", "Flow °C", "Return °C"]);
    const rows = await page().getByRole("row").allInnerTexts();
    expect(rows).toHaveLength(26);
    expect(rows[1]).toMatch(/^Sat, Nov 21, 10:00 AM\s+\d/);
    // Nothing was reported from 22:10 to 23:40.
    expect(rows.find((row) => row.includes("Nov 20, 11:00 PM"))).toMatch(/\d/);
    expect(rows.some((row) => row.includes("Nov 20, 10:00 PM"))).toBe(true);
    await page().screenshot({ path: join(tmpdir(), "card-temperatures-table.png") });
    await legend("Chart").click();
    await drawn();
  });

  it("follows the theme by itself", async () => {
    await show();
    await drawn();
    expect(await pixels(255, 0, 255)).toBe(0);
    await page().evaluate(`{
      document.documentElement.style.setProperty("--red-color", "rgb(255, 0, 255)");
      document.documentElement.style.setProperty("--primary-text-color", "#eeeeee");
    }`);
    await waitFor(async () => (await pixels(255, 0, 255)) > 50, "the line has the new colour");
  });

  const nowhere = Object.fromEntries(Object.keys(statesNow(now)).map((id) => [id, "unavailable"]));
  const garbled = { ...statesNow(now), flow_temperature: "hot", dhw_temperature: "" };
  const lacking: [string, Shown, string | undefined][] = [
    ["the recorder is off", { lacks: { recorder: true } }, "Home Assistant's recorder is off"],
    ["nothing is answered", { lacks: { answers: true } }, "Home Assistant refused: "],
    ["no temperature is there", { home: { states: { operation: "heating" } } }, "Nothing is known about this time"],
    ["there are no statistics", { lacks: { statistics: true } }, undefined],
    ["all is unavailable", { home: { states: nowhere } }, undefined],
    ["there are texts where numbers were", { home: { states: garbled } }, undefined],
  ];
  it.each(lacking)("is still a view where %s", async (_, shown, text) => {
    await show(shown);
    for (const name of ["Year", "Week", "Day"]) {
      await range(name).click();
      if (text !== undefined) await page().getByText(text).first().waitFor();
    }
    if (text === undefined) await drawn();
  });

  it("draws a million points", async () => {
    await show();
    await drawn();
    await page().evaluate(`(async () => {
      const list = Array.from({ length: 1e6 }, (_, at) => ({ s: String(30 + at % 17), lu: ${now / 1000} - 86000 + at * 0.08 }));
      const { callWS } = home;
      setStates({});
      card.hass = window.home = { ...home, connected: false };
      await new Promise((done) => setTimeout(done));
      card.hass = window.home = { ...home, connected: true, callWS: async (message) => {
        const answer = await callWS(message);
        return "sensor.home_flow_temperature" in answer ? { ...answer, "sensor.home_flow_temperature": list } : answer;
      } };
    })()`);
    const area = () => pixels(244, 67, 54, "light");
    await waitFor(async () => (await area()) > 4000, "the area from the lowest to the highest is drawn");
    await drawn();
  });

  it("leaves nothing behind after it was put on and off the page 200 times", async () => {
    await show();
    await drawn();
    const alive = (await page().evaluate(`(async () => {
      const main = document.querySelector("main");
      const running = new Set();
      const [observe, disconnect] = [ResizeObserver.prototype.observe, ResizeObserver.prototype.disconnect];
      ResizeObserver.prototype.observe = function (target) { running.add(this); observe.call(this, target); };
      ResizeObserver.prototype.disconnect = function () { running.delete(this); disconnect.call(this); };
      const [start, stop] = [window.setInterval, window.clearInterval];
      window.setInterval = (...parts) => { const id = start(...parts); running.add(id); return id; };
      window.clearInterval = (id) => { running.delete(id); stop(id); };
      card.remove();
      for (let time = 0; time < 200; time++) {
        main.append(card);
        await new Promise((done) => setTimeout(done));
        card.remove();
      }
      const left = running.size;
      main.append(card);
      return left;
    })()`)) as number;
    expect(alive).toBe(0);
    await drawn();
  });
});
