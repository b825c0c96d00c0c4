import { describe, expect, it } from "vitest";
import { cardBrowser, smallTargets, sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { connectToAnswers, showCard } from "#test/lovelace-card/support/card-page.ts";
import { heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, built, violations } = cardBrowser({ viewport: { width: 600, height: 900 } });
const view = () => page().locator("heatloop-energy");
const button = (name: string) => view().getByRole("button", { name, exact: true });
const offer = () => button("Add to the Energy dashboard");
const calls = () => page().evaluate("calls.map(({ type }) => type)") as Promise<string[]>;
const saved = () => page().evaluate(`calls.filter(({ type }) => type === "energy/save_prefs")`);

/** Resolves when what is known by now is drawn. */
const drawn = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))";

type Case = {
  readonly isAdmin?: boolean;
  readonly components?: readonly string[];
  /** What `energy/get_prefs` is answered with. */
  readonly devices?: readonly object[] | "never set up";
  /** Why `energy/save_prefs` is refused. */
  readonly refusal?: string;
  readonly language?: string;
};

const car = { stat_consumption: "sensor.car_energy", name: "Car" };
const heatPump = {
  stat_consumption: "sensor.home_today_electricity",
  stat_rate: "sensor.home_electric_power",
  name: "Home",
};

async function show({ isAdmin = true, components = ["energy", "recorder"], devices = [car], ...more }: Case) {
  const config = { time_zone: "Europe/Rome", unit_system: { temperature: "°C" }, components };
  await showCard(page(), built(), {
    devices: [heatloopDevice("home")],
    home: { states: running, config, connected: false, ...(more.language && { language: more.language }) },
    config: { views: ["energy"] },
    width: 320,
  });
  await page().evaluate(`home.user = { is_admin: ${isAdmin} };
    window.answer = async ({ type }) => {
      if (type === "recorder/statistics_during_period") return {};
      if (type === "energy/get_prefs") {
        const devices = ${JSON.stringify(devices)};
        if (devices === "never set up") throw { code: "not_found", message: "No prefs" };
        return { energy_sources: [], device_consumption: devices };
      }
      if (type === "energy/save_prefs" && ${more.refusal === undefined}) return {};
      throw { code: "refused", message: ${JSON.stringify(more.refusal ?? "Unknown command.")} };
    }`);
  await page().evaluate(connectToAnswers);
}

describe("the offer to put a heat pump on Home Assistant's Energy dashboard", () => {
  it.each<[string, Case, readonly object[]]>([
    ["beside what is there", {}, [car, heatPump]],
    ["where the dashboard was never set up", { devices: "never set up" }, [heatPump]],
  ])("adds it after a yes, %s", async (_, one, expected) => {
    await show(one);
    await offer().waitFor();
    expect(await page().evaluate(smallTargets)).toEqual([]);
    await offer().click();
    await view().getByText("among its individual devices", { exact: false }).waitFor();
    await waitFor(() => button("Add").evaluate((each) => each.matches(":focus")), "the answer has the focus");
    expect(await violations()).toEqual([]);
    expect(await page().evaluate(smallTargets)).toEqual([]);
    expect(await page().evaluate(sticksOut)).toEqual([]);
    expect(await saved()).toEqual([]);
    await button("Add").click();
    await view().getByText("It is on the Energy dashboard", { exact: false }).waitFor();
    expect(await saved()).toEqual([{ type: "energy/save_prefs", device_consumption: expected }]);
    expect(await offer().count()).toBe(0);
  });

  it("changes nothing after a no", async () => {
    await show({});
    await offer().click();
    await button("Cancel").click();
    await offer().waitFor();
    expect(await saved()).toEqual([]);
  });

  it("says why Home Assistant refuses, and can be tried again", async () => {
    await show({ refusal: "The disk is full" });
    await offer().click();
    await button("Add").click();
    await view().getByText("Home Assistant refused: The disk is full").waitFor();
    await offer().waitFor();
  });

  it("speaks the person's language", async () => {
    await show({ language: "de" });
    await button("Zum Energie-Dashboard hinzufügen").waitFor();
  });

  it.each<[string, Case]>([
    ["that is there already", { devices: [heatPump] }],
    ["of which a counter is there", { devices: [{ stat_consumption: "sensor.home_dhw_electricity_total" }] }],
    ["whose imported statistic is there", { devices: [{ stat_consumption: "heatloop:home_electricity" }] }],
  ])("is not made for a heat pump %s", async (_, one) => {
    await show(one);
    await waitFor(async () => (await calls()).includes("energy/get_prefs"), "it has looked");
    await page().evaluate(drawn);
    expect(await offer().count()).toBe(0);
  });

  it.each<[string, Case]>([
    ["to who may not change the dashboard", { isAdmin: false }],
    ["where Home Assistant has no Energy dashboard", { components: ["recorder"] }],
  ])("is not made %s", async (_, one) => {
    await show(one);
    await waitFor(async () => (await calls()).includes("recorder/statistics_during_period"), "the view asks");
    await page().evaluate(drawn);
    expect(await calls()).not.toContain("energy/get_prefs");
    expect(await offer().count()).toBe(0);
  });
});
