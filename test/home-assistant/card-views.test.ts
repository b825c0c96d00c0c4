import { beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { cardHouse } from "./card-house.ts";
import { cardBackground, tooWide } from "./frontend-page.ts";

describe.skipIf(!hasHomeAssistant())("the views of the card in Home Assistant's frontend", () => {
  const { page, frontend, homeAssistant, saveCards, tab, complaints } = cardHouse();
  const allViews = [
    "Now",
    "Temperatures",
    "Power",
    "Energy",
    "Cycles",
    "Room feed",
    "Control",
    "Diagnostics",
    "Downloads",
  ];

  beforeAll(async () => {
    await saveCards([{ type: "custom:heatloop-card" }]);
    await frontend().open("/test-house/0");
  });

  test.each([
    ["phone", 390],
    ["tablet", 800],
    ["desktop", 1400],
  ])(
    "fits on a %s (%d px), in light and dark, in each view",
    async (_, width) => {
      await page().setViewportSize({ width, height: 950 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page().emulateMedia({ colorScheme });
        for (const view of allViews) {
          await tab(view).click();
          await frontend().cards().getByRole("tabpanel").getByText(/\S/).filter({ visible: true }).first().waitFor();
          expect([view, await page().evaluate(tooWide)]).toEqual([view, []]);
        }
      }
      await page().emulateMedia({ colorScheme: "light" });
    },
    60_000,
  );

  test("goes dark with the frontend", async () => {
    const color = () => page().evaluate<string>(cardBackground);
    const becomes = (expected: string) => waitFor(async () => (await color()) === expected, `the card is ${expected}`);
    await becomes("rgb(255, 255, 255)");
    await page().emulateMedia({ colorScheme: "dark" });
    await becomes("rgb(28, 28, 28)");
    await page().emulateMedia({ colorScheme: "light" });
  });

  test("is in the person's language, with its numbers", async () => {
    const language = (value: string) =>
      homeAssistant().command({
        type: "frontend/set_user_data",
        key: "language",
        value: { language: value, number_format: "language", time_format: "language" },
      });
    await language("de");
    await frontend().open("/test-house/0");
    await frontend().cards().getByText("Heizen", { exact: true }).waitFor();
    await frontend().cards().getByRole("tab", { name: "Bedienung" }).click();
    const output = frontend().cards().getByRole("group", { name: "Warmwasser-Solltemperatur" }).locator("output");
    expect(await output.innerText()).toMatch(/^\d\d,\d\s°C$/);
    await language("en");
    await frontend().open("/test-house/0");
    await frontend().cards().getByText("Heating", { exact: true }).waitFor();
  }, 60_000);

  test("has of the room feed what Home Assistant knows, and of the diagnostics what the heat pump reports, in words", async () => {
    await saveCards(["rooms", "diagnostics"].map((view) => ({ type: "custom:heatloop-card", views: [view] })));
    await frontend().open("/test-house/0");
    const feed = frontend().cards().locator("heatloop-room-feeds");
    await feed.locator("dd").getByText("the temperature that it is sent").waitFor();
    await feed
      .locator("dd")
      .getByText(/^\d\d\.\d\s°C, confirmed$/)
      .waitFor();
    await feed.locator("heatloop-chart .legend").getByText("Read back").waitFor();
    const row = (name: string) => frontend().cards().locator("heatloop-diagnostics-content li", { hasText: name });
    await row("Fault code").getByText("none").waitFor();
    await row("Last message").getByText(/ago$/).waitFor();
    await row("Refrigerant error").getByRole("button").click();
    await page().locator("ha-more-info-dialog").getByText("Refrigerant error").first().waitFor();
    await page().keyboard.press("Escape");
  }, 60_000);

  test("shows the range that is chosen, of energy and of temperatures", async () => {
    await saveCards([{ type: "custom:heatloop-card", views: ["energy", "temperatures"] }]);
    await frontend().open("/test-house/0");
    const title = frontend().cards().locator("heatloop-energy .range-title");
    await title.waitFor();
    const titles = new Set<string>();
    for (const unit of ["Day", "Week", "Year"]) {
      await frontend().cards().getByRole("button", { name: unit, exact: true }).click();
      titles.add(await title.innerText());
    }
    await frontend().cards().locator("heatloop-energy .arrow").first().click();
    await title.getByText(String(new Date().getFullYear() - 1)).waitFor();
    expect(titles.size).toBe(3);
    await tab("Temperatures").click();
    await frontend().cards().getByRole("button", { name: "Week", exact: true }).click();
    await frontend().open("/test-house/0");
    await tab("Temperatures").click();
    await frontend().cards().locator("heatloop-temperatures [aria-pressed=true]", { hasText: "Week" }).waitFor();
  }, 60_000);

  test("follows the date picker of the Energy dashboard where it is beside one", async () => {
    await saveCards([{ type: "energy-date-selection" }, { type: "custom:heatloop-card", views: ["energy"] }]);
    await frontend().open("/test-house/0");
    const title = frontend().cards().locator("heatloop-energy .range-title");
    await title.waitFor();
    await waitFor(async () => (await frontend().cards().locator("heatloop-energy .arrow").count()) === 0, "it follows");
    const before = await title.innerText();
    await page()
      .locator("hui-energy-period-selector")
      .getByRole("button", { name: /previous/i })
      .click();
    await waitFor(async () => (await title.innerText()) !== before, "it shows the day before");
  }, 60_000);

  test("puts the heat pump on the Energy dashboard after a yes, and then offers it no more", async () => {
    await saveCards([{ type: "custom:heatloop-card", views: ["energy"] }]);
    await frontend().open("/test-house/0");
    const offer = frontend().cards().getByRole("button", { name: "Add to the Energy dashboard" });
    await offer.click();
    await frontend().cards().getByRole("button", { name: "Add", exact: true }).click();
    await frontend().cards().getByText("It is on the Energy dashboard").waitFor();
    type Preferences = { readonly device_consumption: readonly object[] };
    const { device_consumption } = await homeAssistant().command<Preferences>({ type: "energy/get_prefs" });
    expect(device_consumption).toEqual([
      {
        stat_consumption: "sensor.ecodan_heatpump_today_electricity",
        stat_rate: "sensor.ecodan_heatpump_electric_power",
        name: expect.stringMatching(/\w/),
      },
    ]);
    await frontend().open("/test-house/0");
    await frontend().cards().locator("heatloop-energy .quicks button").first().waitFor();
    expect(await offer.count()).toBe(0);
  }, 60_000);

  test("neither the frontend nor Home Assistant complains", () => {
    expect(complaints()).toEqual([]);
  });
});
