export type FlowSetting = { readonly name: string; readonly value: string; readonly type: "str" | "num" | "json" };

const rooms = [
  { name: "Living room", topic: "home/living_room/temperature" },
  { name: "Kitchen", topic: "home/kitchen", field: "temperature" },
];

/** Below the prefix; they follow the firmware's language. */
const dashboardTopics = {
  operation: "sensor/operation_mode/state",
  flow: "sensor/feed_temp/state",
  return: "sensor/return_temp/state",
  outdoor: "sensor/outside_temp/state",
  room: "sensor/zone_1_room_temp/state",
  hotWater: "sensor/dhw_current_temp/state",
  power: "sensor/estimated_output_power/state",
  cop: "sensor/estimated_cop/state",
  feed: "sensor/room_watchdog_z1/state",
};

/** Everything that a person sets, in the one node `Heatloop settings`. */
export const settings: readonly FlowSetting[] = [
  text("HEATLOOP_MQTT_HOST", "localhost"),
  number("HEATLOOP_MQTT_PORT", 1883),
  text("HEATLOOP_PREFIX", "ecodan-heatpump"),
  number("HEATLOOP_EVERY_S", 10),
  text("HEATLOOP_ZONE", "1"),
  text("HEATLOOP_OBJECT_ID", ""),
  text("HEATLOOP_FEEDER", "Node-RED"),
  { name: "HEATLOOP_ROOMS", value: JSON.stringify(rooms), type: "json" },
  number("HEATLOOP_QUORUM", 0),
  number("HEATLOOP_MAX_AGE_MIN", 60),
  number("HEATLOOP_MIN_C", 5),
  number("HEATLOOP_MAX_C", 35),
  text("HEATLOOP_FAULT_TOPIC", "sensor/fault_code/state"),
  text("HEATLOOP_DEFROST_TOPIC", "binary_sensor/defrost/state"),
  number("HEATLOOP_OFFLINE_MIN", 5),
  number("HEATLOOP_MOST_DEFROSTS", 3),
  text("HEATLOOP_ALERT_TOPIC", "home/heat_pump/alert"),
  text("HEATLOOP_OPERATION_TOPIC", "sensor/operation_mode/state"),
  text("HEATLOOP_HOT_WATER", "climate/dhw_climate/target_temperature"),
  number("HEATLOOP_HOT_WATER_MAX_C", 55),
  text("HEATLOOP_ROOM", "climate/zone_1_room_temp/target_temperature"),
  number("HEATLOOP_ROOM_MAX_C", 23),
  text("HEATLOOP_SURPLUS_TOPIC", "home/pv/surplus"),
  text("HEATLOOP_SURPLUS_FIELD", ""),
  number("HEATLOOP_SURPLUS_SCALE", 1),
  number("HEATLOOP_SURPLUS_FROM_W", 1500),
  number("HEATLOOP_SURPLUS_UNTIL_W", 300),
  number("HEATLOOP_SURPLUS_MIN", 10),
  number("HEATLOOP_SURPLUS_MAX_AGE_MIN", 10),
  number("HEATLOOP_SURPLUS_HOT_WATER_C", 55),
  text("HEATLOOP_PRICES_TOPIC", "home/electricity/prices"),
  number("HEATLOOP_CHEAP_HOURS", 3),
  text("HEATLOOP_CHEAP_FROM", "00:00"),
  text("HEATLOOP_CHEAP_UNTIL", "00:00"),
  number("HEATLOOP_CHEAP_HOT_WATER_C", 52),
  number("HEATLOOP_CHEAP_ROOM_K", 0),
  { name: "HEATLOOP_DASHBOARD", value: JSON.stringify(dashboardTopics), type: "json" },
];

function text(name: string, value: string): FlowSetting {
  return { name, value, type: "str" };
}

function number(name: string, value: number): FlowSetting {
  return { name, value: String(value), type: "num" };
}
