import type { PointId } from "@heatloop/core/catalogue/points";

type ClimateValue = `${string}_climate_${"current" | "mode" | "action" | "target"}`;
type Zone = 1 | 2;

/** Entities that Heatloop itself publishes, beside the firmware's points: mqtt-discovery/own-components.ts. */
type OwnEntity =
  | "operation"
  | "log"
  | "alerts"
  | "heat_power"
  | "electric_power"
  | "cop"
  | "hot_water_boost"
  | "hot_water_boost_until"
  | "next_scheduled_change"
  | `room_feed_zone_${Zone}`
  | `room_feed_zone_${Zone}_sent`
  | `${"today" | "yesterday" | "month"}_${string}`;

/** An entity of a heat pump, by the id that its unique id ends with: `heatloop_<device>_<id>`. */
export type HeatPumpEntity =
  | Exclude<PointId, ClimateValue>
  | "dhw_climate"
  | `zone_${Zone}_${"room" | "flow"}_climate`
  | OwnEntity;

/** The entities of one heat pump as they are called in this Home Assistant. */
export type EntityIds = ReadonlyMap<HeatPumpEntity, string>;
