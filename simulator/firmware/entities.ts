import { type FirmwarePackage, firmwarePackages } from "@heatloop/core/catalogue/firmware-packages";
import { everyS, type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { secondMs } from "@heatloop/core/time/durations";

/** The points of a build with one or two zones; `chosen`: packages that its owner chose beside those of every build. */
export function builtPoints(zones: 1 | 2, chosen: readonly FirmwarePackage[] = []): readonly PointId[] {
  return pointIds.filter((id) => {
    const { package: name, zone } = pointOf(id);
    if (chosen.includes(name)) return zone !== 2 || zones === 2;
    const build = firmwarePackages[name];
    return build === "every" || (build === "two_zones" && zones === 2);
  });
}

/**
 * How the firmware publishes a point: at each poll, at a period of its own, when it changes, as a setting (on change,
 * with commands), as a part of a climate, or never (buttons).
 */
type Rhythm = "poll" | "period" | "change" | "setting" | "climate" | "never";

/** How often the firmware polls the heat pump, ms. */
export const pollMs = 10_500;

/** The packages of the firmware with a room watchdog. */
export const watchdogPackages: readonly FirmwarePackage[] = ["room-watchdog"];

/** The rhythm in which the firmware publishes a point, by its component, quantity and period in the catalogue. */
export function rhythmOf(id: PointId): Rhythm {
  const { component, quantity, every } = pointOf(id);
  switch (component) {
    case "button":
    case "update":
      return "never";
    case "climate":
      return "climate";
    case "number":
    case "select":
    case "switch":
      return "setting";
    case "text":
      // The watchdog takes the names of feeders and reports none.
      return pointOf(id).package === "room-watchdog" ? "never" : "setting";
    case "binary_sensor":
      return "change";
    case "sensor":
      if (every === "change") return "change";
      if (every !== undefined && every * secondMs !== pollMs) return "period";
      return quantities[quantity].kind === "number" && everyS(id) !== undefined ? "poll" : "change";
  }
}

/**
 * The 21 requests of a poll, gathered into five groups 2.1 s apart; here those points whose moment matters. A point
 * that is not named answers in the last group.
 */
const groups: readonly (readonly PointId[])[] = [
  ["defrost", "fault_code", "multi_zone_status", "compressor_frequency", "output_power", "daily_electricity"],
  [
    "zone_1_flow_setpoint",
    "zone_1_room_setpoint",
    "zone_2_flow_setpoint",
    "zone_2_room_setpoint",
    "zone_1_room_temperature",
    "zone_2_room_temperature",
    "legionella_prevention_temperature",
    "dhw_max_temperature_drop",
    "outdoor_temperature",
    "refrigerant_liquid_temperature",
  ],
  [
    "flow_temperature",
    "return_temperature",
    "temperature_difference",
    "dhw_temperature",
    "dhw_secondary_temperature",
    "estimated_output_power",
    "zone_1_flow_temperature",
    "zone_1_return_temperature",
    "zone_2_flow_temperature",
    "zone_2_return_temperature",
  ],
  [
    "operating_runtime",
    "compressor",
    "water_pump",
    "three_way_valve",
    "pump_speed",
    "pump_power",
    "mixing_tank_temperature",
  ],
];

export const groupCount = 5;

/** The group in which a point is read and published. */
export function groupOf(id: PointId): number {
  const index = groups.findIndex((group) => group.includes(id));
  return index === -1 ? groupCount - 1 : index;
}
