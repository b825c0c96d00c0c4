import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { settingsKeys } from "@heatloop/ha-addon/settings/settings";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { type NewHome, startNewHome } from "#test/support/new-home.ts";
import { waitFor } from "#test/support/wait-for.ts";

let browser: Browser;
let axe: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A new home for the length of a test. */
async function newHome(): Promise<NewHome> {
  const home = await startNewHome();
  onTestFinished(home.close);
  return home;
}

async function opened(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({ locale: "en-GB", viewport: { width: 390, height: 844 }, ...options });
  onTestFinished(() => page.close());
  await page.goto(url);
  return page;
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + failureSummary).join(" | ")))`,
  );
}

/** The room, or else the text of what has the focus, shadow roots included. */
const focusedThing = `(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.closest("li")?.getAttribute("data-entity") ?? at?.textContent?.trim() ?? "";
})()`;

const roomOf = (page: Page, entity: string) => page.locator(`li[data-entity="${entity}"]`);

describe("a first run in the browser", () => {
  it("leads from started to rooms that feed the heat pump with the mouse alone", async () => {
    const home = await newHome();
    const page = await opened(home.url);
    await page.getByRole("heading", { name: "Set up Heatloop" }).waitFor();
    await page.getByText("No heat pump has reported yet").waitFor();
    const block = await page.locator("pre").innerText();
    expect(block).toContain("mqtt:\n");
    expect(block).toContain("username: !secret mqtt_username");
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();

    home.connectHeatPump();
    await page.getByText("is there.").waitFor();
    await page.locator("pre").waitFor({ state: "detached" });

    expect(await roomOf(page, "climate.living_room").getByRole("checkbox").isChecked()).toBe(true);
    const bedroom = roomOf(page, "climate.bedroom");
    expect(await bedroom.innerText()).toMatch(/20\.2 °C[\s\S]*most likely twice the temperature/);
    expect(await bedroom.getByRole("checkbox").isChecked()).toBe(true);
    expect(await roomOf(page, "climate.guest_room").innerText()).toMatch(/Silent for 5\d\d min/);
    expect(await roomOf(page, "climate.guest_room").getByRole("checkbox").isChecked()).toBe(false);
    await roomOf(page, "sensor.office").getByRole("checkbox").click();
    await page.getByText("4 chosen").waitFor();
    await page.getByText("Not offered as rooms: 2").click();
    expect(await roomOf(page, "sensor.outdoor").innerText()).toContain("outdoors");

    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Saved" }).waitFor();
    await page.getByText(/The rooms feed the heat pump: 20\.\d °C/).waitFor();
    expect(await home.settings()).toMatchObject({
      time_zone: "Europe/Rome",
      rooms: [
        { entity: "climate.bedroom", scale: 0.5 },
        { entity: "climate.kitchen", scale: 1 },
        { entity: "climate.living_room", scale: 1 },
        { entity: "sensor.office" },
      ],
      tariff: { price_per_kwh: 0.29, currency: "EUR" },
    });
    await page.getByRole("link", { name: "To the heat pump" }).click();
    await page.locator("page-live").waitFor({ state: "attached" });
    await page.goto(`${home.url}/`);
    await page.locator("page-live").waitFor({ state: "attached" });
  }, 90_000);

  it("has a heat pump use the rooms that used its own thermostat, at a click", async () => {
    const home = await newHome();
    const heatPump = home.connectHeatPump("room_thermostat");
    const page = await opened(home.url);
    await page.getByText("3 chosen").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The heat pump is not fed yet: ").waitFor();
    await page.getByRole("button", { name: "Let the heat pump use the rooms" }).click({ timeout: 60_000 });
    await page.getByText(/The rooms feed the heat pump: 20\.\d °C/).waitFor({ timeout: 60_000 });
    expect(heatPump.home.settings.choice("room_source_zone_1")).toBe("home_assistant");
  }, 150_000);

  it("is done with the keyboard alone", async () => {
    const home = await newHome();
    home.connectHeatPump();
    const page = await opened(home.url);
    await roomOf(page, "sensor.office").waitFor();
    const focused = () => page.evaluate(focusedThing);
    const tabTo = async (what: string) => {
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press("Tab");
        if ((await focused()) === what) return;
      }
      throw new Error(`no Tab leads to ${what}`);
    };
    await tabTo("sensor.office");
    await page.keyboard.press("Space");
    await page.getByText("4 chosen").waitFor();
    await tabTo("Save");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Saved" }).waitFor();
    expect((await home.settings()).rooms).toHaveLength(4);
  }, 60_000);

  it("keeps everything that was entered where it is wrong, and says so beside it", async () => {
    const home = await newHome();
    const page = await opened(home.url);
    await roomOf(page, "sensor.office").waitFor();
    await page.getByLabel("Time zone").fill("Mars/Olympus");
    await page.getByLabel("Price of electricity per kWh").fill("a lot");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const zone = page.locator('[data-path="time_zone"]');
    await zone.getByText("Allowed: a time zone of the IANA list such as Europe/Rome").waitFor();
    await page.locator('[data-path="tariff.price_per_kwh"]').getByText("Allowed: a number").waitFor();
    expect(await zone.getByRole("textbox").inputValue()).toBe("Mars/Olympus");
    expect(await page.getByLabel("Price of electricity per kWh").inputValue()).toBe("a lot");
    expect((await home.settings()).rooms).toEqual([]);
    await page.getByLabel("Time zone").fill("Europe/Vienna");
    await page.getByLabel("Price of electricity per kWh").fill("0,31");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Saved" }).waitFor();
    expect(await home.settings()).toMatchObject({ time_zone: "Europe/Vienna", tariff: { price_per_kwh: 0.31 } });
  }, 60_000);

  it("tells the second of two people, who keeps what is chosen", async () => {
    const home = await newHome();
    const page = await opened(home.url);
    await roomOf(page, "sensor.office").getByRole("checkbox").click();
    const headers = { "content-type": "application/json" };
    await fetch(`${home.url}/api/settings`, { method: "PUT", headers, body: '{"alerts":{"offline_min":44}}' });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Somebody else saved settings meanwhile").waitFor();
    await page.getByText("4 chosen").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Saved" }).waitFor();
    expect(await home.settings()).toMatchObject({ alerts: { offline_min: 44 }, rooms: { length: 4 } });
  }, 60_000);

  it("is left for later, and not shown by itself again", async () => {
    const home = await newHome();
    const page = await opened(home.url);
    await page.getByRole("button", { name: "Later" }).click();
    await page.locator("page-live").waitFor({ state: "attached" });
    await page.goto(`${home.url}/?again`);
    await page.locator("page-live").waitFor({ state: "attached" });
    await page.getByRole("link", { name: "Set it up" }).waitFor();
  }, 60_000);

  it("offers rooms once Home Assistant is back", async () => {
    const home = await newHome();
    await home.homeAssistant.stop();
    const page = await opened(home.url);
    await page.getByText("Rooms come from Home Assistant, which is not connected.").waitFor();
    await page.getByLabel("Time zone").fill("Europe/Paris");
    await home.homeAssistant.start();
    await roomOf(page, "climate.living_room").waitFor({ timeout: 25_000 });
    await page.getByText("3 chosen").waitFor();
    expect(await page.getByLabel("Time zone").inputValue()).toBe("Europe/Paris");
  }, 60_000);

  it.each([
    ["de", "Heatloop einrichten", "höchstwahrscheinlich die doppelte Temperatur", "Raumtemperatur für die Wärmepumpe"],
    ["nb-NO", "Sett opp Heatloop", "høyst sannsynlig dobbel temperatur", "Romtemperatur til varmepumpen"],
    ["sk", "Nastaviť Heatloop", "najskôr dvojnásobnú teplotu", "Izbová teplota pre tepelné čerpadlo"],
  ])(
    "speaks the browser's language: %s",
    async (locale, heading, double, section) => {
      const home = await newHome();
      const page = await opened(home.url, { locale });
      await page.getByRole("heading", { name: heading }).waitFor();
      expect(await roomOf(page, "climate.bedroom").innerText()).toMatch(new RegExp(`20,2 °C[^]*40,4 °C: ${double}`));
      await page.goto(`${home.url}/#/settings`);
      await page.getByText(section).waitFor();
    },
    60_000,
  );

  it.each([
    ["a phone of 320 px", { viewport: { width: 320, height: 640 } }],
    ["a phone in the dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
    ["a desk", { viewport: { width: 1920, height: 1080 } }],
  ] as const)(
    "fits %s, and axe finds nothing wrong",
    async (_, options) => {
      const home = await newHome();
      const page = await opened(home.url, options);
      await roomOf(page, "sensor.office").waitFor();
      await page.getByText("Not offered as rooms: 2").click();
      const overflow = () => page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      expect(await overflow()).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      await page.goto(`${home.url}/#/settings`);
      await page.locator("page-settings details").first().waitFor();
      const closed = page.locator("page-settings details:not([open])");
      for (let left = await closed.count(); left > 0; left--) await closed.first().locator("summary").click();
      for (const add of await page.getByRole("button", { name: "Add" }).all()) await add.click();
      expect(await overflow()).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
    },
    60_000,
  );
});

