import { noMeterFigures } from "@heatloop/core/minute/external-meter";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";

/** A step of the counter that may come from its own minute. */
const ownStepWh = 100;

/**
 * Minutes that fill a gap between logged ones: what was used in the gap, the log has booked on the minute after it
 * (and gives it back to the minutes of the gap, whose operation is now known). So it must not be booked again: the
 * electricity of such a minute is left out, and so is a step of the source over minutes that are logged.
 * All of one local date, `minutes` all that the source has of it; `loggedAfter`: those of the next logged date.
 */
export function withoutBookedTwice(parts: {
  readonly minutes: readonly Minute[];
  readonly fresh: readonly Minute[];
  readonly logged: readonly Minute[];
  readonly loggedAfter: readonly Minute[];
}): { readonly minutes: Minute[]; readonly leftOut: number } {
  const { logged } = parts;
  if (logged.length === 0 && parts.loggedAfter.length === 0) return { minutes: [...parts.fresh], leftOut: 0 };
  const counted = logged.filter(
    ({ figures, points }) => figures.electricity_wh !== null && typeof points.daily_electricity === "number",
  );
  const metered = [...logged, ...parts.loggedAfter].filter(({ figures }) => figures.meter_wh !== null);
  const counterAt = parts.minutes.filter(({ figures }) => figures.electricity_wh !== null).map(({ at }) => at);
  let leftOut = 0;

  /** The counter starts again each day: only the same date's log can have booked it. */
  function counterIsBooked(minute: Minute): boolean {
    const next = counted.find(({ at }) => at > minute.at);
    const before = counted.findLast(({ at }) => at < minute.at);
    if (next !== undefined && (before !== undefined || (next.figures.electricity_wh ?? 0) > ownStepWh)) return true;
    const countedBefore = counterAt.findLast((at) => at < minute.at) ?? Number.NEGATIVE_INFINITY;
    return before !== undefined && before.at > countedBefore;
  }

  function meterIsBooked({ at, figures }: Minute): boolean {
    const next = metered.find((each) => each.at > at);
    if (next !== undefined && startOfStep(next) <= at) return true;
    return metered.some((each) => each.at < at && each.at >= startOfStep({ at, figures }));
  }

  const minutes = parts.fresh.map((minute) => {
    const { figures } = minute;
    const counter = figures.electricity_wh !== null && counterIsBooked(minute);
    const meter = figures.meter_wh !== null && meterIsBooked(minute);
    if (!counter && !meter) return minute;
    leftOut += 1;
    return {
      ...minute,
      figures: { ...figures, ...(counter && { electricity_wh: null }), ...(meter && { ...noMeterFigures }) },
    };
  });
  return { minutes, leftOut };
}

/** From when on a minute's step of the meter counts. */
function startOfStep({ at, figures }: Pick<Minute, "at" | "figures">): number {
  return at + minuteMs - Math.max(minuteMs, (figures.meter_s ?? 0) * secondMs) - secondMs;
}
