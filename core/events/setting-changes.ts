import type { PointId } from "../catalogue/points.ts";
import { numberIn, rowsOfDay, type SeenMinute, type Timeline } from "../energy/timeline.ts";
import { noMinuteS, wholeMinuteS } from "../minute/figures.ts";
import { minuteMs } from "../time/durations.ts";
import { type DayCurve, flowCurveOf } from "./flow-curve.ts";

/** The settings of a person, as far as the firmware publishes them and the minute log keeps them. */
export const settingPoints = [
  "heat_pump_power",
  "zone_1_operating_mode",
  "zone_2_operating_mode",
  "zone_1_room_setpoint",
  "zone_2_room_setpoint",
  "zone_1_flow_setpoint",
  "zone_2_flow_setpoint",
  "auto_adaptive",
  "room_source_zone_1",
  "room_source_zone_2",
  "dhw_mode",
  "dhw_setpoint",
  "dhw_max_temperature_drop",
  "legionella_prevention_temperature",
] as const satisfies readonly PointId[];
export type SettingPoint = (typeof settingPoints)[number];
export type SettingValue = number | boolean | string;

/** A setting that became another one. */
export type SettingChange = {
  readonly point: SettingPoint;
  /** When the new value was first seen, ms since the epoch. */
  readonly at: number;
  /** Until when the old one was seen: the change lies between, exactly so but for gaps of the log. */
  readonly notBefore: number;
  readonly from: SettingValue;
  readonly to: SettingValue;
};

type Seen = { readonly value: SettingValue; readonly firstAt: number; readonly lastTo: number };

/**
 * The settings of a local day. `first` and `last` let days be joined; null: the setting was nobody's at
 * that end of the day (a flow set-point that follows a curve or the auto-adaptive loop).
 */
export type DaySettings = {
  readonly date: string;
  readonly changes: readonly SettingChange[];
  readonly first: Readonly<Partial<Record<SettingPoint, Seen | null>>>;
  readonly last: Readonly<Partial<Record<SettingPoint, Seen | null>>>;
  readonly curve: DayCurve;
};

/** Changes of one setting within this time are one: somebody changed it step by step. */
const sameChangeMs = 10 * minuteMs;

/** The settings of a local day and their changes. */
export function settingsOf(timeline: Timeline): DaySettings {
  const first: Partial<Record<SettingPoint, Seen | null>> = {};
  const last: Partial<Record<SettingPoint, Seen | null>> = {};
  const changes: SettingChange[] = [];
  const today = rowsOfDay(timeline);
  for (const point of settingPoints) {
    const values = valuesOf(today, point);
    values.forEach((seen, i) => {
      const before = values[i - 1];
      if (before && seen) changes.push(changeOf(point, before, seen));
    });
    if (values[0] === undefined) continue;
    first[point] = values[0];
    last[point] = values.at(-1) ?? null;
  }
  return { date: timeline.date, changes: changes.sort((a, b) => a.at - b.at), first, last, curve: flowCurveOf(today) };
}

/** The values of a setting one after the other; null where nobody set it in between. */
function valuesOf(minutes: readonly SeenMinute[], point: SettingPoint): (Seen | null)[] {
  const values: (Seen | null)[] = [];
  let running = null as { value: SettingValue; firstAt: number; lastTo: number } | null;
  const mode = modeOf(point);
  for (const minute of minutes) {
    if (mode !== undefined && isAutomatic(minute, mode)) {
      running = null;
      if (values.at(-1) !== null) values.push(null);
      continue;
    }
    const value = settingIn(minute, point);
    if (value === null) continue;
    if (running === null || running.value !== value) {
      running = { value, firstAt: minute.at, lastTo: minute.at };
      values.push(running);
    }
    running.lastTo = minute.at + minuteMs;
  }
  return values;
}

function changeOf(point: SettingPoint, before: Seen, now: Seen): SettingChange {
  return { point, at: now.firstAt, notBefore: before.lastTo, from: before.value, to: now.value };
}

/** What a setting was throughout a minute; null where it changed in it or was not known. */
function settingIn(minute: SeenMinute, point: SettingPoint): SettingValue | null {
  const value = minute.points[point] ?? null;
  if (point !== "heat_pump_power" && point !== "auto_adaptive") return value;
  if (typeof value !== "number") return null;
  return value >= wholeMinuteS ? true : value <= noMinuteS ? false : null;
}

/** The setting that says whether a flow set-point moves by itself; undefined for what never does. */
function modeOf(point: SettingPoint): SettingPoint | undefined {
  if (point === "zone_1_flow_setpoint") return "zone_1_operating_mode";
  return point === "zone_2_flow_setpoint" ? "zone_2_operating_mode" : undefined;
}

/** Whether a flow set-point moves by itself, which follows from the mode of its zone. */
function isAutomatic(minute: SeenMinute, modePoint: SettingPoint): boolean {
  const mode = minute.points[modePoint];
  const fixed = mode === "heat_flow_temperature" || mode === "cool_flow_temperature";
  const known = typeof mode === "string";
  return (known && !fixed) || (numberIn(minute, "auto_adaptive") ?? 0) > 0;
}

/** The changes of consecutive days in order of time; a setting that was changed step by step is one change. */
export function joinSettings(days: readonly DaySettings[]): SettingChange[] {
  const standing = new Map<SettingPoint, Seen | null>();
  const changes: SettingChange[] = [];
  for (const day of days) {
    for (const point of settingPoints) {
      const before = standing.get(point);
      const now = day.first[point];
      if (before && now && before.value !== now.value) changes.push(changeOf(point, before, now));
      const after = day.last[point];
      if (after !== undefined) standing.set(point, after);
    }
    changes.push(...day.changes);
  }
  return mergedSteps(changes.sort((a, b) => a.at - b.at));
}

function mergedSteps(changes: readonly SettingChange[]): SettingChange[] {
  const merged: SettingChange[] = [];
  for (const change of changes) {
    const i = merged.findLastIndex(({ point }) => point === change.point);
    const last = merged[i];
    if (last === undefined || change.at - last.at > sameChangeMs) merged.push(change);
    else merged[i] = { ...last, to: change.to };
  }
  return merged.filter(({ from, to }) => from !== to);
}
