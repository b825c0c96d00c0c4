import { readdir, readFile } from "node:fs/promises";
import { translations } from "@heatloop/core/catalogue/firmware-names";
import { type FirmwarePackage, firmwarePackages } from "@heatloop/core/catalogue/firmware-packages";
import { languages } from "@heatloop/core/catalogue/languages";
import {
  columnOf,
  everyS,
  holdS,
  isPointId,
  type PointId,
  pointIds,
  pointOf,
  rangeOf,
} from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { stateOf, statesOf, textOf, textStates } from "@heatloop/core/catalogue/text-states";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { describe, expect, test } from "vitest";

/** A climate is one entity with four points. */
function entityOf(id: PointId): string {
  const { component, name } = pointOf(id);
  return `${component}/${name}`;
}

const packages: readonly [FirmwarePackage, number][] = [
  ["base", 63],
  ["energy", 15],
  ["cpu-monitoring", 2],
  ["request-codes", 11],
  ["auto-adaptive", 30],
  ["esp32s3", 2],
  ["zone1", 14],
  ["server-control-z1", 4],
  ["zone2", 15],
  ["server-control-z2", 2],
  ["debug", 3],
  ["wifi-base", 4],
  ["asgard-thermostat", 5],
  ["asgard-sensors", 14],
  ["slave", 1],
  ["ota", 2],
  ["room-watchdog", 14],
  ["diagnostics", 1],
];

const isChosen = (id: PointId) => firmwarePackages[pointOf(id).package] === "chosen";
/** What the firmware has a name for in each of its languages. */
const named = pointIds.filter((id) => translations[id] !== undefined);
const logged = pointIds.filter((id) => pointOf(id).log !== undefined);

