import type { PointId } from "../catalogue/points.ts";
import { type DayOfMinutes, timelineOf } from "../energy/timeline.ts";
import { type CycleReport, cycleReports } from "./cycle-report.ts";
import { cyclesOf, type DayCycles } from "./cycles.ts";
import { type DefrostSum, sumOfDefrosts } from "./defrost-share.ts";
import { type Defrost, defrostsOf } from "./defrosts.ts";
import { type DayFindings, findingsOf, joinFindings } from "./findings.ts";
import { type CurveChange, curveChanges } from "./flow-curve.ts";
import { type DayHeatingFlow, heatingFlowOf } from "./heating-flow.ts";
import { type DayOutdoor, outdoorOf } from "./outdoor.ts";
import { joinPerformance, type Performance, performanceOf } from "./performance.ts";
import { type Limits, usualLimits } from "./rules/rule-day.ts";
import type { Finding } from "./rules/rules.ts";
import { type DaySettings, joinSettings, type SettingChange, settingPoints, settingsOf } from "./setting-changes.ts";

/** The points that are needed, beside all figures; a minute may come without the others. */
export const eventPoints: readonly PointId[] = [
  ...settingPoints,
  "operation_mode",
  "compressor",
  "compressor_frequency",
  "short_cycle_lockout",
  "outdoor_temperature",
  "flow_temperature",
  "return_temperature",
  "flow_rate",
  "dhw_temperature",
  "daily_electricity",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "pump_power",
  "fault_code",
  "multi_zone_status",
  "in1_thermostat",
  "zone_1_room_temperature",
  "zone_2_room_temperature",
  "room_feedback_zone_1",
  "room_feedback_zone_2",
];

/** The events of one local day: plain data that can be kept, and joined for any range. */
export type DayEvents = {
  readonly date: string;
  readonly outdoor: DayOutdoor;
  readonly defrosts: readonly Defrost[];
  readonly cycles: DayCycles;
  readonly performance: Performance;
  readonly settings: DaySettings;
  readonly heatingFlow: DayHeatingFlow;
  readonly findings: DayFindings;
};

/**
 * The events of a local day, from its minutes. Of the days before and after, the last 10 minutes and the first hour
 * are needed; without them the events over midnight begin and end there unseen.
 */
export function dayEvents(day: DayOfMinutes & { readonly limits?: Limits | undefined }): DayEvents {
  const timeline = timelineOf(day);
  return {
    date: day.date,
    outdoor: outdoorOf(timeline),
    defrosts: defrostsOf(timeline),
    cycles: cyclesOf(timeline),
    performance: performanceOf(timeline),
    settings: settingsOf(timeline),
    heatingFlow: heatingFlowOf(timeline),
    findings: findingsOf(timeline, day.limits ?? usualLimits),
  };
}

/** The events of a range of days. */
export type RangeEvents = {
  readonly defrosts: readonly Defrost[];
  readonly defrostSum: DefrostSum;
  readonly cycles: readonly CycleReport[];
  readonly performance: Performance;
  readonly settingChanges: readonly SettingChange[];
  readonly curveChanges: readonly CurveChange[];
  readonly findings: readonly Finding[];
};

/**
 * Joins days, in order of their dates; days may be missing. `lowestHz`: the lowest frequency that the
 * compressor is known to run at from other days, null where there are none.
 */
export function joinEvents(days: readonly DayEvents[], lowestHz: number | null = null): RangeEvents {
  const defrosts = days.flatMap((day) => day.defrosts);
  return {
    defrosts,
    defrostSum: sumOfDefrosts(defrosts),
    cycles: cycleReports(
      days.map(({ cycles }) => cycles),
      lowestHz,
    ),
    performance: joinPerformance(days.map(({ performance }) => performance)),
    settingChanges: joinSettings(days.map(({ settings }) => settings)),
    curveChanges: curveChanges(days.map(({ settings }) => settings)),
    findings: joinFindings(days.map(({ findings }) => findings)),
  };
}
