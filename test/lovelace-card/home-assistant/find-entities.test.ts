import { readFile } from "node:fs/promises";
import { type Language, languages } from "@heatloop/core/catalogue/languages";
import { pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { textOf } from "@heatloop/core/catalogue/text-states";
import { nameOf, objectId } from "@heatloop/core/catalogue/topics";
import { deviceOf, heatPumpFrom, heatPumpsOf } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { firmwareKey, rowOf } from "@heatloop/lovelace-card/home-assistant/firmware-key";
import { firmwareEntities, firmwareModes } from "@heatloop/lovelace-card/home-assistant/firmware-points";
import { describe, expect, it } from "vitest";
import { firmwarePointsModule } from "#scripts/making/firmware-keys.ts";
import { fakeHome, firmwareDevice, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";

describe("finding a heat pump's entities", () => {
  it("uses the unique ids, also after a person renamed all entities", () => {
    const { device, entities } = heatloopDevice("ecodan-heatpump");
    const renamed = entities.map((entry, index) => ({ ...entry, entity_id: `sensor.my_${index}` }));
    const heatPump = heatPumpFrom(device, renamed);
    expect(heatPump.source).toBe("heatloop");
    expect(heatPump.entities.size).toBe(entities.length);
    for (const id of [
      "flow_temperature",
      "operation",
      "today_heat",
      "yesterday_cop",
      "room_feed_zone_2",
      "log",
    ] as const) {
      const index = entities.findIndex((entry) => entry.unique_id === `heatloop_ecodan-heatpump_${id}`);
      expect(heatPump.entities.get(id)).toBe(`sensor.my_${index}`);
    }
  });

  it("keeps two heat pumps apart, even where one's id begins with the other's", () => {
    const [one, two] = [heatloopDevice("home"), heatloopDevice("home_2")];
    const { hass } = fakeHome([one, two]);
    expect(heatPumpsOf(hass).map(({ id }) => id)).toEqual(["registry-home", "registry-home_2"]);
    const first = heatPumpFrom(one.device, one.entities);
    const second = heatPumpFrom(two.device, two.entities);
    expect(first.entities.get("flow_temperature")).toBe("sensor.home_flow_temperature");
    expect(second.entities.get("flow_temperature")).toBe("sensor.home_2_flow_temperature");
    expect([...second.entities.values()].some((id) => [...first.entities.values()].includes(id))).toBe(false);
  });

  it("takes a device by Home Assistant's id or by Heatloop's", () => {
    const { hass } = fakeHome([heatloopDevice("home")]);
    expect(deviceOf(hass, "registry-home")?.id).toBe("registry-home");
    expect(deviceOf(hass, "home")?.id).toBe("registry-home");
    expect(deviceOf(hass, "other")).toBeUndefined();
  });

  it("does not take other devices for heat pumps", () => {
    const plug = {
      device: { id: "plug", name: "Plug", name_by_user: null, identifiers: [["mqtt", "zigbee2mqtt_0x1"]] },
      entities: ["Compressor", "Power", "Energy"].map((name) => ({
        entity_id: `binary_sensor.${name}`,
        unique_id: name,
        original_name: name,
        device_id: "plug",
        platform: "mqtt" as const,
      })),
    };
    expect(heatPumpsOf(fakeHome([plug]).hass)).toEqual([]);
  });

  const ways = languages.flatMap((language) => [
    [language, "api", true] as const,
    [language, "api", false] as const,
    [language, "mqtt", true] as const,
    [language, "mqtt", false] as const,
  ]);
  it.each(ways)("finds the firmware's own entities: %s over %s, with their names: %s", (language, by, named) => {
    const firmware = firmwareDevice(language, by, named);
    if (named) expect(heatPumpsOf(fakeHome([firmware]).hass)).toEqual([firmware.device]);
    const { entities, source } = heatPumpFrom(firmware.device, firmware.entities);
    expect(source).toBe("firmware");
    for (const id of Object.keys(firmwareEntities) as (keyof typeof firmwareEntities)[]) {
      const point = id.endsWith("_climate") ? `${id}_target` : id;
      expect(entities.get(id)).toMatch(new RegExp(`\\.renamed_${point}$`));
    }
  });
});

const firmwarePoints = new URL("../../../lovelace-card/src/home-assistant/firmware-points.ts", import.meta.url);

describe("the keys of the firmware's names", () => {
  it("are those of one entity each, over the whole catalogue and all languages", () => {
    for (const point of pointIds) {
      const { part, component } = pointOf(point);
      if (part !== undefined && part !== "target_temperature") continue;
      for (const language of languages) {
        const row = rowOf(firmwareEntities, firmwareKey(component, nameOf(point, language)));
        expect([point.replace(/_target$/, ""), undefined]).toContain(row);
      }
    }
  });

  it("are fresh", async () => {
    expect(await readFile(firmwarePoints, "utf8"), "run: npm run firmware-keys").toBe(firmwarePointsModule());
  });

  it("are the same for a name and its object id", () => {
    for (const name of ["Außentemperatur", "Menolämpötila", "Výstupná teplota", "Zone 1 Room Temp", "3-way Valve"]) {
      expect(firmwareKey("sensor", objectId(name))).toBe(firmwareKey("sensor", name));
    }
  });

  it.each(languages)("show the operation mode in %s", (language: Language) => {
    for (const mode of ["off", "heating", "hot_water", "cooling", "frost_protection", "legionella_prevention"]) {
      const text = textOf("operation_mode", mode, language) ?? "";
      expect(rowOf(firmwareModes, firmwareKey("mode", text))).toBe(mode);
    }
  });
});
