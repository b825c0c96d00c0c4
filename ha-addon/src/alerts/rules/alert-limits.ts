import { z } from "zod";

const minutes = (usual: number) => z.int().min(1).max(1440).default(usual);
const anHour = (usual: number) => z.int().min(1).max(60).default(usual);

/** The limits of the rules, each beyond which it is an alert: as they are in the settings under `alerts`. */
export const alertLimits = {
  /** Minutes that a heat pump is offline. */
  offline_min: minutes(5),
  /** Minutes without a row of the log although the heat pump is online. */
  no_row_min: minutes(10),
  /** Minutes that the flow may be less than `house.least_flow_l_min` while the compressor runs. */
  low_flow_min: minutes(5),
  /** Starts and defrosts within an hour. */
  starts_per_hour: anHour(4),
  defrosts_per_hour: anHour(3),
  /** Minutes that a heater may be on. */
  immersion_heater_min: minutes(120),
  booster_heater_min: minutes(120),
  /** The least COP of a whole day. */
  day_cop: z.number().min(0.5).max(10).default(1.5),
  /** Minutes that the room feed may go on without all of its rooms. */
  room_feed_degraded_min: minutes(60),
  /** The least free space for the log. */
  disk_free_mb: z.int().min(50).max(1_000_000).default(500),
  /** Seconds between the machine's clock and Home Assistant's. */
  clock_difference_s: z.int().min(15).max(3600).default(60),
  /** Errors of the program's log within an hour. */
  errors_per_hour: z.int().min(1).max(1000).default(10),
};

export type AlertLimits = z.output<z.ZodObject<typeof alertLimits>>;
