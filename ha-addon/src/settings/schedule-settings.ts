import { rangeOf } from "@heatloop/core/catalogue/points";
import { leastBoostMin, mostBoostMin } from "@heatloop/core/hot-water/boost";
import { type ScheduledSetting, scheduledSettings } from "@heatloop/core/schedule/scheduled-settings";
import { weekdays } from "@heatloop/core/time/weekdays";
import { z } from "zod";
import { namedDevice } from "./named-device.ts";

/** The point of each set-point. */
export const scheduledPoints = {
  room_setpoint_zone_1: "zone_1_room_climate_target",
  room_setpoint_zone_2: "zone_2_room_climate_target",
  hot_water_setpoint: "dhw_climate_target",
} as const;

const timeRule = { error: "a time such as 06:30" };
const toRule = { error: "a number: of degrees C, or of minutes for hot_water_boost" };

/** A change that is made each week, by the clock of the home. */
export const scheduleEntrySchema = z
  .strictObject({
    /** The heat pump, by its MQTT prefix; needed only where there are several. */
    device: namedDevice.optional(),
    days: z
      .array(z.enum(weekdays))
      .min(1)
      .max(7)
      .default([...weekdays]),
    at: z.string(timeRule).regex(/^([01]\d|2[0-3]):[0-5]\d$/, timeRule),
    set: z.enum(scheduledSettings).default("room_setpoint_zone_1"),
    to: z.number(toRule),
  })
  .superRefine(({ set, to }, context) => {
    const allowed = set === "hot_water_boost" ? boostMistake(to) : setpointMistake(set, to);
    if (allowed !== undefined) context.addIssue({ code: "custom", path: ["to"], input: to, message: allowed });
  });
export type ScheduleSetting = z.output<typeof scheduleEntrySchema>;

function boostMistake(minutes: number): string | undefined {
  const isAllowed =
    Number.isInteger(minutes) && (minutes === 0 || (minutes >= leastBoostMin && minutes <= mostBoostMin));
  return isAllowed ? undefined : `whole minutes from ${leastBoostMin} to ${mostBoostMin}, or 0 to end it`;
}

function setpointMistake(set: Exclude<ScheduledSetting, "hot_water_boost">, degreesC: number): string | undefined {
  const { min, max } = rangeOf(scheduledPoints[set]);
  return degreesC >= min && degreesC <= max ? undefined : `${min} to ${max} degrees C`;
}
