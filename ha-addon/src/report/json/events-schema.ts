import { advisedSettings, cycleProblems } from "@heatloop/core/events/cycle-advice";
import { stopCauses } from "@heatloop/core/events/cycle-cause";
import { curveZones } from "@heatloop/core/events/flow-curve";
import { uses } from "@heatloop/core/events/performance";
import { findingNames } from "@heatloop/core/events/rules/rules";
import { settingPoints } from "@heatloop/core/events/setting-changes";
import { z } from "zod";
import { isoTime, nullableNumber } from "./fields.ts";

const settingValue = z.union([z.number(), z.boolean(), z.string()]);

export const defrostsSchema = z.object({
  count: z.int(),
  seconds: z.number(),
  heat_wh: z.number().describe("taken back: negative"),
  electricity_wh: z.number(),
  recovery_seconds: z.number().describe("until the flow was back"),
  recovery_heat_wh: z.number(),
  recovery_electricity_wh: z.number(),
  share_of_heat: nullableNumber.describe("0 to 1, of the heat before any was taken back"),
  share_of_electricity: nullableNumber,
  recovery_share_of_electricity: nullableNumber,
  heating_cop: z.object({
    as_measured: nullableNumber,
    without_recovery: nullableNumber,
    undisturbed: nullableNumber.describe("the defrosts left out too: what the machine does in dry air"),
  }),
  list: z.array(
    z.object({
      start: isoTime,
      start_seen: z.boolean(),
      seconds: z.number(),
      heat_wh: nullableNumber,
      electricity_wh: nullableNumber,
      outdoor_c: nullableNumber,
      operation: z.enum(["heating", "hot_water"]).nullable(),
      recovery: z.object({
        seconds: z.number(),
        heat_wh: nullableNumber,
        electricity_wh: nullableNumber,
        end: z.enum(["flow_back", "compressor_stopped", "operation_changed", "not_back", "not_seen"]),
      }),
    }),
  ),
});

export const cyclesSchema = z.object({
  starts: z.int(),
  starts_per_day: nullableNumber.describe("mean of the complete days; null of none"),
  starts_by_hour: z.array(z.int()).describe("24 numbers, by local hour"),
  lockouts: z.int().describe("times that the firmware's short-cycle lock-out began"),
  runs: z.int().describe("seen from start to stop"),
  mean_run_minutes: nullableNumber,
  lengths: z.array(
    z.object({ from_minutes: z.number(), to_minutes: nullableNumber, runs: z.int(), seconds: z.number() }),
  ),
  stops: z
    .array(
      z.object({
        cause: z.enum(stopCauses),
        reason: z.enum(["minimum_output", "target_lowered"]).nullable(),
        runs: z.int(),
        mean_run_minutes: z.number(),
        short_runs: z.int(),
      }),
    )
    .describe("why the runs ended, the commonest first; they add up to runs"),
  short_runs: z.int().describe("of less than 10 minutes"),
  causes: z.record(z.enum(stopCauses), z.int()).describe("why the short runs ended"),
  sentence: z.string().describe("English"),
  problem: z
    .enum(cycleProblems)
    .nullable()
    .describe(
      "more than 8 starts a day, or more than a fifth of short runs; null where the complete days have too few runs",
    ),
  advice: z
    .object({
      cause: z.enum(stopCauses),
      reason: z.enum(["minimum_output", "target_lowered"]).nullable(),
      setting: z.enum(advisedSettings),
      change: z.enum(["higher", "lower"]),
      by: nullableNumber.describe("by how much, in unit"),
      to: nullableNumber.describe("or to what"),
      unit: z.enum(["min", "K"]).nullable(),
      starts_a_day_fewer: nullableNumber.describe("at most; null where the log does not tell"),
      sentence: z.string().describe("English"),
    })
    .nullable()
    .describe("what to change; null where there is no problem, or no setting is known to be the cause"),
  days: z.array(
    z.object({
      date: z.string(),
      complete: z.boolean().describe("it is over and was seen whole"),
      starts: z.int(),
      runs: z.int(),
      mean_run_minutes: nullableNumber,
      short_runs: z.array(
        z.object({
          start: isoTime,
          seconds: z.number(),
          cause: z.enum(stopCauses),
          reason: z.enum(["minimum_output", "target_lowered"]).nullable(),
          outdoor_c: nullableNumber,
        }),
      ),
      sentence: z.string(),
    }),
  ),
});

export const copsSchema = z.array(
  z.object({
    from_c: z.number(),
    to_c: z.number(),
    heat_wh: z.number(),
    electricity_wh: z.number(),
    cop: nullableNumber,
  }),
);
export const performanceSchema = z.object({
  percent_of_carnot: nullableNumber.describe("of the compressor's minutes outside defrosts"),
  weighted_percent_of_carnot: nullableNumber.describe(
    "as heatpumpmonitor.org lists it: all minutes with heat, flow 1 K above return",
  ),
  flow_c: nullableNumber.describe("weighted by heat, like those below"),
  outdoor_c: nullableNumber,
  flow_over_return_k: nullableNumber,
  cop_by_outdoor: copsSchema,
  cop_by_flow: copsSchema,
});

/** Defrosts, cycles, performance, changed settings and findings of a report, as the API writes them. */
export const eventsSchema = z
  .object({
    days: z.int(),
    defrosts: defrostsSchema,
    cycles: cyclesSchema,
    performance: z.record(z.enum(uses), performanceSchema),
    weighted_percent_of_carnot: nullableNumber.describe("of all uses together"),
    setting_changes: z.array(
      z.object({
        point: z.enum(settingPoints),
        at: isoTime,
        not_before: isoTime,
        from: settingValue,
        to: settingValue,
      }),
    ),
    curve_changes: z
      .array(z.object({ zone: z.enum(curveZones), date: z.string(), shift_k: z.number() }))
      .describe("days from which on the flow follows the outdoor temperature otherwise"),
    findings: z.array(
      z.object({
        name: z.enum(findingNames),
        from: isoTime,
        to: isoTime,
        minutes: z.number(),
        point: z.string().nullable(),
        value: nullableNumber,
      }),
    ),
  })
  .nullable();
