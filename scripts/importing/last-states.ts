import type { Minute } from "@heatloop/core/minute/minute";

/**
 * Minutes of the newest logged date, without the states of counter and meter where the log has later ones. After a
 * restart the program goes on from the states that were written last: they must not be older ones.
 */
export function withoutOlderStates(minutes: readonly Minute[], logged: readonly Minute[]): Minute[] {
  const countedAt = logged.findLast(({ points }) => typeof points.daily_electricity === "number")?.at;
  const meteredAt = logged.findLast(({ figures }) => figures.meter_kwh !== null)?.at;
  return minutes.map((minute) => {
    const { at, figures, points } = minute;
    return {
      at,
      figures: meteredAt !== undefined && at < meteredAt ? { ...figures, meter_kwh: null } : figures,
      points: countedAt !== undefined && at < countedAt ? { ...points, daily_electricity: null } : points,
    };
  });
}
