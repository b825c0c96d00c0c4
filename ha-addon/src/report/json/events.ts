import { stopCauses } from "@heatloop/core/events/cycle-cause";
import type { DefrostSum } from "@heatloop/core/events/defrost-share";
import type { DefrostReport, EventsReport, RunReport, UseReport } from "@heatloop/core/events/events-report";
import { curveZones } from "@heatloop/core/events/flow-curve";
import { type CopAt, uses } from "@heatloop/core/events/performance";
import { findingNames } from "@heatloop/core/events/rules/rules";
import { settingPoints } from "@heatloop/core/events/setting-changes";
import type { Zone } from "@heatloop/core/time/local-day";
import { z } from "zod";
import { rounded, roundedOrNull } from "../../base/rounded.ts";

const number = z.number().nullable();
const time = z.string().describe("ISO 8601 with offset");
const settingValue = z.union([z.number(), z.boolean(), z.string()]);

const defrosts = z.object({
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

const cycles = z.object({
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

const copAt = z.array(
  z.object({ from_c: z.number(), to_c: z.number(), heat_wh: z.number(), electricity_wh: z.number(), cop: number }),
);
const performance = z.object({
  percent_of_carnot: number.describe("of the compressor's minutes outside defrosts"),
  weighted_percent_of_carnot: number.describe(
    "as heatpumpmonitor.org lists it: all minutes with heat, flow 1 K above return",
  ),
  flow_c: number.describe("weighted by heat, like those below"),
  outdoor_c: number,
  flow_over_return_k: number,
  cop_by_outdoor: copAt,
  cop_by_flow: copAt,
});

export const eventsSchema = z
  .object({
    days: z.int(),
    defrosts,
    cycles,
    performance: z.record(z.enum(uses), performance),
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

export function eventsJson(happened: EventsReport | null, zone: Zone): z.output<typeof eventsSchema> {
  if (happened === null) return null;
  const { performance: of } = happened;
  return {
    days: happened.days,
    defrosts: defrostsJson(happened.defrosts, zone),
    cycles: cyclesJson(happened.cycles, zone),
    performance: {
      heating: useJson(of.heating),
      hot_water: useJson(of.hot_water),
      cooling: useJson(of.cooling),
    },
    weighted_percent_of_carnot: roundedOrNull(happened.weightedPercentOfCarnot, 1),
    setting_changes: happened.settingChanges.map(({ point, at, notBefore, from, to }) => ({
      point,
      at: zone.isoOf(at),
      not_before: zone.isoOf(notBefore),
      from,
      to,
    })),
    curve_changes: happened.curveChanges.map((change) => ({
      zone: change.zone,
      date: change.date,
      shift_k: rounded(change.shiftK, 2),
    })),
    findings: happened.findings.map(({ name, from, to, minutes, point, value }) => ({
      name,
      from: zone.isoOf(from),
      to: zone.isoOf(to),
      minutes,
      point,
      value,
    })),
  };
}

function defrostsJson({ sum, share, cops, list }: DefrostReport, zone: Zone): z.output<typeof defrosts> {
  return {
    ...defrostSumJson(sum),
    share_of_heat: roundedOrNull(share.ofHeat, 4),
    share_of_electricity: roundedOrNull(share.ofElectricity, 4),
    recovery_share_of_electricity: roundedOrNull(share.recoveryOfElectricity, 4),
    heating_cop: {
      as_measured: cops.asMeasured,
      without_recovery: cops.withoutRecovery,
      undisturbed: cops.undisturbed,
    },
    list: list.map(({ at, startSeen, seconds, heatWh, electricityWh, outdoorC, operation, recovery }) => ({
      start: zone.isoOf(at),
      start_seen: startSeen,
      seconds,
      heat_wh: roundedOrNull(heatWh),
      electricity_wh: roundedOrNull(electricityWh),
      outdoor_c: roundedOrNull(outdoorC, 1),
      operation,
      recovery: {
        seconds: recovery.seconds,
        heat_wh: roundedOrNull(recovery.heatWh),
        electricity_wh: roundedOrNull(recovery.electricityWh),
        end: recovery.end,
      },
    })),
  };
}

function defrostSumJson(sum: DefrostSum) {
  return {
    count: sum.count,
    seconds: sum.seconds,
    heat_wh: rounded(sum.heatWh),
    electricity_wh: rounded(sum.electricityWh),
    recovery_seconds: sum.recoverySeconds,
    recovery_heat_wh: rounded(sum.recoveryHeatWh),
    recovery_electricity_wh: rounded(sum.recoveryElectricityWh),
  };
}

function cyclesJson(of: RunReport, zone: Zone): z.output<typeof cycles> {
  return {
    starts: of.starts,
    starts_per_day: roundedOrNull(of.startsPerDay, 1),
    starts_by_hour: [...of.startsByHour],
    lockouts: of.lockouts,
    runs: of.runs,
    mean_run_minutes: roundedOrNull(of.meanRunMinutes, 1),
    lengths: of.lengths.map(({ fromMinutes, toMinutes, runs, seconds }) => ({
      from_minutes: fromMinutes,
      to_minutes: toMinutes,
      runs,
      seconds,
    })),
    short_runs: of.shortRuns,
    causes: { ...of.causes },
    sentence: of.sentence,
    days: of.days.map((day) => ({
      date: day.date,
      starts: day.starts,
      runs: day.runs,
      mean_run_minutes: roundedOrNull(day.meanRunMinutes, 1),
      short_runs: day.shortRuns.map(({ from, to, cause, reason, outdoorC }) => ({
        start: zone.isoOf(from),
        seconds: Math.round((to - from) / 1000),
        cause,
        reason,
        outdoor_c: roundedOrNull(outdoorC, 1),
      })),
      sentence: day.sentence,
    })),
  };
}

function useJson(of: UseReport): z.output<typeof performance> {
  return {
    percent_of_carnot: roundedOrNull(of.percentOfCarnot, 1),
    weighted_percent_of_carnot: roundedOrNull(of.weightedPercentOfCarnot, 1),
    flow_c: roundedOrNull(of.flowC, 1),
    outdoor_c: roundedOrNull(of.outdoorC, 1),
    flow_over_return_k: roundedOrNull(of.flowOverReturnK, 1),
    cop_by_outdoor: copsJson(of.byOutdoor),
    cop_by_flow: copsJson(of.byFlow),
  };
}

function copsJson(cops: readonly CopAt[]): z.output<typeof copAt> {
  return cops.map(({ fromC, toC, heatWh, electricityWh, cop }) => ({
    from_c: fromC,
    to_c: toC,
    heat_wh: rounded(heatWh),
    electricity_wh: rounded(electricityWh),
    cop,
  }));
}