describe("the catalogue", () => {
  test.each(packages)("has every entity of the package %s: at least %i", (name, entities) => {
    const ids = pointIds.filter((id) => pointOf(id).package === name);
    expect(new Set(ids.map(entityOf)).size).toBeGreaterThanOrEqual(entities);
  });

  test("has the 165 entities that the firmware's label files name, and at least 37 more", () => {
    const entities = new Set(named.map(entityOf));
    const components = [...entities].map((entity) => entity.split("/")[0] ?? "");
    const count = Object.fromEntries(components.map((c) => [c, components.filter((other) => other === c).length]));
    expect(packages.map(([name]) => name).sort()).toEqual(Object.keys(firmwarePackages).sort());
    expect(entities.size).toBe(165);
    expect(named.filter(isChosen)).toEqual([]);
    expect(count).toEqual({
      sensor: 92,
      binary_sensor: 25,
      number: 12,
      select: 9,
      switch: 19,
      button: 2,
      climate: 5,
      text: 1,
    });
    expect(new Set(pointIds.map(entityOf)).size).toBeGreaterThanOrEqual(202);
  });

  test("has each row once, in whichever file", async () => {
    const folder = new URL("../../../core/catalogue/points/", import.meta.url);
    const files = await Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, folder), "utf8")));
    const rows = files.flatMap((text) => [...text.matchAll(/^ {2}(\w+): \{/gm)].map(([, id]) => id));
    expect(rows.sort()).toEqual([...pointIds].sort());
  });

  test("numbers the log's columns 1, 2, 3, each once, and gives them that order", () => {
    const numbers = logged.map((id) => pointOf(id).column).sort((a, b) => Number(a) - Number(b));
    expect(numbers).toEqual(logged.map((_, i) => i + 1));
    expect(loggedPoints.map((id) => pointOf(id).column)).toEqual(numbers);
  });

  test.each<[PointId, string, string, string | undefined]>([
    ["flow_temperature", "sensor", "Feed Temp", "°C"],
    ["compressor_frequency", "sensor", "Compressor Frequency", "Hz"],
    ["flow_rate", "sensor", "Flow Rate", "L/min"],
    ["daily_electricity", "sensor", "Reported Total Daily Energy Consumption", "kWh"],
    ["estimated_output_power", "sensor", "Estimated Output Power", "kW"],
    ["pump_power", "sensor", "Pump Consumption", "W"],
    ["fan_speed", "sensor", "Fan Speed", "RPM"],
    ["operating_runtime", "sensor", "Operating Runtime", "h"],
    ["wifi_signal", "sensor", "WiFi Signal dB", "dBm"],
    ["esp_uptime", "sensor", "ESP Uptime", "s"],
    ["estimated_cop", "sensor", "Estimated COP", undefined],
    ["three_way_valve", "binary_sensor", "3-way Valve", undefined],
    ["dhw_mode", "select", "DHW Mode", undefined],
    ["esp_restart", "button", "ESP Restart", undefined],
    ["room_feedback_zone_1", "number", "Auto-Adaptive: Current Room Temperature Feedback z1", "°C"],
  ])("%s is the firmware's %s %j in %s", (id, component, name, unit) => {
    const { quantity } = pointOf(id);
    expect(pointOf(id)).toMatchObject({ component, name });
    expect(quantities[quantity].unit).toBe(unit);
  });

  test.each<[PointId, number, number, number]>([
    ["room_feedback_zone_1", -50, 100, 0.1],
    ["heating_flow_temperature_max_zone_1", 25, 55, 0.5],
    ["heating_flow_temperature_min_zone_2", 24, 40, 0.5],
    ["cooling_smart_start_temperature", 16, 25, 0.5],
    ["setpoint_bias", -2.5, 2.5, 0.1],
    ["minimum_on_time", 1, 20, 1],
    ["meter_feedback", 0, 9999, 0.001],
    ["dhw_climate_target", 40, 60, 0.5],
    ["zone_1_flow_climate_target", 5, 60, 0.1],
    ["zone_2_room_climate_target", 8, 28, 0.1],
  ])("%s takes %d to %d in steps of %d", (id, min, max, step) => {
    expect({ ...rangeOf(id), step: pointOf(id).step }).toEqual({ min, max, step });
  });

  test.each(pointIds)("the row of %s fits together", (id) => {
    const point = pointOf(id);
    const { kind } = quantities[point.quantity];
    const { min, max } = rangeOf(id);
    expect(isPointId(id)).toBe(true);
    expect(point.states !== undefined).toBe(point.quantity === "choice");
    expect(point.part !== undefined).toBe(point.component === "climate");
    if (kind === "number") expect(min).toBeLessThan(max);
    if (point.step !== undefined) expect(Number.isFinite(max - min)).toBe(true);
    if (point.absent) expect(point.absent).toBeGreaterThan(min);
    if (point.log === "mean") expect(kind).toBe("number");
    expect(point.log === "on" ? kind : "boolean").toBe("boolean");
    const { shownWith, simulated } = point;
    if (shownWith !== undefined) expect(pointOf(shownWith as PointId).package).toBe(point.package);
    expect(point.component === "button").toBe(shownWith !== undefined);
    if (typeof simulated === "object") expect(kind).toBe("number");
    else if (simulated !== undefined) expect(typeof simulated).toBe(kind === "text" ? "string" : kind);
    if (point.states !== undefined && simulated !== undefined) expect(statesOf(point.states)).toContain(simulated);
    expect(holdS(id)).toBe((everyS(id) ?? Number.POSITIVE_INFINITY) * 3);
  });

  test.each<[PointId, number | undefined]>([
    ["flow_temperature", 10.5],
    ["discharge_temperature", 120],
    ["compressor_starts", 3600],
    ["wifi_signal", 5],
    ["controller_date", 60],
    ["compressor", undefined],
    ["operation_mode", undefined],
    ["temperature_difference", undefined],
    ["room_feedback_zone_1", undefined],
    ["zone_1_room_climate_target", undefined],
  ])("%s is reported every %s s", (id, seconds) => {
    expect(everyS(id)).toBe(seconds);
  });

  test("no two columns of people's CSV have one name", () => {
    expect(new Set(pointIds.map(columnOf)).size).toBe(pointIds.length);
  });

  test("every name of the firmware's label files is there in all twelve languages", () => {
    for (const id of named) {
      expect([id, translations[id]?.filter((name) => name.trim() !== "").length]).toEqual([id, languages.length - 1]);
    }
  });

  test("a text is no point only because every object has something of its name", () => {
    expect(["toString", "constructor", "__proto__", ""].filter(isPointId)).toEqual([]);
  });
});

describe("text states", () => {
  const sets = Object.keys(textStates) as (keyof typeof textStates)[];

  test.each(sets)("each state of %s is distinguished from the others in every language", (set) => {
    for (const language of languages) {
      for (const state of statesOf(set)) {
        const text = textOf(set, state, language);
        expect(text?.trim()).toBeTruthy();
        expect([language, stateOf(set, text ?? "")]).toEqual([language, state]);
      }
    }
  });

  test("a state or text that the set does not have is undefined", () => {
    expect(textOf("dhw_mode", "turbo", "en")).toBeUndefined();
    expect(textOf("dhw_mode", "constructor", "en")).toBeUndefined();
    expect(stateOf("dhw_mode", "normal")).toBeUndefined();
    expect(stateOf("dhw_mode", "Space Heating")).toBeUndefined();
  });

  test.each(pointIds)("%s belongs to zone 2 exactly where its id names it", (id) => {
    expect(pointOf(id).zone === 2).toBe(id.includes("zone_2"));
  });
});
