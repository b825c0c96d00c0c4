import type { DefrostSum } from "@heatloop/core/events/defrost-share";
import type { DefrostReport, EventsReport, RunReport, UseReport } from "@heatloop/core/events/events-report";
import type { CopAt } from "@heatloop/core/events/performance-figures";
import { round, roundOrNull } from "@heatloop/core/math/rounding";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { z } from "zod";
import { adviceSentence } from "../advice-texts.ts";
import { mainCauseSentence } from "../cause-texts.ts";
import { englishSentence } from "../english-sentences.ts";
import type { copsSchema, cyclesSchema, defrostsSchema, eventsSchema, performanceSchema } from "./events-schema.ts";

/** The events of a report as the API writes them, times in `zone`; null where nothing was logged. */
export function eventsJson(events: EventsReport | null, zone: Zone): z.output<typeof eventsSchema> {
  if (events === null) return null;
  const { performance } = events;
  return {
    days: events.days,
    defrosts: defrostsJson(events.defrosts, zone),
    cycles: cyclesJson(events.cycles, zone),
    performance: {
      heating: useJson(performance.heating),
      hot_water: useJson(performance.hot_water),
      cooling: useJson(performance.cooling),
    },
    weighted_percent_of_carnot: roundOrNull(events.weightedPercentOfCarnot, 1),
    setting_changes: events.settingChanges.map(({ point, at, notBefore, from, to }) => ({
      point,
      at: zone.isoOf(at),
      not_before: zone.isoOf(notBefore),
      from,
      to,
    })),
    curve_changes: events.curveChanges.map((change) => ({
      zone: change.zone,
      date: change.date,
      shift_k: round(change.shiftK, 2),
    })),
    findings: events.findings.map(({ name, from, to, minutes, point, value }) => ({
      name,
      from: zone.isoOf(from),
      to: zone.isoOf(to),
      minutes,
      point,
      value,
    })),
  };
}

function defrostsJson({ sum, share, cops, list }: DefrostReport, zone: Zone): z.output<typeof defrostsSchema> {
  return {
    ...defrostSumJson(sum),
    share_of_heat: roundOrNull(share.ofHeat, 4),
    share_of_electricity: roundOrNull(share.ofElectricity, 4),
    recovery_share_of_electricity: roundOrNull(share.recoveryOfElectricity, 4),
    heating_cop: {
      as_measured: cops.asMeasured,
      without_recovery: cops.withoutRecovery,
      undisturbed: cops.undisturbed,
    },
    list: list.map(({ at, startSeen, seconds, heatWh, electricityWh, outdoorC, operation, recovery }) => ({
      start: zone.isoOf(at),
      start_seen: startSeen,
      seconds,
      heat_wh: roundOrNull(heatWh),
      electricity_wh: roundOrNull(electricityWh),
      outdoor_c: roundOrNull(outdoorC, 1),
      operation,
      recovery: {
        seconds: recovery.seconds,
        heat_wh: roundOrNull(recovery.heatWh),
        electricity_wh: roundOrNull(recovery.electricityWh),
        end: recovery.end,
      },
    })),
  };
}

function defrostSumJson(sum: DefrostSum) {
  return {
    count: sum.count,
    seconds: sum.seconds,
    heat_wh: round(sum.heatWh),
    electricity_wh: round(sum.electricityWh),
    recovery_seconds: sum.recoverySeconds,
    recovery_heat_wh: round(sum.recoveryHeatWh),
    recovery_electricity_wh: round(sum.recoveryElectricityWh),
  };
}

function cyclesJson(of: RunReport, zone: Zone): z.output<typeof cyclesSchema> {
  return {
    starts: of.starts,
    starts_per_day: roundOrNull(of.startsPerDay, 1),
    starts_by_hour: [...of.startsByHour],
    lockouts: of.lockouts,
    runs: of.runs,
    mean_run_minutes: roundOrNull(of.meanRunMinutes, 1),
    lengths: of.lengths.map(({ fromMinutes, toMinutes, runs, seconds }) => ({
      from_minutes: fromMinutes,
      to_minutes: toMinutes,
      runs,
      seconds,
    })),
    stops: of.stops.map(({ cause, reason, runs, seconds, shortRuns }) => ({
      cause,
      reason,
      runs,
      mean_run_minutes: round(seconds / 60 / runs, 1),
      short_runs: shortRuns,
    })),
    short_runs: of.shortRuns,
    causes: { ...of.causes },
    sentence: englishSentence((english) => mainCauseSentence(of.main, of.runs, english)),
    problem: of.problem,
    advice: adviceJson(of),
    days: of.days.map((day) => ({
      date: day.date,
      complete: day.isWhole,
      starts: day.starts,
      runs: day.runs,
      mean_run_minutes: roundOrNull(day.meanRunMinutes, 1),
      short_runs: day.shortRuns.map(({ from, to, cause, reason, outdoorC }) => ({
        start: zone.isoOf(from),
        seconds: Math.round((to - from) / secondMs),
        cause,
        reason,
        outdoor_c: roundOrNull(outdoorC, 1),
      })),
      sentence: englishSentence((english) => mainCauseSentence(day.main, day.runs, english)),
    })),
  };
}

function adviceJson(of: RunReport): z.output<typeof cyclesSchema>["advice"] {
  if (of.advice === null) return null;
  const { startsPerDayFewer, ...advice } = of.advice;
  return {
    ...advice,
    starts_a_day_fewer: roundOrNull(startsPerDayFewer, 1),
    sentence: englishSentence((english) => adviceSentence(of, english) ?? ""),
  };
}

function useJson(of: UseReport): z.output<typeof performanceSchema> {
  return {
    percent_of_carnot: roundOrNull(of.percentOfCarnot, 1),
    weighted_percent_of_carnot: roundOrNull(of.weightedPercentOfCarnot, 1),
    flow_c: roundOrNull(of.flowC, 1),
    outdoor_c: roundOrNull(of.outdoorC, 1),
    flow_over_return_k: roundOrNull(of.flowOverReturnK, 1),
    cop_by_outdoor: copsJson(of.byOutdoor),
    cop_by_flow: copsJson(of.byFlow),
  };
}

function copsJson(cops: readonly CopAt[]): z.output<typeof copsSchema> {
  return cops.map(({ fromC, toC, heatWh, electricityWh, cop }) => ({
    from_c: fromC,
    to_c: toC,
    heat_wh: round(heatWh),
    electricity_wh: round(electricityWh),
    cop,
  }));
}
