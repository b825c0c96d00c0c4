import { leastRunS } from "../../energy/fitted-sensors.ts";
import { numberIn, type SeenMinute } from "../../energy/timeline.ts";
import { minuteMs } from "../../time/durations.ts";
import type { Finding } from "./finding.ts";

/** Sensors that not every unit has: flow (heat), and the electricity counter of controllers from FTC6 on. */
const sensors = ["flow_rate", "daily_electricity"] as const;
export type Unfitted = (typeof sensors)[number];

/** The sensors that reported nothing but 0 on a day, also while the compressor ran. */
export function unfittedSensors(minutes: readonly SeenMinute[]): readonly Unfitted[] {
  return sensors.filter((sensor) => {
    const known = minutes.filter((minute) => numberIn(minute, sensor) !== null);
    const ran = known.reduce((sum, minute) => sum + (numberIn(minute, "compressor") ?? 0), 0);
    return ran >= leastRunS && known.every((minute) => numberIn(minute, sensor) === 0);
  });
}

type Day = { readonly startAt: number; readonly endAt: number; readonly unfitted: readonly Unfitted[] };

/** Each sensor that was not fitted, once for days that follow each other. */
export function unfittedFindings(days: readonly Day[]): Finding[] {
  return sensors.flatMap((point) => {
    const findings: Finding[] = [];
    for (const { startAt, endAt } of days.filter(({ unfitted }) => unfitted.includes(point))) {
      const last = findings.at(-1);
      const from = last?.to === startAt ? (findings.pop()?.from ?? startAt) : startAt;
      findings.push({ name: "not_fitted", from, to: endAt, minutes: (endAt - from) / minuteMs, point, value: null });
    }
    return findings;
  });
}
