import { type Language, languages } from "@heatloop/core/catalogue/languages";
import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { textOf } from "@heatloop/core/catalogue/text-states";
import { nameOf } from "@heatloop/core/catalogue/topics";
import type { HeatPumpEntity } from "./entity-id.ts";
import { firmwareKey, keyLength } from "./firmware-key.ts";

/** What is shown of a heat pump whose firmware stands in Home Assistant without Heatloop. */
const shown = [
  "compressor_frequency",
  "estimated_output_power",
  "outdoor_temperature",
  "flow_temperature",
  "return_temperature",
  "dhw_temperature",
  "dhw_setpoint",
  "flow_rate",
  "estimated_cop",
  "daily_electricity",
  "daily_estimated_heat",
  "dhw_forced",
  "compressor",
  "defrost",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "water_pump",
  "three_way_valve",
  "operation_mode",
  "refrigerant_error",
  "fault_code",
  "short_cycle_lockout",
  "zone_1_room_temperature",
  "zone_2_room_temperature",
  "dhw_climate_target",
  "zone_1_room_climate_target",
  "zone_2_room_climate_target",
] as const satisfies readonly PointId[];

/** The controller's operations that mean something to a person, as core's `operationOf` takes them. */
const modes = ["off", "heating", "hot_water", "cooling", "frost_protection", "legionella_prevention"] as const;

/**
 * Both tables hold the keys (`firmwareKey`) of all languages of the firmware, one after the other. The build puts
 * the finished strings in the place of this module: core's names are many times as large.
 */
export const firmwareEntities: Readonly<Partial<Record<HeatPumpEntity, string>>> = Object.fromEntries(
  shown.map((point) => [point.replace(/_target$/, ""), keysOf((language) => nameKey(point, language))]),
);

export const firmwareModes: Readonly<Record<string, string>> = Object.fromEntries(
  modes.map((mode) => [
    mode,
    keysOf((language) => firmwareKey("mode", textOf("operation_mode", mode, language) ?? "")),
  ]),
);

function nameKey(point: PointId, language: Language): string {
  return firmwareKey(pointOf(point).component, nameOf(point, language));
}

function keysOf(keyOf: (language: Language) => string): string {
  const keys = [...new Set(languages.map(keyOf))].join("");
  if (keys.length % keyLength !== 0) throw new Error("keys of different lengths");
  return keys;
}
