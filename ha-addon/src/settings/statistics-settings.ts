import { z } from "zod";

export const statisticsSchema = z.strictObject({
  /**
   * Whether the archive is written into Home Assistant's long-term statistics. Off by default: Heatloop's sensors have
   * statistics of their own there, and both in one Energy dashboard count everything twice.
   */
  import: z.boolean().default(false),
});
export type StatisticsSetting = z.output<typeof statisticsSchema>;
