import { pointIds } from "@heatloop/core/catalogue/points";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import { nextChangeText } from "@heatloop/lovelace-card/views/control/next-change";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { cardBrowser, sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { showCard } from "#test/lovelace-card/support/card-page.ts";
import { englishLocale, fakeHome, type HomeOptions, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";

type States = NonNullable<HomeOptions["states"]>;

const twoZones = heatloopDevice("home");
const device = heatloopDevice(
  "home",
  pointIds.filter((id) => !id.includes("zone_2")),
);
const now = Date.parse("2026-11-21T12:00:00+01:00");
const hotWater = { set: "hot_water_setpoint", to: 50, unit: "°C" };
const room = (to: number, zone = 1) => ({ set: `room_setpoint_zone_${zone}`, to, unit: "°C" });
const boost = (to: number) => ({ set: "hot_water_boost", to, unit: "min" });
const next = (at: string, ...changes: readonly object[]): States => ({
  ...running,
  next_scheduled_change: [at, { device_class: "timestamp", changes }],
});

function text(states: States, language: keyof typeof allTexts = "en", unit = "°C", of = device) {
  const { hass } = fakeHome([of], {
    states,
    language,
    locale: { ...englishLocale, language, time_zone: "server", time_format: "24" },
    config: { time_zone: "Europe/Rome", unit_system: { temperature: unit } },
  });
  const heatPump = heatPumpFrom(of.device, of.entities);
  const clock = { now: () => now } as ViewInput["clock"];
  const view = { hass, heatPump, formats: formatsOf(hass), texts: allTexts[language], clock } as ViewInput;
  return nextChangeText(view)?.replaceAll("\u00a0", " ");
}

describe("what the schedule changes next", () => {
  it.each<[string, States, string | undefined]>([
    ["today", next("2026-11-21T22:00:00+01:00", hotWater), "Next: Hot water set-point 50 °C, today 22:00"],
    ["tomorrow", next("2026-11-22T05:00:00+00:00", hotWater), "Next: Hot water set-point 50 °C, tomorrow 06:00"],
    [
      "on a day of the week",
      next("2026-11-23T06:30:00+01:00", room(20.5)),
      "Next: Room set-point 20.5 °C, Monday 06:30",
    ],
    [
      "all of one moment",
      next("2026-11-21T22:00:00+01:00", room(19), hotWater, boost(30)),
      "Next: Room set-point 19 °C · Hot water set-point 50 °C · Hot water boost 30 min, today 22:00",
    ],
    ["the end of a boost", next("2026-11-21T22:00:00+01:00", boost(0)), "Next: Hot water boost Off, today 22:00"],
    ["nothing where there is no schedule", running, undefined],
    ["nothing where nothing comes", next("unknown"), undefined],
    ["nothing while Heatloop is away", { ...running, next_scheduled_change: "unavailable" }, undefined],
    ["nothing of a later version", next("2026-11-21T22:00:00+01:00", { set: "toString", to: 1 }), undefined],
  ])("is said: %s", (_, states, expected) => {
    expect(text(states)).toBe(expected);
  });

  it("has the zone where there are two", () => {
    const states = {
      ...next("2026-11-21T22:00:00+01:00", room(19, 2)),
      zone_2_operating_mode: "Heat target temperature",
    };
    expect(text(states, "en", "°C", twoZones)).toBe("Next: Room set-point · Zone 2 19 °C, today 22:00");
  });

  it("is in the person's language and unit", () => {
    const states = next("2026-11-21T22:00:00+01:00", room(19.5), boost(60));
    expect(text(states, "de")).toBe("Als Nächstes: Raum-Solltemperatur 19,5 °C · Warmwasser-Boost 60 min, heute 22:00");
    expect(text(states, "en", "°F")).toContain("Room set-point 67.1 °F");
  });

  it.each(Object.keys(allTexts) as (keyof typeof allTexts)[])("has no hole in %s", (language) => {
    expect(text(next("2026-11-24T22:00:00+01:00", hotWater, boost(30)), language)).toMatch(/^[^{}]+ 22[:.]00$/);
  });
});

describe("the next change on the card", () => {
  const { page, built, violations } = cardBrowser({ viewport: { width: 1280, height: 900 } });

  it.each([320, 900])("is a line below the settings, %i px wide", async (width) => {
    const states = next("2026-11-21T22:00:00+01:00", room(19), hotWater, boost(30));
    await showCard(page(), built(), { devices: [device], config: { views: ["control"] }, width, home: { states } });
    await page().locator("heatloop-control .next").getByText("Next: Room set-point").waitFor();
    expect(await page().evaluate(sticksOut)).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it("is not there without a schedule", async () => {
    await showCard(page(), built(), { devices: [device], config: { views: ["control"] }, home: { states: running } });
    await page().locator("heatloop-control .item").first().waitFor();
    expect(await page().locator("heatloop-control .next").count()).toBe(0);
  });
});
