import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { cardBackground, type FrontendPage, openFrontend, tooWide } from "./frontend-page.ts";
import { startWholeHouse, type WholeHouse } from "./whole-house.ts";

const home = {
  prefix: "ecodan-heatpump",
  language: "en",
  zones: 1,
  rooms: 3,
  settings: { room_source_zone_1: "home_assistant" },
} as const;
const rooms = ["living_room", "bedroom", "kitchen"].map((id) => ({ entity: `climate.${id}_thermostat` }));
const allViews = ["Now", "Temperatures", "Energy", "Cycles", "Control", "Downloads"];

type CardConfig = Readonly<Record<string, unknown>>;
type DashboardConfig = {
  readonly views: readonly { readonly sections: readonly { readonly cards: CardConfig[] }[] }[];
};

describe.skipIf(!hasHomeAssistant())("the card in Home Assistant's frontend", () => {
  let house: WholeHouse;
  let browser: Browser;
  let frontend: FrontendPage;
  let page: Page;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startWholeHouse([home], { speed: 3 }), openBrowser()]);
    const { homeAssistant, program } = house;
    await program.changeSettings({ card: { install: true }, rooms });
    const isInstalled = async () =>
      (await homeAssistant.command<{ url: string }[]>({ type: "lovelace/resources" })).length === 1;
    await waitFor(isInstalled, "the program installs the card");
    await homeAssistant.command({ type: "lovelace/dashboards/create", url_path: "test-house", title: "House" });
    await saveCards([]);
    frontend = await openFrontend(browser, homeAssistant);
    page = frontend.page;
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** A dashboard with one section, as the frontend makes an empty one. */
  async function saveCards(cards: readonly CardConfig[]): Promise<void> {
    const config = { views: [{ title: "Home", type: "sections", sections: [{ type: "grid", cards }] }] };
    await house.homeAssistant.command({ type: "lovelace/config/save", url_path: "test-house", config });
  }

  async function savedCards(): Promise<readonly CardConfig[]> {
    const message = { type: "lovelace/config", url_path: "test-house", force: true };
    const config = await house.homeAssistant.command<DashboardConfig>(message);
    return config.views.flatMap(({ sections }) => sections.flatMap(({ cards }) => cards));
  }

  async function waitForSaved(fits: (cards: readonly CardConfig[]) => boolean): Promise<readonly CardConfig[]> {
    await waitFor(async () => fits(await savedCards()), "the dashboard is saved");
    return savedCards();
  }

  const tab = (name: string) => frontend.cards().getByRole("tab", { name, exact: true });

  test("is in the card picker with a living preview, and is added with a click and Save", async () => {
    await frontend.open("/test-house/0");
    await page.getByRole("button", { name: /^edit/i }).first().click();
    await page.getByRole("button", { name: "Add card" }).first().click();
    const picker = page.locator("hui-dialog-create-card");
    await picker.getByRole("tab", { name: "By card" }).click();
    await picker
      .getByPlaceholder(/search/i)
      .last()
      .fill("heatloop");
    const offered = picker.locator(".card", { hasText: "Heatloop heat pump" });
    await offered.locator("heatloop-card").getByText("Heating", { exact: true }).waitFor();
    await offered.click();
    const dialog = page.locator("hui-dialog-edit-card");
    await dialog.locator("heatloop-card").getByText("Ecodan heatpump").waitFor();
    await dialog.getByRole("button", { name: "Save" }).click();
    const [card, ...more] = await waitForSaved((cards) => cards.length > 0);
    expect(more).toEqual([]);
    expect(card).toEqual({ type: "custom:heatloop-card", device: expect.stringMatching(/^[0-9a-f]{32}$/) });
  }, 60_000);

  test("is edited in the visual editor: title, views and their order", async () => {
    await page.locator("hui-card-edit-mode").hover();
    await page.getByRole("button", { name: "Edit card" }).click();
    const dialog = page.locator("hui-dialog-edit-card");
    await dialog.getByText("All views, where none is chosen.").waitFor();
    await dialog.locator("input[name=title]").fill("Our heat pump");
    for (const view of ["Control", "Now"]) {
      const select = dialog.locator("ha-selector-select");
      await select.getByRole("button", { name: "Add" }).click();
      // The list scrolls into place while it opens: searched for, what is clicked is the only one there.
      await select.getByPlaceholder("Search").fill(view);
      const offered = (name: string) => select.locator("ha-combo-box-item", { hasText: name });
      await offered("Downloads").waitFor({ state: "detached" });
      await offered(view).click();
      await select.locator("ha-input-chip", { hasText: view }).waitFor();
      // The preview is built anew with what was chosen.
      await dialog
        .locator("heatloop-card")
        .getByRole(view === "Now" ? "tab" : "group")
        .first()
        .waitFor();
    }
    const preview = dialog.locator("heatloop-card");
    await preview.getByText("Our heat pump").waitFor();
    expect(await preview.getByRole("tab").allInnerTexts()).toEqual(["Control", "Now"]);
    await dialog.getByRole("button", { name: "Save" }).click();
    const [card] = await waitForSaved((cards) => cards[0]?.views !== undefined);
    expect(card).toMatchObject({ title: "Our heat pump", views: ["control", "now"] });
    await page.getByRole("button", { name: "Done" }).click();
  }, 60_000);

  test("is suggested for an entity of the heat pump", async () => {
    await saveCards([]);
    await frontend.open("/test-house/0?edit=1");
    await page.getByRole("button", { name: "Add card" }).first().click();
    const picker = page.locator("hui-dialog-create-card");
    await picker.getByPlaceholder("Search entities").fill("flow temperature");
    await picker.getByText("Flow temperature", { exact: true }).first().click();
    await picker.locator("heatloop-card").getByText("Heating", { exact: true }).waitFor();
  }, 60_000);

  test("a set-point that is changed in it arrives at the heat pump and comes back", async () => {
    await saveCards([{ type: "custom:heatloop-card" }]);
    await frontend.open("/test-house/0");
    await tab("Control").click();
    const row = frontend.cards().getByRole("group", { name: "Hot water set-point" });
    const { settings } = house.simulator(home).home;
    const before = settings.number("dhw_climate_target");
    await row.getByText(before.toFixed(1)).waitFor();
    await row.getByRole("button", { name: "Hot water set-point: lower" }).click();
    await waitFor(() => settings.number("dhw_climate_target") === before - 0.5, "the heat pump has the new set-point");
    await row.locator("output", { hasText: (before - 0.5).toFixed(1) }).waitFor();
    await waitFor(async () => (await row.getAttribute("class"))?.includes("settled"), "the card takes it as told");
    // The other way round: what someone else sets is shown.
    await house.call(home, "dhw_climate_target", "set_temperature", { temperature: before });
    await row.locator("output", { hasText: before.toFixed(1) }).waitFor();
  }, 60_000);

  test.each([
    ["phone", 390],
    ["tablet", 800],
    ["desktop", 1400],
  ])(
    "fits on a %s (%d px), in light and dark, in each view",
    async (_, width) => {
      await page.setViewportSize({ width, height: 950 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const view of allViews) {
          await tab(view).click();
          await frontend.cards().getByRole("tabpanel").getByText(/\S/).first().waitFor();
          expect([view, await page.evaluate(tooWide)]).toEqual([view, []]);
        }
      }
      await page.emulateMedia({ colorScheme: "light" });
    },
    60_000,
  );

  test("goes dark with the frontend", async () => {
    const color = () => page.evaluate<string>(cardBackground);
    const becomes = (expected: string) => waitFor(async () => (await color()) === expected, `the card is ${expected}`);
    await becomes("rgb(255, 255, 255)");
    await page.emulateMedia({ colorScheme: "dark" });
    await becomes("rgb(28, 28, 28)");
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("speaks the person's language, with its numbers", async () => {
    const language = (value: string) =>
      house.homeAssistant.command({
        type: "frontend/set_user_data",
        key: "language",
        value: { language: value, number_format: "language", time_format: "language" },
      });
    await language("de");
    await frontend.open("/test-house/0");
    await frontend.cards().getByText("Heizen", { exact: true }).waitFor();
    await frontend.cards().getByRole("tab", { name: "Steuern" }).click();
    const output = frontend.cards().getByRole("group", { name: "Warmwasser-Solltemperatur" }).locator("output");
    expect(await output.innerText()).toMatch(/^\d\d,\d\s°C$/);
    await language("en");
    await frontend.open("/test-house/0");
    await frontend.cards().getByText("Heating", { exact: true }).waitFor();
  }, 60_000);

  test("makes a whole dashboard from Add dashboard, without an error in any of its views", async () => {
    await frontend.open("/config/lovelace/dashboards");
    await page.getByRole("button", { name: "Add dashboard" }).click();
    await page.locator("dashboard-card", { hasText: "Heatloop" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("Heat pump");
    await page.getByRole("button", { name: "Create" }).click();
    type Listed = { readonly title: string; readonly url_path: string };
    const made = await waitFor(async () => {
      const listed = await house.homeAssistant.command<Listed[]>({ type: "lovelace/dashboards/list" });
      return listed.find(({ title }) => title === "Heat pump");
    }, "the dashboard is made");
    const config = { type: "lovelace/config", url_path: made.url_path, force: true };
    const saved = await waitFor(() => house.homeAssistant.command(config).catch(() => undefined), "it is saved");
    expect(saved).toMatchObject({ strategy: { type: "custom:heatloop" } });
    const views: readonly [string, string, number][] = [
      ["overview", "heatloop-card", 3],
      ["energy", "heatloop-card", 1],
      ["cycles", "heatloop-card", 1],
      ["room-feed", "hui-entities-card", 1],
      ["diagnostics", "hui-entities-card", 1],
      ["downloads", "heatloop-card", 1],
    ];
    for (const [path, card, count] of views) {
      await frontend.open(`/${made.url_path}/${path}`);
      const cards = page.locator(`hui-view ${card}`);
      await waitFor(async () => (await cards.count()) === count, `${path} shows ${count} of ${card}`);
      await cards.first().getByText(/\S/).first().waitFor();
      expect([path, await page.locator("hui-view hui-error-card").count()]).toEqual([path, 0]);
      expect([path, await page.evaluate(tooWide)]).toEqual([path, []]);
    }
    for (const title of ["Overview", "Energy", "Cycles", "Room feed", "Diagnostics", "Downloads"]) {
      expect([title, await page.getByRole("tab", { name: title, exact: true }).count()]).toEqual([title, 1]);
    }
  }, 90_000);

  test("says that the heat pump is offline, changes nothing then, and is back with it", async () => {
    await frontend.open("/test-house/0");
    await tab("Control").click();
    const lower = frontend.cards().getByRole("button", { name: "Hot water set-point: lower" });
    await lower.waitFor();
    house.simulator(home).dropConnection(30);
    await frontend.cards().getByText("Offline", { exact: true }).waitFor({ timeout: 40_000 });
    await frontend.cards().getByText("The heat pump is offline: nothing can be changed.").waitFor();
    expect(await lower.isDisabled()).toBe(true);
    await tab("Now").click();
    await frontend.cards().locator(".flow .value", { hasText: "–" }).waitFor();
    expect(await page.evaluate(tooWide)).toEqual([]);
    await frontend.cards().locator(".flow .value", { hasText: /\d/ }).waitFor({ timeout: 40_000 });
    await tab("Control").click();
    await waitFor(() => lower.isEnabled(), "it can be changed again");
  }, 120_000);

  test("is live again after a restart of Home Assistant, in the same page", async () => {
    const { settings } = house.simulator(home).home;
    const restarted = house.homeAssistant.restart();
    const notice = frontend.cards().getByText("No connection to Home Assistant");
    await notice.waitFor();
    await restarted;
    await notice.waitFor({ state: "detached", timeout: 60_000 });
    const row = frontend.cards().getByRole("group", { name: "Hot water set-point" });
    const lower = row.getByRole("button", { name: "Hot water set-point: lower" });
    const canBeChanged = async () => {
      // The frontend makes the cards of a dashboard anew when it is back.
      await tab("Control").click();
      return lower.isEnabled({ timeout: 1000 }).catch(() => false);
    };
    await waitFor(canBeChanged, "it can be changed", 60_000);
    const before = settings.number("dhw_climate_target");
    await lower.click();
    await waitFor(() => settings.number("dhw_climate_target") < before, "the heat pump has the new set-point");
    await waitFor(async () => (await row.getAttribute("class"))?.includes("settled"), "the card takes it as told");
  }, 120_000);

  test("shows the range that is chosen, of energy and of temperatures", async () => {
    await saveCards([{ type: "custom:heatloop-card", views: ["energy", "temperatures"] }]);
    await frontend.open("/test-house/0");
    const title = frontend.cards().locator("heatloop-energy .range-title");
    await title.waitFor();
    const titles = new Set<string>();
    for (const unit of ["Day", "Week", "Year"]) {
      await frontend.cards().getByRole("button", { name: unit, exact: true }).click();
      titles.add(await title.innerText());
    }
    await frontend.cards().locator("heatloop-energy .arrow").first().click();
    await title.getByText(String(new Date().getFullYear() - 1)).waitFor();
    expect(titles.size).toBe(3);
    await tab("Temperatures").click();
    await frontend.cards().getByRole("button", { name: "Week", exact: true }).click();
    await frontend.open("/test-house/0");
    await tab("Temperatures").click();
    await frontend.cards().locator("heatloop-temperatures [aria-pressed=true]", { hasText: "Week" }).waitFor();
  }, 60_000);

  test("follows the date picker of the Energy dashboard where it stands beside one", async () => {
    await saveCards([{ type: "energy-date-selection" }, { type: "custom:heatloop-card", views: ["energy"] }]);
    await frontend.open("/test-house/0");
    const title = frontend.cards().locator("heatloop-energy .range-title");
    await title.waitFor();
    await waitFor(async () => (await frontend.cards().locator("heatloop-energy .arrow").count()) === 0, "it follows");
    const before = await title.innerText();
    await page
      .locator("hui-energy-period-selector")
      .getByRole("button", { name: /previous/i })
      .click();
    await waitFor(async () => (await title.innerText()) !== before, "it shows the day before");
  }, 60_000);

  test("nobody had anything to say against it", () => {
    expect(frontend.complaints()).toEqual([]);
    expect(house.homeAssistant.complaints(/heatloop|ecodan|frontend\.js/i)).toEqual([]);
  });
});
