import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { LastDay } from "./rules/running-rule.ts";

/** A day that is over changes rarely, and to compute it takes a while. */
const computedEachMs = 10 * minuteMs;

type Computed = LastDay & { readonly onDate: string; readonly at: number };

/** The last day of heat pumps, computed each ten minutes and when another day begins. */
export function lastDays(parts: { readonly clock: Pick<Clock, "now">; readonly zone: () => Zone }) {
  const computed = new Map<string, Computed>();
  return (id: string, yesterday: () => DayEnergy): LastDay => {
    const at = parts.clock.now();
    const onDate = parts.zone().dateOf(at);
    const before = computed.get(id);
    if (before?.onDate === onDate && Math.abs(at - before.at) < computedEachMs) return before;
    const { date, cop, electricityWh, waterL, complete: isComplete } = yesterday();
    const day = { date, cop, electricityWh, isComplete, waterL, onDate, at };
    computed.set(id, day);
    return day;
  };
}
