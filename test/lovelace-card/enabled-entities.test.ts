import { readdir, readFile } from "node:fs/promises";
import { pointIds } from "@heatloop/core/catalogue/points";
import { periodEntities } from "@heatloop/lovelace-card/energy/period-state";
import { noticeEntities } from "@heatloop/lovelace-card/look/notices";
import { readingEntities } from "@heatloop/lovelace-card/readings/readings";
import { controlEntities } from "@heatloop/lovelace-card/views/control/control-items";
import { curveEntities } from "@heatloop/lovelace-card/views/curve/view-curve";
import { temperatureEntities } from "@heatloop/lovelace-card/views/temperatures/temperature-lines";
import { type AnnouncedDevice, discoveryPayload, entitiesOf } from "@heatloop/mqtt-discovery/discovery";
import { describe, expect, test } from "vitest";
import { exampleDevices } from "#scripts/making/examples.ts";

const automations = new URL("../../automations/home-assistant/", import.meta.url);
const [oneZone, twoZones] = Object.values(exampleDevices) as [AnnouncedDevice, AnnouncedDevice];
const everything: AnnouncedDevice = { ...oneZone, points: new Set(pointIds), isScheduled: true, currency: "EUR" };
const entities = entitiesOf(discoveryPayload(everything));
const enabledIn = (device: AnnouncedDevice) =>
  Object.entries(entitiesOf(discoveryPayload(device)))
    .flatMap(([id, each]) => (each.enabled_by_default === false ? [] : [id]))
    .sort();

/** The entities that a blueprint or a package names. */
async function idsIn(file: string): Promise<readonly string[]> {
  const text = await readFile(new URL(file, automations), "utf8");
  return [...new Set(text.match(/\b[a-z_]+\.ecodan_heatpump_[a-z0-9_]+/g))];
}

describe("the entities that are enabled at first", () => {
  test("are what a person reads, sets or automates; a second zone adds its own", () => {
    expect(enabledIn(oneZone)).toEqual([
      ...["alert", "alerts", "auto_adaptive", "booster_heater", "booster_heater_2", "compressor"],
      ...["compressor_frequency", "cop", "dhw_climate", "dhw_mode", "dhw_setpoint", "dhw_temperature"],
      ...["electric_power", "fault_code", "flow_rate", "flow_temperature", "force_dhw", "heat_power"],
      ...[
        "heat_pump_power",
        "heating_flow_temperature_max_zone_1",
        "heating_flow_temperature_min_zone_1",
        "holiday_mode",
      ],
      ...["hot_water_boost", "hot_water_boost_until"],
      ...["immersion_heater", "log", "minimum_on_time", "month_cop", "month_cost"],
      ...["month_electricity", "operation", "operation_mode", "outdoor_temperature", "refrigerant_error", "report"],
      ...["return_temperature", "room_feed_zone_1", "room_feed_zone_1_sent", "short_cycle_lockout", "today_cop"],
      ...["today_defrosts", "today_electricity", "today_heat", "water_pump", "yesterday_cop", "yesterday_cost"],
      ...["yesterday_electricity", "yesterday_heat", "yesterday_short_runs", "zone_1_flow_climate"],
      ...["zone_1_flow_setpoint", "zone_1_operating_mode", "zone_1_room_climate", "zone_1_room_setpoint"],
      ...["zone_1_room_temperature"],
    ]);
    expect(enabledIn(twoZones).filter((id) => !enabledIn(oneZone).includes(id))).toEqual([
      ...["heating_flow_temperature_max_zone_2", "heating_flow_temperature_min_zone_2", "next_scheduled_change"],
      ...["room_feed_zone_2", "room_feed_zone_2_sent", "zone_2_flow_climate", "zone_2_flow_setpoint"],
      ...["zone_2_operating_mode", "zone_2_room_climate", "zone_2_room_setpoint", "zone_2_room_temperature"],
    ]);
  });

  test.each([
    ["the view Now", readingEntities],
    ["the view Control", controlEntities],
    ["the view Heating curve", curveEntities],
    ["the view Temperatures", temperatureEntities],
    ["the view Energy", periodEntities],
    ["the notices", noticeEntities],
  ])("have all that %s of the card reads", (_, ids) => {
    for (const id of ids) {
      expect(entities, id).toHaveProperty(id);
      expect(entities[id], id).not.toHaveProperty("enabled_by_default");
    }
  });

  test("have all that the blueprints and Assist read where a person changes nothing", async () => {
    const folder = "blueprints/automation/heatloop/";
    const blueprints = (await readdir(new URL(folder, automations))).map((name) => folder + name);
    const ids = (await Promise.all([...blueprints, "packages/heatloop_assist.yaml"].map(idsIn))).flat();
    expect(ids.length).toBeGreaterThan(10);
    const enabled = Object.values(entities).filter((each) => each.enabled_by_default !== false);
    expect(enabled.map((each) => each.default_entity_id)).toEqual(expect.arrayContaining([...ids]));
  });

  test("the others have a category", () => {
    for (const [id, component] of Object.entries(entities)) {
      if (component.enabled_by_default === false) expect(component, id).toHaveProperty("entity_category");
    }
  });
});
