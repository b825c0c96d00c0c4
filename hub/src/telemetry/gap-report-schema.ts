import { z } from "zod";
import { idSchema } from "../web/ids.ts";
import { timeSchema } from "../web/times.ts";
import { otherClaimSchema } from "./claimed-devices.ts";
import { differenceReasons, gapReasons } from "./gaps.ts";

const gapSchema = z.object({
  from: timeSchema,
  to: timeSchema,
  minutes: z.int(),
  why: z
    .enum(gapReasons)
    .describe(
      "on_its_way: it may still come; node_offline: it may come when the node is back; revoked: it is not taken; home_off: the home was " +
        "silent then and has no rows of it; clock_off: its clock was wrong then; not_logged: it was there and has none",
    ),
  may_come: z.boolean().describe("the home may still have them"),
});

const energy = z.object({ heat_wh: z.int().nullable(), electricity_wh: z.int().nullable(), covered_s: z.int() });

const differenceSchema = z.object({
  date: z.iso.date(),
  hub: energy,
  home: energy,
  why: z
    .enum(differenceReasons)
    .describe(
      "rows_missing: the hub has seen less of the day; on_its_way: what is missing may still come; calculated_otherwise: of as " +
        "many rows, as versions or settings differ",
    ),
});

/** What is missing of what a node has, and why. */
export const gapReportSchema = z.object({
  all_sent_at: timeSchema.nullable().describe("when the node last had nothing that it had not sent"),
  devices: z.array(
    z.object({
      id: idSchema,
      home_id: z.string(),
      claimed_also_by: z.array(otherClaimSchema),
      missing_minutes: z.int(),
      gaps: z.array(gapSchema),
      days_that_differ: z.array(differenceSchema).describe("days of which the home itself reports another energy"),
    }),
  ),
  buffer_dropped: z
    .array(
      z.object({
        from: timeSchema,
        to: timeSchema,
        events: z.int().nullable().describe("null: the file that they were in was damaged, so that nobody knows"),
      }),
    )
    .describe("events that had to go at home before they were sent; their rows are in its archive"),
  refused: z
    .array(
      z.object({
        home_id: z.string(),
        stream: z.string(),
        why: z.string(),
        rows: z.int(),
        last_at: timeSchema,
        sample: z.string(),
      }),
    )
    .describe("rows that came and were not stored"),
});

export type GapReport = z.output<typeof gapReportSchema>;
