import { z } from "zod";

/** What is true of the heat pump and its house at a time, ms since the epoch; the run believes nothing else. */
export const truthSchema = z.object({
  at: z.number(),
  /** All electricity since the heat pump was started, Wh. */
  suppliedWh: z.number(),
  rooms: z.array(
    z.object({
      room: z.string(),
      /** Whether its thermostat reports what it measures. */
      isHonest: z.boolean(),
      /** What it reported last, and what the room has, °C. */
      reportedC: z.number().nullable(),
      airC: z.number().nullable(),
    }),
  ),
});
export type Truth = z.output<typeof truthSchema>;
