import type { Due } from "@heatloop/core/schedule/weekly-schedule";
import { z } from "zod";
import { type ScheduleSetting, scheduleEntrySchema } from "../settings/schedule-settings.ts";

/** How far a schedule has come: until when it was looked at, ms since the epoch, and what is due and not done. */
export type ScheduleState = { readonly until: number; readonly due: readonly Due<ScheduleSetting>[] };

const remembered = z.object({
  until: z.number(),
  due: z.array(z.object({ at: z.number(), entry: scheduleEntrySchema })),
});

/** The state in a state file; undefined where it contains something else. */
export function rememberedSchedule(kept: unknown): ScheduleState | undefined {
  return remembered.safeParse(kept).data;
}
