import { energyStep } from "@heatloop/core/energy/energy-dashboard";
import { describe, expect, it } from "vitest";
import { type AnnouncedHeatPump, announcedHeatPumps } from "#scripts/energy-devices.ts";
import { runEnergyDashboard } from "#test/support/run-energy-dashboard.ts";

const entity = (id: string, more: { entity_id?: string; disabled_by?: string; platform?: string } = {}) => ({
  entity_id: `sensor.pump_${id}`,
  unique_id: `heatloop_pump_${id}`,
  platform: "mqtt",
  device_id: "d",
  disabled_by: null,
  ...more,
});
const devices = [{ id: "d", name: "Pump", name_by_user: null }];
const imported = "heatloop:pump_electricity";

describe("the heat pumps that Heatloop announced", () => {
  it("are found by their unique ids, with the names that people gave them", () => {
    const entities = [
      entity("today_electricity", { entity_id: "sensor.renamed" }),
      entity("electric_power"),
      entity("dhw_electricity_total"),
      entity("yesterday_electricity"),
    ];
    expect(announcedHeatPumps(entities, [{ id: "d", name: "Pump", name_by_user: "Cellar" }])).toEqual([
      {
        id: "pump",
        name: "Cellar",
        device: { stat_consumption: "sensor.renamed", stat_rate: "sensor.pump_electric_power", name: "Cellar" },
        statistics: ["sensor.renamed", "sensor.pump_dhw_electricity_total"],
      },
    ]);
  });

  it("are those of MQTT only, and need an entity that is enabled", () => {
    expect(announcedHeatPumps([entity("today_electricity", { platform: "template" })], devices)).toEqual([]);
    const [disabled] = announcedHeatPumps([entity("today_electricity", { disabled_by: "user" })], devices);
    expect(energyStep(disabled as AnnouncedHeatPump, imported, [])).toEqual({ do: "enable first" });
  });

  it.each([
    ["nothing is there", [], "add"],
    ["another device is there", ["sensor.washing_machine"], "add"],
    ["another heat pump's import is there", ["heatloop:pump_2_electricity"], "add"],
    ["it is there", ["sensor.pump_today_electricity"], "leave"],
    ["the controller's counter of a part is there", ["sensor.pump_dhw_electricity_total"], "leave"],
    ["its import is there", [imported], "leave"],
    ["a part of its import is there", [`${imported}_hot_water`], "leave"],
  ] as const)("are counted once: %s", (_, there, expected) => {
    const entities = [entity("today_electricity"), entity("dhw_electricity_total")];
    const [heatPump] = announcedHeatPumps(entities, devices);
    const on = there.map((each) => ({ stat_consumption: each }));
    expect(energyStep(heatPump as AnnouncedHeatPump, imported, on).do).toBe(expected);
  });
});

describe("scripts/energy-dashboard", () => {
  it("says what it takes, and every mistake at once", async () => {
    const help = await runEnergyDashboard(["--help"]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toContain("Usage: scripts/energy-dashboard --url URL");
    const wrong = await runEnergyDashboard(["--url", "homeassistant", "--maybe"]);
    expect(wrong).toMatchObject({ code: 2, out: "" });
    expect(wrong.err).toMatch(/--maybe is not an option/);
    expect(wrong.err).toMatch(/--url takes/);
    expect(wrong.err).toMatch(
      /a long-lived token of Home Assistant is missing: put it into HEATLOOP_HOME_ASSISTANT_TOKEN/,
    );
  });

  it("says which file and which address cannot be used, never the token", async () => {
    const url = "http://127.0.0.1:9";
    const noFile = await runEnergyDashboard(["--url", url, "--token-file", "/nowhere/token"]);
    expect(noFile).toMatchObject({ code: 1, out: "" });
    expect(noFile.err).toContain("--token-file /nowhere/token cannot be read");
    const away = await runEnergyDashboard(["--url", url], { token: "secret-token" });
    expect(away).toMatchObject({
      code: 1,
      out: "",
      err: `Home Assistant at ${url} cannot be used: it cannot be reached. Check --url.\n`,
    });
  });
});
