/** What a schedule sets: set-points in °C, and a boost of the hot water in minutes, of which 0 ends it. */
export const scheduledSettings = [
  "room_setpoint_zone_1",
  "room_setpoint_zone_2",
  "hot_water_setpoint",
  "hot_water_boost",
] as const;
export type ScheduledSetting = (typeof scheduledSettings)[number];
