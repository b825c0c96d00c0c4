import type { SeenMinute } from "../../energy/timeline.ts";
import { minuteMs } from "../../time/durations.ts";
import type { RuleResult } from "./rule-result.ts";

/** A single minute may be a start. */
const leastMinutes = 2;

/** Minutes that follow each other and match, at least two. */
export function streaks(minutes: readonly SeenMinute[], matches: (minute: SeenMinute) => boolean): SeenMinute[][] {
  const all: SeenMinute[][] = [];
  for (const minute of minutes) {
    if (!matches(minute)) continue;
    const running = all.at(-1);
    if (running !== undefined && minute.at - (running.at(-1)?.at ?? 0) === minuteMs) running.push(minute);
    else all.push([minute]);
  }
  return all.filter(({ length }) => length >= leastMinutes);
}

/** A result that is these minutes. */
export function resultOf(minutes: readonly SeenMinute[], value: number | null): RuleResult {
  const from = minutes[0]?.at ?? 0;
  const to = (minutes.at(-1)?.at ?? 0) + minuteMs;
  return { from, to, minutes: minutes.length, point: null, value };
}
