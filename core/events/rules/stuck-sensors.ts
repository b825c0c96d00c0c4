import type { PointId } from "../../catalogue/points.ts";
import { numberIn, type SeenMinute } from "../../energy/timeline.ts";
import { minuteMs } from "../../time/durations.ts";
import type { Finding } from "./finding.ts";

/** For how many minutes something must have moved while a value did not, so that the value cannot be right. */
type Rule = {
  readonly point: PointId;
  readonly leastMinutes: number;
  readonly running: number;
  readonly stopped: number;
  readonly heatingTank: number;
};

const rules: readonly Rule[] = [
  { point: "flow_temperature", leastMinutes: 60, running: 20, stopped: 10, heatingTank: 0 },
  { point: "return_temperature", leastMinutes: 240, running: 60, stopped: 30, heatingTank: 0 },
  { point: "dhw_temperature", leastMinutes: 30, running: 30, stopped: 0, heatingTank: 30 },
  { point: "daily_electricity", leastMinutes: 60, running: 60, stopped: 0, heatingTank: 0 },
];

/**
 * Values that stood still through what must move them: flow and return temperature through running and standing of the
 * compressor (a warm floor holds the return for an hour or two), the tank through half an hour of charging, the electricity counter through an hour of running.
 */
export function stuckSensors(minutes: readonly SeenMinute[]): Finding[] {
  return rules.flatMap((rule) => stuck(minutes, rule));
}

function stuck(minutes: readonly SeenMinute[], rule: Rule): Finding[] {
  const findings: Finding[] = [];
  let first = 0;
  minutes.forEach((minute, i) => {
    const value = numberIn(minute, rule.point);
    const next = minutes[i + 1];
    const goesOn = value !== null && next?.at === minute.at + minuteMs && numberIn(next, rule.point) === value;
    if (goesOn) return;
    const still = minutes.slice(first, i + 1);
    const from = minutes[first]?.at ?? minute.at;
    first = i + 1;
    if (value === null || !movedBy(still, rule)) return;
    const to = minute.at + minuteMs;
    findings.push({ name: "stuck_sensor", from, to, minutes: still.length, point: rule.point, value });
  });
  return findings;
}

function movedBy(still: readonly SeenMinute[], rule: Rule): boolean {
  if (still.length < rule.leastMinutes) return false;
  const on = (minute: SeenMinute) => numberIn(minute, "compressor");
  const running = still.filter((minute) => (on(minute) ?? 0) >= 59.5).length;
  const stopped = still.filter((minute) => on(minute) === 0).length;
  const heatingTank = still.filter(({ figures }) => (figures.hot_water_s ?? 0) >= 59.5).length;
  return running >= rule.running && stopped >= rule.stopped && heatingTank >= rule.heatingTank;
}
