import { describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type CardConfig, cardHouse } from "./card-house.ts";
import { tooWide } from "./frontend-page.ts";

describe.skipIf(!hasHomeAssistant())("the card in the editors of Home Assistant's frontend", () => {
  const { page, frontend, homeAssistant, saveCards, savedCards, complaints } = cardHouse();

  async function waitForSaved(fits: (cards: readonly CardConfig[]) => boolean): Promise<readonly CardConfig[]> {
    await waitFor(async () => fits(await savedCards()), "the dashboard is saved");
    return savedCards();
  }

  test("is in the card picker with a live preview, and is added with a click and Save", async () => {
    await frontend().open("/test-house/0");
    await page().getByRole("button", { name: /^edit/i }).first().click();
    await page().getByRole("button", { name: "Add card" }).first().click();
    const picker = page().locator("hui-dialog-create-card");
    await picker.getByRole("tab", { name: "By card" }).click();
    await picker
      .getByPlaceholder(/search/i)
      .last()
      .fill("heatloop");
    const offered = picker.locator(".card", { hasText: "Heatloop heat pump" });
    await offered.locator("heatloop-card").getByText("Heating", { exact: true }).waitFor();
    await offered.click();
    const dialog = page().locator("hui-dialog-edit-card");
    await dialog.locator("heatloop-card").getByText("Ecodan heatpump").waitFor();
    await dialog.getByRole("button", { name: "Save" }).click();
    const [card, ...more] = await waitForSaved((cards) => cards.length > 0);
    expect(more).toEqual([]);
    expect(card).toEqual({ type: "custom:heatloop-card", device: expect.stringMatching(/^[0-9a-f]{32}$/) });
  }, 60_000);

  test("is edited in the visual editor: title, views and their order", async () => {
    await page().locator("hui-card-edit-mode").hover();
    await page().getByRole("button", { name: "Edit card" }).click();
    const dialog = page().locator("hui-dialog-edit-card");
    await dialog.getByText("All views, if none is chosen.").waitFor();
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
    await page().getByRole("button", { name: "Done" }).click();
  }, 60_000);

  test("is suggested for an entity of the heat pump", async () => {
    await saveCards([]);
    await frontend().open("/test-house/0?edit=1");
    await page().getByRole("button", { name: "Add card" }).first().click();
    const picker = page().locator("hui-dialog-create-card");
    await picker.getByPlaceholder("Search entities").fill("flow temperature");
    await picker.getByText("Flow temperature", { exact: true }).first().click();
    await picker.locator("heatloop-card").getByText("Heating", { exact: true }).waitFor();
  }, 60_000);

  test("makes a whole dashboard from Add dashboard, without an error in any of its views", async () => {
    await frontend().open("/config/lovelace/dashboards");
    await page().getByRole("button", { name: "Add dashboard" }).click();
    await page().locator("dashboard-card", { hasText: "Heatloop" }).click();
    await page().getByRole("textbox", { name: "Title" }).fill("Heat pump");
    await page().getByRole("button", { name: "Create" }).click();
    type Listed = { readonly title: string; readonly url_path: string };
    const made = await waitFor(async () => {
      const listed = await homeAssistant().command<Listed[]>({ type: "lovelace/dashboards/list" });
      return listed.find(({ title }) => title === "Heat pump");
    }, "the dashboard is made");
    const config = { type: "lovelace/config", url_path: made.url_path, force: true };
    const saved = await waitFor(
      () =>
        homeAssistant()
          .command(config)
          .catch(() => undefined),
      "it is saved",
    );
    expect(saved).toMatchObject({ strategy: { type: "custom:heatloop" } });
    const views: readonly [string, number][] = [
      ["overview", 3],
      ["energy", 3],
      ["cycles", 1],
      ["room-feed", 1],
      ["diagnostics", 1],
      ["downloads", 1],
    ];
    for (const [path, count] of views) {
      await frontend().open(`/${made.url_path}/${path}`);
      const cards = frontend().cards();
      await waitFor(async () => (await cards.count()) === count, `${path} shows ${count} cards`);
      await cards.first().getByText(/\S/).first().waitFor();
      expect([path, await page().locator("hui-view hui-error-card").count()]).toEqual([path, 0]);
      expect([path, await page().evaluate(tooWide)]).toEqual([path, []]);
    }
    for (const title of ["Overview", "Energy", "Cycles", "Room feed", "Diagnostics", "Downloads"]) {
      expect([title, await page().getByRole("tab", { name: title, exact: true }).count()]).toEqual([title, 1]);
    }
  }, 90_000);

  test("neither the frontend nor Home Assistant complains", () => {
    expect(complaints()).toEqual([]);
  });
});
