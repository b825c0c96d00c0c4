import { electricPowerColumns, heatPowerColumns } from "./power-rows.ts";

/** The columns of the minute log, with the powers of its rows, by the ids of their entities. */
const columns: Readonly<Record<string, string>> = {
  flow_temperature: "flow_temperature_c",
  return_temperature: "return_temperature_c",
  outdoor_temperature: "outdoor_temperature_c",
  dhw_temperature: "dhw_temperature_c",
  zone_1_room_temperature: "zone_1_room_temperature_c",
  zone_2_room_temperature: "zone_2_room_temperature_c",
  // What the heat pump has of the room feed.
  room_feed_zone_1_sent: "room_feedback_zone_1_c",
  room_feed_zone_2_sent: "room_feedback_zone_2_c",
  zone_1_flow_setpoint: "zone_1_flow_setpoint_c",
  zone_1_room_setpoint: "zone_1_room_setpoint_c",
  dhw_setpoint: "dhw_setpoint_c",
  compressor_frequency: "compressor_frequency_hz",
  heat_power: "heat_power_w",
  electric_power: "electric_power_w",
};

/** The column of the minute log that an entity's values are in; undefined where it is not logged. */
export function columnOfEntity(id: string): string | undefined {
  return columns[id];
}

/** The columns of the minute log that a column is made of. */
export function askedColumns(column: string): readonly string[] {
  if (column === "heat_power_w") return heatPowerColumns;
  return column === "electric_power_w" ? electricPowerColumns : [column];
}

/** `sensor.flow_temperature` without its domain. */
export function idOfEntity(entityId: string): string {
  return entityId.slice(entityId.indexOf(".") + 1);
}