describe("settings in the browser", () => {
  it("are changed by forms, hold at once, and what is emptied goes back to its default", async () => {
    const home = await newHome();
    const page = await opened(`${home.url}/#/settings`);
    await page.locator('[data-section="alerts"] summary').click();
    const offline = page.getByLabel("Heat pump offline for");
    expect(await offline.inputValue()).toBe("5");
    await offline.fill("45");
    await page.getByText("House and heat pump").click();
    await page.getByLabel("The flow sensor sits in").selectOption("return");
    await page.getByLabel("Design outdoor temperature").fill("-12,5");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. It applies from now on.").waitFor();
    expect(await home.settings()).toMatchObject({
      alerts: { offline_min: 45 },
      house: { flow_sensor: "return", design_temperature_c: -12.5 },
    });
    await offline.fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await waitFor(async () => {
      const { alerts } = (await home.settings()) as { alerts: { offline_min: number } };
      return alerts.offline_min === 5;
    }, "the default");
  }, 60_000);

  it("have rooms that are added, corrected and removed, each with what is wrong beside it", async () => {
    const home = await newHome();
    const page = await opened(`${home.url}/#/settings`);
    const rows = page.locator('fieldset[data-path="rooms"]');
    await rows.getByRole("button", { name: "Add" }).click();
    await rows.getByRole("button", { name: "Add" }).click();
    await rows.getByLabel("Thermostat or sensor").nth(0).fill("climate.living_room");
    await rows.getByLabel("Weight").nth(0).fill("2");
    await rows.getByLabel("Thermostat or sensor").nth(1).fill("light.bath");
    await page.getByRole("button", { name: "Save" }).click();
    const wrong = page.locator('[data-path="rooms[1].entity"]');
    await wrong.getByText("Allowed: an entity of Home Assistant such as climate.living_room").waitFor();
    expect(await rows.getByLabel("Weight").nth(0).inputValue()).toBe("2");
    await rows.getByRole("button", { name: "Remove light.bath" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. It applies from now on.").waitFor();
    expect((await home.settings()).rooms).toEqual([
      { entity: "climate.living_room", zone: 1, weight: 2, offset: 0, scale: 1 },
    ]);
  }, 60_000);

  it("tell who saves second, load the other's and keep what was entered", async () => {
    const home = await newHome();
    const page = await opened(`${home.url}/#/settings`);
    await page.locator('[data-section="alerts"] summary').click();
    await page.getByLabel("Heat pump offline for").fill("45");
    await page.getByText("General").click();
    await page.getByLabel("Time zone").fill("Europe/Paris");
    const headers = { "content-type": "application/json" };
    const theirs = { time_zone: "Europe/Berlin", house: { glycol_percent: 30 } };
    await fetch(`${home.url}/api/settings`, { method: "PUT", headers, body: JSON.stringify(theirs) });
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Somebody else saved other settings meanwhile").waitFor();
    await page.getByRole("button", { name: "Load theirs and keep what I entered" }).click();
    await page.getByText("Changed by somebody else: Glycol in the water, Time zone.").waitFor();
    await page.getByText("You changed the same: Time zone.").waitFor();
    expect(await page.getByLabel("Time zone").inputValue()).toBe("Europe/Paris");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. It applies from now on.").waitFor();
    expect(await home.settings()).toMatchObject({
      time_zone: "Europe/Paris",
      alerts: { offline_min: 45 },
      house: { glycol_percent: 30 },
    });
  }, 60_000);

  it("keep what was entered over a visit to another page", async () => {
    const home = await newHome();
    const page = await opened(`${home.url}/#/settings`);
    await page.getByText("General").click();
    await page.getByLabel("Time zone").fill("Europe/Paris");
    await page.getByRole("link", { name: "Live" }).click();
    await page.locator("page-live").waitFor({ state: "attached" });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByText("General").click();
    expect(await page.getByLabel("Time zone").inputValue()).toBe("Europe/Paris");
  }, 60_000);

  it("have a field for every setting; what none can hold is named", async () => {
    const home = await newHome();
    const page = await opened(`${home.url}/#/settings`);
    await page.getByText(/What is missing here is set through the API: labels\./).waitFor();
    const paths = await page
      .locator("page-settings [data-path]")
      .evaluateAll((all) => all.map((each) => each.getAttribute("data-path")?.split(/[.[]/)[0]));
    expect(settingsKeys.filter((key) => key !== "labels" && !paths.includes(key))).toEqual([]);
    expect(await page.locator("settings-channels").count()).toBe(1);
  }, 60_000);
});
