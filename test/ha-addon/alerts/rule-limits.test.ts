import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { AlertSituation, DeviceSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { findAlerts, timingsOf } from "@heatloop/ha-addon/alerts/alerts";
import { ruleIdOf } from "@heatloop/ha-addon/alerts/rules/alert-timing";
import { type AlertSettings, alertsSchema } from "@heatloop/ha-addon/settings/alerts-settings";
import { describe, expect, it } from "vitest";
import { allWell, at, device } from "./alerts-world.ts";

/** What a rule says: `keeps`: an alert that began goes on, but none begins. */
type Said = "well" | "keeps" | "wrong" | "unknown";

function saidOf(rule: string, situation: AlertSituation): Said {
  const { wrong, unknown } = findAlerts(situation);
  if ([...unknown].some((id) => ruleIdOf(id) === rule)) return "unknown";
  const found = wrong.find(({ id }) => ruleIdOf(id) === rule);
  if (found === undefined) return "well";
  return found.onlyKeeps ? "keeps" : "wrong";
}

const mb = 1_000_000;
const day = { date: "2026-11-20", cop: 1.4, electricityWh: 5_000, isComplete: true, waterL: 9_000 };
const feed = { zone: 1, remarks: [], since: at, feederRemarks: [], rooms: [] };
const limits = (more: Partial<AlertSettings>) => alertsSchema.parse(more);

describe("of a heat pump, a rule says", () => {
  it.each<readonly [string, string, Partial<DeviceSituation>, Said]>([
    ["low_flow", "a flow below the limit", { flowLMin: 4 }, "wrong"],
    ["low_flow", "no flow at all", { flowLMin: 0 }, "wrong"],
    ["low_flow", "a flow at the limit", { flowLMin: 5 }, "keeps"],
    ["low_flow", "a flow well over the limit", { flowLMin: 6 }, "well"],
    ["low_flow", "no flow while the compressor is off", { flowLMin: 0, compressorOn: false }, "well"],
    ["low_flow", "little flow in a defrost", { flowLMin: 0, operation: "defrost" }, "unknown"],
    ["low_flow", "0 of one without a flow sensor", { flowLMin: 0, hasFlowSensor: false }, "unknown"],
    ["low_flow", "a flow that is not known", { flowLMin: null }, "unknown"],
    ["low_flow", "a compressor of which nothing is known", { compressorOn: null }, "unknown"],
    ["low_flow", "an operation that is not known", { flowLMin: 0, operation: null }, "unknown"],
    ["short_cycling", "as many starts as there may be", { startsLastHour: 4 }, "keeps"],
    ["short_cycling", "one start more", { startsLastHour: 5 }, "wrong"],
    ["short_cycling", "half as many starts", { startsLastHour: 2 }, "well"],
    ["many_defrosts", "as many defrosts as there may be", { defrostsLastHour: 3 }, "keeps"],
    ["many_defrosts", "one defrost more", { defrostsLastHour: 4 }, "wrong"],
    ["many_defrosts", "half as many defrosts", { defrostsLastHour: 1 }, "well"],
    ["immersion_heater", "a heater that is on", { immersionHeaterOn: true }, "wrong"],
    ["immersion_heater", "a heater that is off", { immersionHeaterOn: false }, "well"],
    ["immersion_heater", "a heater of which nothing is known", { immersionHeaterOn: null }, "unknown"],
    ["booster_heater", "a heater that is on", { boosterHeaterOn: true }, "wrong"],
    ["booster_heater", "a heater that is off", { boosterHeaterOn: false }, "well"],
    ["booster_heater", "a heater of which nothing is known", { boosterHeaterOn: null }, "unknown"],
    ["low_cop", "a day's COP below the limit", { lastDay: day }, "wrong"],
    ["low_cop", "a day's COP at the limit", { lastDay: { ...day, cop: 1.5 } }, "well"],
    ["low_cop", "a day that was not seen whole", { lastDay: { ...day, isComplete: false } }, "well"],
    ["low_cop", "a day with little electricity", { lastDay: { ...day, electricityWh: 1_999 } }, "well"],
    ["low_cop", "a day without a COP", { lastDay: { ...day, cop: null } }, "well"],
    ["low_cop", "a day that is not known yet", { lastDay: null }, "unknown"],
    ["row_missing", "a row of the last two minutes", { lastRowAt: at - 2 * minuteMs }, "well"],
    ["row_missing", "no row since", { lastRowAt: at - 2 * minuteMs - secondMs }, "wrong"],
    ["row_missing", "no row since it is followed", { lastRowAt: null, followedAt: at - hourMs }, "wrong"],
    ["row_missing", "no row yet", { lastRowAt: null, followedAt: at - minuteMs }, "well"],
    ["row_missing", "no row of one that is offline", { lastRowAt: at - hourMs, online: false }, "unknown"],
    ["row_missing", "a clock that was set back", { lastRowAt: at + hourMs }, "unknown"],
    ["firmware_changed", "another firmware", { firmwareChange: { from: "1", to: "2", at } }, "wrong"],
    ["firmware_changed", "the same firmware", { firmwareChange: null }, "well"],
    ["room_feed_degraded", "a feed without some rooms", { feeds: [{ ...feed, state: "degraded" }] }, "wrong"],
    ["room_feed_degraded", "a feed with all rooms", { feeds: [{ ...feed, state: "ok" }] }, "well"],
    ["room_feed", "a feed that holds", { feeds: [{ ...feed, state: "holding" }] }, "wrong"],
    ["offline", "a heat pump that is offline", { online: false, offlineSince: at }, "wrong"],
    ["fault", "a fault", { fault: { code: "E9", since: at } }, "wrong"],
    ["fault", "no fault", { fault: null }, "well"],
  ])("%s: %s", (rule, _, more, said) => {
    expect(saidOf(rule, { ...allWell, devices: [{ ...device, ...more }] })).toBe(said);
  });
});

describe("of the machine, a rule says", () => {
  it.each<readonly [string, string, Partial<AlertSituation>, Said]>([
    ["disk_low", "less space than the limit", { freeBytes: 499 * mb }, "wrong"],
    ["disk_low", "space at the limit", { freeBytes: 500 * mb }, "keeps"],
    ["disk_low", "a tenth more", { freeBytes: 550 * mb }, "well"],
    ["disk_low", "space that is not known", { freeBytes: null }, "unknown"],
    ["disk_full", "nearly nothing", { freeBytes: 19 * mb }, "wrong"],
    ["disk_full", "a little more", { freeBytes: 39 * mb }, "keeps"],
    ["disk_full", "enough for a while", { freeBytes: 40 * mb }, "well"],
    ["disk_full", "space that is not known", { freeBytes: null }, "unknown"],
    ["clock_difference", "a minute", { clockDifferenceMs: 60 * secondMs }, "keeps"],
    ["clock_difference", "more than a minute", { clockDifferenceMs: 61 * secondMs }, "wrong"],
    ["clock_difference", "more than a minute behind", { clockDifferenceMs: -61 * secondMs }, "wrong"],
    ["clock_difference", "half a minute", { clockDifferenceMs: 30 * secondMs }, "well"],
    ["clock_difference", "a clock that is not known", { clockDifferenceMs: null }, "unknown"],
    ["program_errors", "ten errors", { errorsLastHour: 10 }, "keeps"],
    ["program_errors", "eleven errors", { errorsLastHour: 11 }, "wrong"],
    ["program_errors", "five errors", { errorsLastHour: 5 }, "well"],
    ["program_errors", "few errors, so soon after the start", { errorsLastHour: 0, hasWholeHour: false }, "unknown"],
    ["program_errors", "many errors soon after the start", { errorsLastHour: 11, hasWholeHour: false }, "wrong"],
    ["short_cycling", "few starts, so soon after the start", { hasWholeHour: false }, "unknown"],
    ["many_defrosts", "few defrosts, so soon after the start", { hasWholeHour: false }, "unknown"],
  ])("%s: %s", (rule, _, more, said) => {
    expect(saidOf(rule, { ...allWell, ...more })).toBe(said);
  });
});

describe("the settings", () => {
  it.each<readonly [string, Partial<AlertSettings>, Partial<DeviceSituation> & Partial<AlertSituation>]>([
    ["short_cycling", { starts_per_hour: 1 }, { startsLastHour: 2 }],
    ["many_defrosts", { defrosts_per_hour: 1 }, { defrostsLastHour: 2 }],
    ["low_cop", { day_cop: 4 }, { lastDay: { ...day, cop: 3.9 } }],
    ["disk_low", { disk_free_mb: 30_000 }, { freeBytes: 20_000 * mb }],
    ["clock_difference", { clock_difference_s: 15 }, { clockDifferenceMs: 16 * secondMs }],
    ["program_errors", { errors_per_hour: 1 }, { errorsLastHour: 2 }],
  ])("have the limit of %s", (rule, set, more) => {
    const situation = { ...allWell, ...more, devices: [{ ...device, ...more }] };
    expect(saidOf(rule, situation)).not.toBe("wrong");
    expect(saidOf(rule, { ...situation, limits: limits(set) })).toBe("wrong");
  });

  it("have the least flow where the house has it", () => {
    const situation = { ...allWell, devices: [{ ...device, flowLMin: 11 }] };
    expect(saidOf("low_flow", { ...situation, leastFlowLMin: 12 })).toBe("wrong");
  });

  it.each<readonly [string, keyof AlertSettings, number]>([
    ["offline", "offline_min", 0],
    ["low_flow", "low_flow_min", 0],
    ["immersion_heater", "immersion_heater_min", 0],
    ["booster_heater", "booster_heater_min", 0],
    ["room_feed_degraded", "room_feed_degraded_min", 0],
    // Two minutes of it have passed before a row counts as late.
    ["row_missing", "no_row_min", 2],
  ])("have how long %s must last", (rule, setting, less) => {
    const timing = timingsOf(limits({ [setting]: 42 }))(rule);
    expect(timing.afterMs).toBe((42 - less) * minuteMs);
  });

  it("have the defaults that the documentation names", () => {
    expect(limits({})).toEqual({
      offline_min: 5,
      no_row_min: 10,
      low_flow_min: 5,
      starts_per_hour: 4,
      defrosts_per_hour: 3,
      immersion_heater_min: 120,
      booster_heater_min: 120,
      day_cop: 1.5,
      room_feed_degraded_min: 60,
      disk_free_mb: 500,
      clock_difference_s: 60,
      errors_per_hour: 10,
      off: [],
      notify_home_assistant: true,
      channels: [],
    });
  });
});
