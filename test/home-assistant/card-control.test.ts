import { describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { cardHouse, home } from "./card-house.ts";
import { tooWide } from "./frontend-page.ts";

describe.skipIf(!hasHomeAssistant())("the card with a heat pump behind it in Home Assistant's frontend", () => {
  const { page, frontend, house, homeAssistant, saveCards, tab, complaints } = cardHouse();

  test("a set-point that is changed in it arrives at the heat pump and comes back", async () => {
    await saveCards([{ type: "custom:heatloop-card" }]);
    await frontend().open("/test-house/0");
    await tab("Control").click();
    const row = frontend().cards().getByRole("group", { name: "Hot water set-point" });
    const { settings } = house().simulator(home).home;
    const before = settings.number("dhw_climate_target");
    await row.getByText(before.toFixed(1)).waitFor();
    await row.getByRole("button", { name: "Hot water set-point: lower" }).click();
    await waitFor(() => settings.number("dhw_climate_target") === before - 0.5, "the heat pump has the new set-point");
    await row.locator("output", { hasText: (before - 0.5).toFixed(1) }).waitFor();
    await waitFor(async () => (await row.getAttribute("class"))?.includes("settled"), "the card takes it as confirmed");
    // The other way round: what someone else sets is shown.
    await house().call(home, "dhw_climate_target", "set_temperature", { temperature: before });
    await row.locator("output", { hasText: before.toFixed(1) }).waitFor();
  }, 60_000);

  test("boosts the hot water for an hour, shows until when, and ends it at once", async () => {
    await frontend().open("/test-house/0");
    await tab("Control").click();
    const row = frontend().cards().getByRole("group", { name: "Hot water boost" }).first();
    const { settings } = house().simulator(home).home;
    await row.getByRole("button", { name: "1 h", exact: true }).click();
    await row.getByRole("button", { name: "Boost now" }).click();
    await waitFor(() => settings.on("force_dhw"), "the heat pump boosts");
    await row.getByText(/^until \d/).waitFor();
    await row.getByRole("button", { name: "End now" }).click();
    await waitFor(() => !settings.on("force_dhw"), "the heat pump boosts no more");
    await row.getByRole("button", { name: "30 min" }).waitFor();
  }, 60_000);

  test("shows that the heat pump is offline, changes nothing then, and is back with it", async () => {
    await frontend().open("/test-house/0");
    await tab("Control").click();
    const lower = frontend().cards().getByRole("button", { name: "Hot water set-point: lower" });
    await lower.waitFor();
    house().simulator(home).dropConnection(30);
    await frontend().cards().getByText("Offline", { exact: true }).waitFor({ timeout: 40_000 });
    await frontend().cards().getByText("Nothing can be changed until then.").waitFor();
    expect(await lower.isDisabled()).toBe(true);
    await tab("Now").click();
    const lastKnown = frontend().cards().getByText("Last known values, as of");
    await lastKnown.waitFor();
    await frontend().cards().locator(".flow .value", { hasText: /\d/ }).waitFor();
    expect(await page().evaluate(tooWide)).toEqual([]);
    await lastKnown.waitFor({ state: "detached", timeout: 40_000 });
    await tab("Control").click();
    await waitFor(() => lower.isEnabled(), "it can be changed again");
  }, 120_000);

  test("is live again after a restart of Home Assistant, in the same page", async () => {
    const { settings } = house().simulator(home).home;
    const restarted = homeAssistant().restart();
    const notice = frontend().cards().getByText("No connection to Home Assistant");
    await notice.waitFor();
    await restarted;
    await notice.waitFor({ state: "detached", timeout: 60_000 });
    const row = frontend().cards().getByRole("group", { name: "Hot water set-point" });
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
    await waitFor(async () => (await row.getAttribute("class"))?.includes("settled"), "the card takes it as confirmed");
  }, 120_000);

  test("neither the frontend nor Home Assistant complains", () => {
    expect(complaints()).toEqual([]);
  });
});
