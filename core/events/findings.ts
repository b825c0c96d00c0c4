import type { PointId } from "../catalogue/points.ts";
import { numberIn, ranSteadily, rowsOfDay, type SeenMinute, type Timeline } from "../energy/timeline.ts";
import { minuteMs } from "../time/durations.ts";
import { copFindings } from "./rules/cop-findings.ts";
import type { Finding, FindingName } from "./rules/finding.ts";
import { stuckSensors } from "./rules/stuck-sensors.ts";
import { type Unfitted, unfittedFindings, unfittedSensors } from "./rules/unfitted-findings.ts";

export type DayFindings = {
  readonly date: string;
  /** Borders of the local day, ms since the epoch. */
  readonly startAt: number;
  readonly endAt: number;
  readonly findings: readonly Finding[];
  /** The outdoor temperature, where it was the same all day, °C. */
  readonly outdoorStoodAtC: number | null;
  /** Sensors that the unit does not have; nothing that follows from them alone is a finding. */
  readonly unfitted: readonly Unfitted[];
};

export type Limits = {
  /** Least water flow of the unit by its data sheet, L/min. */
  readonly leastFlowLMin: number;
};
/** Low enough to be too little for every Ecodan; the data sheet of the unit has its own limit. */
export const usualLimits: Limits = { leastFlowLMin: 5 };

/** As emoncms' myheatpump: no heat counted although the flow is warm and warmer than the return. */
const air = { heatWh: 50 / 60, differenceK: 1.5, flowC: 30 };
const leastMinutes = 2;
/** A day with less of the outdoor temperature says nothing about a stuck sensor. */
const outdoorLeastMinutes = 20 * 60;

/** The findings of a day, in order of time. */
export function findingsOf(timeline: Timeline, limits: Limits = usualLimits): DayFindings {
  const today = rowsOfDay(timeline);
  const unfitted = unfittedSensors(today);
  const flowing = unfitted.includes("flow_rate") ? [] : today;
  const findings = [
    ...streaks(flowing, hasAir).map((streak) => findingOf("air_in_circuit", streak, null)),
    ...streaks(flowing, (minute) => hasLowFlow(minute, limits)).map((streak) =>
      findingOf("flow_below_minimum", streak, lowest(streak, "flow_rate")),
    ),
    ...copFindings(today),
    ...stuckSensors(today).filter(({ point }) => !unfitted.some((each) => each === point)),
  ];
  return {
    date: timeline.date,
    startAt: timeline.startAt,
    endAt: timeline.endAt,
    findings: findings.sort((a, b) => a.from - b.from),
    outdoorStoodAtC: outdoorStoodAt(today),
    unfitted,
  };
}

function findingOf(name: FindingName, minutes: readonly SeenMinute[], value: number | null): Finding {
  const from = minutes[0]?.at ?? 0;
  const to = (minutes.at(-1)?.at ?? 0) + minuteMs;
  return { name, from, to, minutes: minutes.length, point: null, value };
}

/** Spans of at least two minutes in a row; a single one may be a start. */
function streaks(minutes: readonly SeenMinute[], matches: (minute: SeenMinute) => boolean): SeenMinute[][] {
  const all: SeenMinute[][] = [];
  for (const minute of minutes) {
    if (!matches(minute)) continue;
    const running = all.at(-1);
    if (running !== undefined && minute.at - (running.at(-1)?.at ?? 0) === minuteMs) running.push(minute);
    else all.push([minute]);
  }
  return all.filter(({ length }) => length >= leastMinutes);
}

function hasAir(minute: SeenMinute): boolean {
  // Without a flow the heat of a minute is not known.
  const heatWh = minute.figures.heat_wh ?? (numberIn(minute, "flow_rate") === 0 ? 0 : null);
  const flowC = numberIn(minute, "flow_temperature");
  const returnC = numberIn(minute, "return_temperature");
  if (heatWh === null || flowC === null || returnC === null || !ranSteadily(minute)) return false;
  return Math.abs(heatWh) < air.heatWh && flowC - returnC > air.differenceK && flowC > air.flowC;
}

function hasLowFlow(minute: SeenMinute, limits: Limits): boolean {
  const flowLMin = numberIn(minute, "flow_rate");
  return flowLMin !== null && flowLMin < limits.leastFlowLMin && ranSteadily(minute) && !hasAir(minute);
}

function lowest(minutes: readonly SeenMinute[], point: PointId): number | null {
  const values = minutes.map((minute) => numberIn(minute, point)).filter((value) => value !== null);
  return values.length === 0 ? null : Math.min(...values);
}

function outdoorStoodAt(minutes: readonly SeenMinute[]): number | null {
  const values = minutes.map((minute) => numberIn(minute, "outdoor_temperature")).filter((value) => value !== null);
  const [first] = values;
  if (first === undefined || values.length < outdoorLeastMinutes) return null;
  return values.every((value) => value === first) ? first : null;
}

/**
 * The findings of consecutive days. One day of fog keeps the outdoor temperature at one whole degree; two days at the
 * same one are a stuck sensor.
 */
export function joinFindings(days: readonly DayFindings[]): Finding[] {
  const all = [...days.flatMap(({ findings }) => findings), ...unfittedFindings(days)];
  let first = 0;
  days.forEach((day, i) => {
    const value = day.outdoorStoodAtC;
    if (value === null || days[i - 1]?.outdoorStoodAtC !== value || days[i - 1]?.endAt !== day.startAt) first = i;
    const goesOn = days[i + 1]?.outdoorStoodAtC === value && days[i + 1]?.startAt === day.endAt;
    if (value === null || goesOn || first === i) return;
    const from = days[first]?.startAt ?? day.startAt;
    const minutes = (day.endAt - from) / minuteMs;
    all.push({ name: "stuck_sensor", from, to: day.endAt, minutes, point: "outdoor_temperature", value });
  });
  return all.sort((a, b) => a.from - b.from);
}
