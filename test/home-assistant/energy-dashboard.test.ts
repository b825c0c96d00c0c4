import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { runEnergyDashboard } from "#test/support/run-energy-dashboard.ts";
import { type AnnouncedHomes, announcedHomes } from "./announced-homes.ts";
import { english, german } from "./homes.ts";

type Preferences = { readonly energy_sources: readonly object[]; readonly device_consumption: readonly object[] };

describe.skipIf(!hasHomeAssistant())("scripts/energy-dashboard with the real Home Assistant", () => {
  let world: AnnouncedHomes;
  const preferences = () => world.homeAssistant.command<Preferences>({ type: "energy/get_prefs" });
  const run = (args: readonly string[] = [], answer = "") =>
    runEnergyDashboard(["--url", world.homeAssistant.url, ...args], {
      token: world.homeAssistant.accessToken,
      answer,
    });
  const deviceOf = ({ payload, entities }: typeof english) => ({
    stat_consumption: entities.today_electricity?.default_entity_id,
    stat_rate: entities.electric_power?.default_entity_id,
    name: payload.device.name,
  });
  const washingMachine = { stat_consumption: "sensor.washing_machine_energy", name: "Washing machine" };
  const grid = { type: "grid", stat_energy_from: "sensor.meter", stat_energy_to: null, cost_adjustment_day: 0 };

  beforeAll(async () => {
    world = await announcedHomes();
  }, 240_000);

  afterAll(() => world?.close());

  test("saves nothing without a yes, on a dashboard that was never set up", async () => {
    for (const answer of ["", "n\n"]) {
      const ran = await run([], answer);
      expect(ran).toMatchObject({ code: 1, err: "" });
      expect(ran.out).toContain("The Energy dashboard has no individual devices.");
      expect(ran.out).toContain(`+ ${deviceOf(english).stat_consumption} (${deviceOf(english).name}`);
      expect(ran.out).toContain("Nothing was changed.");
      expect(ran.out).not.toContain(world.homeAssistant.accessToken);
    }
    await expect(preferences()).rejects.toMatchObject({ code: "not_found" });
  });

  test("adds the heat pump that was named, beside what is there", async () => {
    await world.homeAssistant.command({
      type: "energy/save_prefs",
      energy_sources: [grid],
      device_consumption: [washingMachine],
    });
    const before = await preferences();
    const ran = await run(["--device", english.device.device], "y\n");
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toContain("sensor.washing_machine_energy (Washing machine)");
    expect(await preferences()).toEqual({ ...before, device_consumption: [washingMachine, deviceOf(english)] });
  });

  test("adds the others with --yes, and nothing a second time", async () => {
    expect(await run(["--yes"])).toMatchObject({ code: 0, err: "" });
    const wanted = [washingMachine, deviceOf(english), deviceOf(german)];
    expect((await preferences()).device_consumption).toEqual(wanted);
    const again = await run(["--yes"]);
    expect(again).toMatchObject({ code: 0, err: "" });
    expect(again.out).toContain(`is there already, as ${deviceOf(german).stat_consumption}.`);
    expect(again.out).toContain("Nothing is added.");
    expect((await preferences()).device_consumption).toEqual(wanted);
  });

  test("Home Assistant finds nothing wrong with what it added", async () => {
    const issues = await world.homeAssistant.command<{ device_consumption: object[][] }>({ type: "energy/validate" });
    const ofHeatPumps = JSON.stringify(issues.device_consumption.slice(1));
    expect(ofHeatPumps).not.toMatch(/unexpected|not_found|undefined_unit|negative/);
  });

  test("says what is wrong with a device or a token", async () => {
    const unknown = await run(["--device", "cellar", "--yes"]);
    expect(unknown).toMatchObject({ code: 1, out: "" });
    expect(unknown.err).toContain('no heat pump "cellar" of Heatloop. --device takes one of: ');
    const refused = await runEnergyDashboard(["--url", world.homeAssistant.url], { token: "wrong" });
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("refuses the token: make a long-lived one there");
  });
});
