import { stopCauses } from "@heatloop/core/events/cycle-cause";
import { curveZones } from "@heatloop/core/events/flow-curve";
import { uses } from "@heatloop/core/events/performance";
import { findingNames } from "@heatloop/core/events/rules/rules";
import { settingPoints } from "@heatloop/core/events/setting-changes";
import { z } from "zod";

const number = z.number().nullable();
const time = z.string().describe("ISO 8601 with offset");
const settingValue = z.union([z.number(), z.boolean(), z.string()]);

export const defrostsSchema = z.object({
  count: z.int(),
  seconds: z.number(),
  heat_wh: z.number().describe("taken back: negative"),
  electricity_wh: z.number(),
  recovery_seconds: z.number().describe("until the flow was back"),
  recovery_heat_wh: z.number(),
  recovery_electricity_wh: z.number(),
  share_of_heat: number.describe("0 to 1, of the heat before any was taken back"),
  share_of_electricity: number,
  recovery_share_of_electricity: number,
  heating_cop: z.object({
    as_measured: number,
    without_recovery: number,
    undisturbed: number.describe("the defrosts left out too: what the machine does in dry air"),
  }),
  list: z.array(
    z.object({
      start: time,
      start_seen: z.boolean(),
      seconds: z.number(),
      heat_wh: number,
      electricity_wh: number,
      outdoor_c: number,
      operation: z.enum(["heating", "hot_water"]).nullable(),
      recovery: z.object({
        seconds: z.number(),
        heat_wh: number,
        electricity_wh: number,
        end: z.enum(["flow_back", "compressor_stopped", "operation_changed", "not_back", "not_seen"]),
      }),
    }),
  ),
});

export const cyclesSchema = z.object({
  starts: z.int(),
  starts_per_day: number,
  starts_by_hour: z.array(z.int()).describe("24 numbers, by local hour"),
  lockouts: z.int().describe("times that the firmware's short-cycle lock-out began"),
  runs: z.int().describe("seen from start to stop"),
  mean_run_minutes: number,
  lengths: z.array(z.object({ from_minutes: z.number(), to_minutes: number, runs: z.int(), seconds: z.number() })),
  short_runs: z.int().describe("of less than 10 minutes"),
  causes: z.record(z.enum(stopCauses), z.int()).describe("why the short runs ended"),
  sentence: z.string().describe("English"),
  days: z.array(
    z.object({
      date: z.string(),
      starts: z.int(),
      runs: z.int(),
      mean_run_minutes: number,
      short_runs: z.array(
        z.object({
          start: time,
          seconds: z.number(),
          cause: z.enum(stopCauses),
          reason: z.enum(["minimum_output", "target_lowered"]).nullable(),
          outdoor_c: number,
        }),
      ),
      sentence: z.string(),
    }),
  ),
});

export const copsSchema = z.array(
  z.object({ from_c: z.number(), to_c: z.number(), heat_wh: z.number(), electricity_wh: z.number(), cop: number }),
);
export const performanceSchema = z.object({
  percent_of_carnot: number.describe("of the compressor's minutes outside defrosts"),
  weighted_percent_of_carnot: number.describe(
    "as heatpumpmonitor.org lists it: all minutes with heat, flow 1 K above return",
  ),
  flow_c: number.describe("weighted by heat, like those below"),
  outdoor_c: number,
  flow_over_return_k: number,
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
    weighted_percent_of_carnot: number.describe("of all uses together"),
    setting_changes: z.array(
      z.object({ point: z.enum(settingPoints), at: time, not_before: time, from: settingValue, to: settingValue }),
    ),
    curve_changes: z
      .array(z.object({ zone: z.enum(curveZones), date: z.string(), shift_k: z.number() }))
      .describe("days from which on the flow follows the outdoor temperature otherwise"),
    findings: z.array(
      z.object({
        name: z.enum(findingNames),
        from: time,
        to: time,
        minutes: z.number(),
        point: z.string().nullable(),
        value: number,
      }),
    ),
  })
  .nullable();
