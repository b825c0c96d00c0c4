import { firstRunSchema } from "@heatloop/ha-addon/web/first-run/schemas";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openBrowser } from "#test/support/browser.ts";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type FedHouse, home, startFedHouse } from "./fed-house.ts";

describe.skipIf(!hasHomeAssistant())("a first run with the real Home Assistant", () => {
  let house: FedHouse;
  beforeAll(async () => {
    house = await startFedHouse();
  }, 240_000);
  afterAll(() => house?.close());

  const firstRun = async () => firstRunSchema.parse(await house.program.get("/api/first-run"));

  test("offers the thermostats, none of the heat pump's own temperatures, and knows who reads double", async () => {
    const { done, rooms, heat_pumps, home_assistant, time_zone } = await firstRun();
    expect({ done, home_assistant, time_zone }).toMatchObject({
      done: false,
      home_assistant: { state: "connected" },
      time_zone: { guess: "Europe/Amsterdam", from: "home_assistant" },
    });
    expect(heat_pumps).toMatchObject([{ prefix: home.prefix, online: true }]);
    const offered = rooms.filter((room) => room.offered);
    expect(offered.map(({ entity }) => entity)).toEqual(
      ["bathroom", "bedroom", "kitchen", "living_room"].flatMap((room) => [
        `climate.${room}_thermostat`,
        `sensor.${room}_temperature`,
      ]),
    );
    const bedroom = offered.find(({ entity }) => entity.includes("bedroom"));
    expect(bedroom).toMatchObject({ suggested_scale: 0.5, suspicions: [{ code: "reads_double" }] });
    for (const { temperature_c, age_s } of offered) {
      expect(temperature_c).toBeGreaterThan(14);
      expect(temperature_c).toBeLessThan(27);
      expect(age_s).toBeLessThan(600);
    }
    const others = rooms.filter((room) => !room.offered);
    expect(others.length).toBeGreaterThan(3);
    expect(new Set(others.map(({ not_offered }) => not_offered))).toEqual(new Set(["heat_pump"]));
  });

  test("offers rooms with an area first, and chooses the best of each", async () => {
    const chosen = async () =>
      (await firstRun()).rooms.filter((room) => room.chosen).map(({ area, entity }) => `${area}: ${entity}`);
    const rooms = ["Bedroom: climate.bedroom_thermostat", "Kitchen: climate.kitchen_thermostat"];
    const livingRoom = "Living Room: climate.living_room_thermostat";
    expect(await chosen()).toEqual(["Bathroom: climate.bathroom_thermostat", ...rooms, livingRoom]);
    const entity = "climate.bathroom_thermostat";
    const { area_id } = await house.homeAssistant.command<{ area_id: string }>({
      type: "config/area_registry/create",
      name: "Spare room",
    });
    const { device_id } = await house.homeAssistant.command<{ device_id: string }>({
      type: "config/entity_registry/get",
      entity_id: entity,
    });
    await house.homeAssistant.command({ type: "config/device_registry/update", device_id, area_id });
    expect(await chosen()).toEqual([...rooms, livingRoom, `Spare room: ${entity}`]);
  });

  test("guesses the tariff by the energy dashboard", async () => {
    expect((await firstRun()).tariff).toBeNull();
    const grid = {
      type: "grid",
      stat_energy_from: "sensor.grid",
      stat_energy_to: null,
      stat_cost: null,
      stat_compensation: null,
      entity_energy_price: null,
      number_energy_price: 0.31,
      entity_energy_price_export: null,
      number_energy_price_export: null,
      cost_adjustment_day: 0,
    };
    await house.homeAssistant.command({ type: "energy/save_prefs", energy_sources: [grid] });
    expect((await firstRun()).tariff?.guess).toEqual({ currency: "EUR", price_per_kwh: 0.31 });
  });

  test("leads to rooms that feed the heat pump, with the mouse alone", async () => {
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage({ locale: "en-GB" });
    await page.goto(house.program.url());
    await page.getByText("4 chosen").waitFor();
    const bedroom = page.locator('li[data-entity="climate.bedroom_thermostat"]');
    expect(await bedroom.innerText()).toContain("most likely twice the temperature");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/The rooms feed the heat pump: \d\d\.\d °C/).waitFor();
    await house.waitForFeed("ok", /^All 4 rooms are used\.$/);
    await waitFor(async () => (await house.feed()).confirmed, "the heat pump confirms it");
    expect(await firstRun()).toMatchObject({ done: true });
    expect(await house.program.get("/api/settings")).toMatchObject({
      time_zone: "Europe/Amsterdam",
      tariff: { price_per_kwh: 0.31, currency: "EUR" },
    });
  }, 60_000);
});
