import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { callOf } from "@heatloop/lovelace-card/look/control-item";
import { controlItems, questionOf } from "@heatloop/lovelace-card/views/control/control-items";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { cardBrowser, smallTargets, sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { type Scene, showCard } from "#test/lovelace-card/support/card-page.ts";
import { englishLocale, fakeHome, type HomeOptions, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { waitFor } from "#test/support/wait-for.ts";

type States = NonNullable<HomeOptions["states"]>;

const options = { options: ["Off", "30 min", "1 h", "2 h", "4 h"] };
const off = { ...running, hot_water_boost: ["Off", options], hot_water_boost_until: "unknown" } as const;
const anHour = {
  ...running,
  force_dhw: "on",
  hot_water_boost: ["1 h", options],
  hot_water_boost_until: "2026-11-21T13:30:00+00:00",
} as const;
const endless = { ...off, force_dhw: "on", hot_water_boost: ["unknown", options] } as const;
const away = Object.fromEntries(Object.keys(off).map((id) => [id, "unavailable"]));

describe("the boost as a setting", () => {
  const device = heatloopDevice("home");
  function boostOf(states: States) {
    const { hass } = fakeHome([device], { states });
    const { entities } = heatPumpFrom(device.device, device.entities);
    const items = controlItems({ states: hass.states, entities }, allTexts.en);
    return items.find(({ id }) => id === "hot_water_boost" || id === "force_dhw");
  }
  const until = Date.parse("2026-11-21T13:30:00Z");
  const other = { ...anHour, hot_water_boost: ["unknown", options] } as const;

  it.each([
    ["off", off, "Off", false, null],
    ["an hour", anHour, "1 h", true, until],
    ["another duration than those to choose from", other, null, true, until],
    ["one that a person began at the heat pump", endless, null, true, null],
    ["not known", { ...endless, force_dhw: "unknown" }, null, false, null],
    ["ending", { ...off, force_dhw: "on" }, "Off", false, null],
  ] as const)("%s is on or off, with its end", (_, states, value, isOn, end) => {
    const durations = ["30 min", "1 h", "2 h", "4 h"];
    expect(boostOf(states)).toMatchObject({ kind: "boost", durations, value, isOn, until: end });
  });

  it("is the heat pump's switch where there is no other", () => {
    expect(boostOf(running)).toMatchObject({ kind: "switch", id: "force_dhw" });
  });

  it("asks before it begins, not before it ends, and is sent as Home Assistant's option", () => {
    const item = boostOf(off);
    if (item === undefined) throw new Error("there is no boost");
    expect(questionOf(item, "2 h", "°C")).toEqual({ ask: "ask_boost", yes: "do_boost" });
    expect(questionOf(item, "Off", "°C")).toBeUndefined();
    expect(callOf(item, "2 h")).toEqual({ domain: "select", service: "select_option", data: { option: "2 h" } });
  });
});

describe("the boost on the card", () => {
  const { page, built, violations } = cardBrowser({ viewport: { width: 1280, height: 900 } });
  const devices = [heatloopDevice("home")];
  const asked = () => page().evaluate("window.asked") as Promise<unknown[][]>;
  const row = () => page().locator(".item").filter({ hasText: "Hot water boost" });

  async function show(states: States, scene: Partial<Scene> = {}): Promise<void> {
    const home = { states, ...scene.home };
    await showCard(page(), built(), { devices, config: { views: ["control"] }, ...scene, home });
    await page().locator("heatloop-control .item").first().waitFor();
  }

  it.each([
    ["off", off],
    ["with an end", anHour],
    ["without an end", endless],
    ["offline", away],
  ] as const)("has no violation of accessibility rules, and 44 px for a finger: %s", async (_, states) => {
    for (const theme of ["light", "dark"] as const) {
      await show(states, { theme, width: 320 });
      expect(await violations()).toEqual([]);
      expect(await page().evaluate(smallTargets)).toEqual([]);
    }
  });

  it.each([85, 110, 150, 236, 300, 366, 700])(
    "fits a place of %d px in each language",
    async (width) => {
      for (const language of ["en", "de", "fr", "fi"]) {
        for (const states of [off, anHour, endless]) {
          await show(states, { width, home: { language, locale: { ...englishLocale, language } } });
          expect(await page().evaluate(sticksOut)).toEqual([]);
        }
      }
    },
    60_000,
  );

  it("is chosen with its duration, asks, and is sent", async () => {
    await show(off);
    await row().getByRole("button", { name: "2 h" }).click();
    await page().getByText("Heats the tank at once").waitFor();
    await row().getByRole("button", { name: "2 h", pressed: true }).waitFor();
    expect(await asked()).toEqual([]);
    await page().getByRole("button", { name: "Boost now" }).click();
    const entity = { entity_id: "select.home_hot_water_boost" };
    expect(await asked()).toEqual([["select", "select_option", { option: "2 h" }, entity, false]]);
    await row().getByText("Sending…").waitFor();
  });

  it("is not begun where the answer is no", async () => {
    await show(off);
    await row().getByRole("button", { name: "30 min" }).click();
    await page().getByRole("button", { name: "Cancel" }).click();
    await waitFor(async () => (await row().locator("[aria-pressed=true]").count()) === 0, "nothing is chosen");
    expect(await asked()).toEqual([]);
  });

  it("shows when it ends, and ends at once where one wants it", async () => {
    await show(anHour);
    await row()
      .getByText(/^until 2:30\sPM/)
      .waitFor();
    await row().getByRole("button", { name: "End now" }).click();
    const entity = { entity_id: "select.home_hot_water_boost" };
    expect(await asked()).toEqual([["select", "select_option", { option: "Off" }, entity, false]]);
  });

  it("of a person at the heat pump lasts until the tank is warm, and can be ended", async () => {
    await show(endless);
    await row().getByText("until it is warm").waitFor();
    expect(await row().getByRole("button", { name: "End now" }).isEnabled()).toBe(true);
  });

  it("cannot be begun while the heat pump is offline", async () => {
    await show(away);
    expect(await page().getByRole("group", { name: "Hot water boost" }).getByRole("button").count()).toBe(0);
    await show({ ...away, hot_water_boost: ["Off", options] });
    expect(await row().getByRole("button", { name: "1 h" }).isDisabled()).toBe(true);
  });
});
