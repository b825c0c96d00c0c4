import type { DiscoveryComponent } from "./component.ts";

/**
 * What a new installation begins with: the entities that a person reads, sets or automates, and those that the card, Assist
 * and the blueprints read. The others are there, disabled, for who looks for them.
 */
const enabledAtFirst: ReadonlySet<string> = new Set([
  // What it does, and what is wrong.
  "operation",
  "operation_mode",
  "alerts",
  "alert",
  "fault_code",
  "refrigerant_error",
  "short_cycle_lockout",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "log",
  // Measurements.
  "compressor",
  "compressor_frequency",
  "outdoor_temperature",
  "flow_temperature",
  "return_temperature",
  "flow_rate",
  "water_pump",
  "dhw_temperature",
  "dhw_setpoint",
  "zone_1_room_temperature",
  "zone_1_room_setpoint",
  "zone_1_flow_setpoint",
  "room_feed_zone_1",
  "room_feed_zone_1_sent",
  // Settings.
  "dhw_climate",
  "dhw_mode",
  "force_dhw",
  "hot_water_boost",
  "hot_water_boost_until",
  "next_scheduled_change",
  "zone_1_room_climate",
  "zone_1_flow_climate",
  "zone_1_operating_mode",
  "auto_adaptive",
  "heating_flow_temperature_max_zone_1",
  "heating_flow_temperature_min_zone_1",
  "minimum_on_time",
  "holiday_mode",
  "heat_pump_power",
  // Figures.
  "heat_power",
  "electric_power",
  "cop",
  "today_heat",
  "today_electricity",
  "today_cop",
  "today_defrosts",
  "yesterday_heat",
  "yesterday_electricity",
  "yesterday_cop",
  "yesterday_cost",
  "yesterday_short_runs",
  "month_electricity",
  "month_cop",
  "month_cost",
  "report",
]);

/**
 * An entity as a new installation gets it; Home Assistant looks at it once, when it registers the entity. Those of zone 2
 * as those of zone 1, where there `isZone2`. What is disabled has a category; a sensor may have no other than `diagnostic`.
 */
export function asEnabledAtFirst(id: string, entity: DiscoveryComponent, isZone2: boolean): DiscoveryComponent {
  const isEnabled = enabledAtFirst.has(id.replace("zone_2", "zone_1")) && (isZone2 || !id.includes("zone_2"));
  if (isEnabled) return entity;
  const isMeasured = ["sensor", "binary_sensor", "event"].includes(entity.platform);
  const { platform, unique_id, default_entity_id, name, entity_category, ...details } = entity;
  return {
    platform,
    unique_id,
    default_entity_id,
    name,
    entity_category: entity_category ?? (isMeasured ? "diagnostic" : "config"),
    enabled_by_default: false,
    ...details,
  };
}
