import { readFile } from "node:fs/promises";
import { startWeb, type Web } from "@heatloop/ha-addon/web/web";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { exampleDevice, exampleNow } from "#test/support/examples/device.ts";
import { type ExampleParts, exampleParts } from "#test/support/examples/web.ts";
import { type Ingress, startIngress } from "#test/support/home-assistant/ingress.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

let browser: Browser;
let parts: ExampleParts;
let web: Web;
let ingress: Ingress;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  parts = await exampleParts();
  web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
  ingress = await startIngress(web.url);
  page = await browser.newPage({ locale: "en-GB", viewport: { width: 390, height: 844 } });
  complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
});
afterEach(async () => {
  await page.close();
  await ingress.close();
  await web.close();
  await parts.clean();
});

const shown = async () => (await page.locator("body").innerText()).replaceAll("\u202f", " ");

async function openPage(): Promise<void> {
  await page.goto(ingress.url);
  await page.locator("article").first().waitFor();
}

async function shows(...texts: string[]): Promise<void> {
  await waitFor(
    async () => {
      const text = await shown();
      return texts.every((one) => text.includes(one));
    },
    `the page shows ${texts.join(", ")}`,
    10_000,
  );
}

describe("the page through ingress", () => {
  it("shows what the heat pump does, today's energy, the room feed with its reason, and alerts", async () => {
    await openPage();
    await shows("Ecodan", "Heating since 10:05", "34.5 °C", "target 35.0 °C", "17 L/min", "5.3 kW");
    await shows("37.8", "9.5", "4.00", "10:30", "100 % of the day so far was seen");
    await shows("Some rooms missing", "sent 20.6 °C at 10:29", "has not reported for over 120 min", "Living room");
    await shows(
      "Bedroom is not used for the room feed of zone 1: it has not reported for over 120 min",
      "MQTT connected",
      "times of Europe/Rome",
    );
    expect(complaints).toEqual([]);
  });

  it("removes the commands that the broker keeps, and says why where it cannot", async () => {
    const id = "kept_commands/ecodan-heatpump";
    const commands = ["ecodan-heatpump/number/x/command 20"];
    const problem = { code: "kept_commands", name: "Ecodan", commands } as const;
    parts.view.alertList = [{ id, severity: "warning", problem, device: "ecodan-heatpump", sinceAt: exampleNow }];
    await openPage();
    parts.view.removal = "broker_away";
    const button = page.getByRole("button", { name: "Remove these commands" });
    await button.click();
    await shows("The MQTT broker is away: its topics cannot be cleared now.");
    parts.view.removal = "removed";
    const answered = page.waitForResponse((response) => response.url().endsWith("/kept-commands"));
    await button.click();
    expect((await answered).status()).toBe(204);
  });

  it("leaves what is not known blank", async () => {
    await openPage();
    const tile = page.locator(".tiles > div", { hasText: "COP now" });
    expect(await tile.locator(".value").innerText()).toBe("–");
  });

  it("follows the heat pump live", async () => {
    await openPage();
    parts.view.set("ecodan-heatpump", "flow_temperature", 41.5);
    parts.view.deviceList = [{ ...exampleDevice, operation: "hot_water" }];
    parts.view.alertList = [];
    parts.clock.advanceTo(exampleNow + 1000);
    await shows("41.5 °C", "Hot water since 10:05");
    expect(await page.locator("#alerts").isVisible()).toBe(false);
    parts.view.deviceList = [{ ...exampleDevice, online: false }];
    parts.view.changed("ecodan-heatpump");
    parts.clock.advanceTo(exampleNow + 2000);
    await shows("Offline, last seen 10:29");
  });

  it("asks for nothing outside of its own path, documentation included", async () => {
    await openPage();
    await page.getByRole("link", { name: "API" }).click();
    await page.locator(".opblock").first().waitFor();
    await page.locator("#operations-devices-get_api_devices button, [id$=get_api_devices] button").first().click();
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    await waitFor(
      async () => (await page.locator(".live-responses-table").allInnerTexts()).join().includes("ecodan-heatpump"),
      "the answer in the documentation",
    );
    const path = new URL(ingress.url).pathname;
    expect(ingress.asked.filter((asked) => !asked.startsWith(path))).toEqual([]);
    expect(ingress.asked).toEqual(
      expect.arrayContaining([`${path}ws`, `${path}docs/openapi.json`, `${path}api/devices`]),
    );
    expect(complaints).toEqual([]);
  });

  it("saves the minutes of a day as CSV", async () => {
    await openPage();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Minutes of yesterday" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("heatloop-ecodan-heatpump-minutes-2026-11-20.csv");
    const text = await readFile(await download.path(), "utf8");
    expect(text.split("\n")).toHaveLength(1442);
    expect(text).toMatch(/^time,/);
  });

  it("saves CSV with a decimal comma where the browser writes one, as the spreadsheet there reads it", async () => {
    await page.close();
    page = await browser.newPage({ locale: "de-DE" });
    await openPage();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Days of the last month" }).click(),
    ]);
    expect(await readFile(await download.path(), "utf8")).toMatch(/^\ufeffdate;/);
  });

  it("opens the report of a time in a page of its own", async () => {
    await openPage();
    const [opened] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", { name: "This month" }).click(),
    ]);
    await opened.waitForLoadState();
    expect(opened.url()).toContain("report.html?from=2026-11-01&to=2026-11-21");
    expect(await opened.locator("h1").innerText()).toContain("Ecodan");
    await opened.close();
  });

  it("shows when the connection is lost, comes back by itself, and is up to date then", async () => {
    await openPage();
    const port = Number(new URL(web.url).port);
    await web.close();
    await shows("Connection lost. The values shown are from 10:30. Trying again…");
    parts.view.set("ecodan-heatpump", "flow_temperature", 28.5);
    const clock = simulatedClock(exampleNow + 60_000);
    web = await startWeb({ ...parts, clock, host: "127.0.0.1", port });
    await shows("28.5 °C");
    expect(await page.locator("#connection").isVisible()).toBe(false);
  });

  it("takes old values away when the connection stays lost", async () => {
    await page.clock.install();
    await openPage();
    await web.close();
    await shows("Connection lost.");
    await page.clock.fastForward(61_000);
    await waitFor(async () => !(await shown()).includes("34.5 °C"), "the old values are gone");
    await shows("Ecodan", "Not known");
    web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
  });

  it("reads nothing that comes from outside as HTML", async () => {
    const evil = '<img src=x onerror="document.title=1"><b>bold</b>';
    parts.view.deviceList = [{ ...exampleDevice, name: evil }];
    parts.view.alertList = [
      {
        id: "x",
        severity: "error",
        problem: { code: "fault", name: evil, fault: "E9" },
        device: null,
        sinceAt: exampleNow,
      },
    ];
    parts.view.set("ecodan-heatpump", "fault_code", evil);
    await openPage();
    await page.locator("summary").click();
    await shows("<b>bold</b>");
    expect(await page.locator("article b, .alerts b, article img, .alerts img").count()).toBe(0);
    expect(await page.title()).toBe("Heatloop");
  });

  it("offers to remove a heat pump that is not there, asks once more, and gives the reason where it is not possible", async () => {
    await openPage();
    const ask = page.getByRole("button", { name: "Remove this heat pump" });
    expect(await ask.isVisible()).toBe(false);
    parts.view.deviceList[0] = { ...exampleDevice, online: null, lastSeenAt: null };
    parts.view.changed(exampleDevice.id);
    parts.clock.advanceTo(exampleNow + 1000);
    await ask.click();
    await page.getByRole("button", { name: "No", exact: true }).click();
    await ask.click();
    parts.view.removal = "named";
    await page.getByRole("button", { name: /^Yes/ }).click();
    await shows("has published nothing since Heatloop started", "take it out of devices there");
    expect(complaints.splice(0)).toEqual([expect.stringContaining("409")]);
    parts.view.removal = "removed";
    await ask.click();
    const answer = page.waitForResponse((response) => response.request().method() === "DELETE");
    await page.getByRole("button", { name: /^Yes/ }).click();
    expect((await answer).status()).toBe(204);
  });

  it("explains what to do where no heat pump has been found, and shows it once it is there", async () => {
    parts.view.deviceList = [];
    await page.goto(ingress.url);
    await shows("No heat pump has been found yet.");
    parts.view.deviceList = [exampleDevice];
    parts.view.changed(exampleDevice.id);
    parts.clock.advanceTo(exampleNow + 1000);
    await shows("Ecodan", "Heating since");
    expect(await page.locator("#empty").isVisible()).toBe(false);
  });

  it("keeps what a person opened while values change", async () => {
    await openPage();
    await page.locator("summary").click();
    parts.view.set("ecodan-heatpump", "flow_temperature", 41.5);
    parts.clock.advanceTo(exampleNow + 1000);
    await shows("Flow temperature", "41.5 °C");
    expect(await page.locator("details").getAttribute("open")).not.toBeNull();
  });

  it.each([320, 390, 768, 1280])("fits a screen of %d px without scrolling sideways", async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await openPage();
    await page.locator("summary").click();
    const widths = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
    const [content, window] = widths as [number, number];
    expect(content).toBeLessThanOrEqual(window);
  });

  it.each(["light", "dark"] as const)("has text that can be read in %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await openPage();
    const poor = await page.evaluate(poorContrast);
    expect(poor).toEqual([]);
  });

  it("has headings in order, names for its regions, and tables with headers", async () => {
    await openPage();
    const visibleLevels = `[...document.querySelectorAll("h1, h2, h3, h4")]
      .filter((node) => node.checkVisibility()).map((node) => Number(node.tagName[1]))`;
    const levels = (await page.evaluate(visibleLevels)) as number[];
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1);
    await page.getByRole("article", { name: "Ecodan" }).waitFor();
    await page.getByRole("region", { name: "Today", exact: true }).waitFor();
    await page.getByRole("columnheader", { name: "Heat, kWh" }).waitFor();
    await page.getByRole("rowheader", { name: "Total" }).waitFor();
  });
});

/** Texts of the page whose contrast is below 4.5 : 1 (WCAG 2.2, 1.4.3). */
const poorContrast = `(() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = color.slice(0, 3).map((c) => (c /= 255, c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "");
    if (!own || !node.checkVisibility() || node.closest(".hidden, noscript")) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) poor.push(node.textContent + " " + contrast.toFixed(2));
  }
  return poor;
})()`;
