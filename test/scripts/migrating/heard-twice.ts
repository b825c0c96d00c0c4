import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { runningTotal } from "@heatloop/core/live/running-total";
import { type Minute, type Minutes, startMinutes } from "@heatloop/core/minute/minute";
import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";

/** A time in which a program hears nothing of the heat pump, or does not run, in minutes since the begin. */
export type Outage = { readonly from: number; readonly minutes: number; readonly kind: "deaf" | "down" };

export const beginAt = Date.parse("2026-11-20T21:30:00Z");
/** The controller's midnight is that of UTC here. */
export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const pollMs = 10 * secondMs;

/** A heat pump that reports each 10 s: it runs and stops by the lengths of `runs`, in minutes, and counts electricity in steps of 0.1 kWh. */
function* reportsOf(runs: readonly number[], minutes: number) {
  let usedWh = 7_300;
  let starts = 0;
  let wasOn = false;
  for (let ms = 0; ms < minutes * minuteMs; ms += pollMs) {
    const at = beginAt + ms;
    if (at % dayMs === 0) usedWh = 0;
    const isOn = phaseOf(runs, ms / minuteMs) % 2 === 1;
    if (isOn && !wasOn) starts += 1;
    wasOn = isOn;
    usedWh += ((isOn ? 4_800 : 300) * pollMs) / hourMs;
    const states: [PointId, Value][] = [
      ["operation_mode", "Space Heating"],
      ["compressor", isOn],
      ["defrost", false],
      ["flow_rate", 18],
      ["flow_temperature", isOn ? 36 : 30],
      ["return_temperature", 30],
      ["daily_electricity", Math.floor(usedWh / 100) / 10],
    ];
    yield { at, states, starts };
  }
}

function phaseOf(runs: readonly number[], minute: number): number {
  let left = minute % runs.reduce((sum, each) => sum + each, 0);
  return runs.findIndex((length) => {
    left -= length;
    return left < 0;
  });
}

/** The rows of a program that hears the heat pump but for its outages. */
export function rowsHeard(runs: readonly number[], minutes: number, outages: readonly Outage[]): Minute[] {
  const rows: Minute[] = [];
  let program: Minutes | undefined;
  for (const { at, states } of reportsOf(runs, minutes)) {
    const minute = (at - beginAt) / minuteMs;
    const outage = outages.find(({ from, minutes: length }) => minute >= from && minute < from + length);
    if (at > beginAt && at % minuteMs === 0 && program !== undefined) {
      rows.push({ ...program.close(at), at: at - minuteMs });
    }
    if (outage?.kind === "down") program = undefined;
    else program ??= startMinutes({ at, dayOf, counter: counterIn(rows) });
    if (outage !== undefined || program === undefined) continue;
    for (const [point, value] of states) program.take({ device: "hp", point, value, at });
  }
  return rows;
}

function counterIn(rows: readonly Minute[]) {
  const last = rows.findLast(({ points }) => typeof points.daily_electricity === "number");
  return last && runningTotal({ kwh: Number(last.points.daily_electricity), at: last.at });
}

/** What the heat pump itself counts from the first row on: electricity of whole steps, Wh, and starts. */
export function countedBy(runs: readonly number[], minutes: number) {
  let electricityWh = 0;
  let before: number | undefined;
  let starts = 0;
  for (const report of reportsOf(runs, minutes)) {
    const kwh = Number(new Map(report.states).get("daily_electricity"));
    if (before !== undefined) electricityWh += Math.round((kwh >= before ? kwh - before : kwh) * 1000);
    before = kwh;
    starts = report.starts;
  }
  return { electricityWh, starts };
}
