import { numberIn, type SeenMinute } from "../energy/timeline.ts";
import { round } from "../math/rounding.ts";
import { median } from "../math/theil-sen.ts";

export const curveZones = ["zone_1", "zone_2"] as const;
export type CurveZone = (typeof curveZones)[number];

/** Mean flow set-point at a whole °C outdoors, and how many minutes are behind it. */
export type CurvePoint = { readonly outdoorC: number; readonly flowC: number; readonly minutes: number };

/** The compensation curve of each zone as it was in a day; no points while the zone does not follow it. */
export type DayCurve = Readonly<Record<CurveZone, readonly CurvePoint[]>>;

/** The firmware does not publish the curve: it shows in the flow set-point at each outdoor temperature. */
export function flowCurveOf(minutes: readonly SeenMinute[]): DayCurve {
  return { zone_1: curveOf(minutes, "zone_1"), zone_2: curveOf(minutes, "zone_2") };
}

function curveOf(minutes: readonly SeenMinute[], zone: CurveZone): CurvePoint[] {
  const sums = new Map<number, { sum: number; minutes: number }>();
  for (const minute of minutes) {
    if (minute.points[`${zone}_operating_mode`] !== "heat_compensation_curve") continue;
    const outdoorC = numberIn(minute, "outdoor_temperature");
    const flowC = numberIn(minute, `${zone}_flow_setpoint`);
    if (outdoorC === null || flowC === null) continue;
    const at = Math.round(outdoorC);
    const known = sums.get(at) ?? { sum: 0, minutes: 0 };
    sums.set(at, { sum: known.sum + flowC, minutes: known.minutes + 1 });
  }
  return [...sums]
    .map(([outdoorC, { sum, minutes: count }]) => ({ outdoorC, flowC: sum / count, minutes: count }))
    .sort((a, b) => a.outdoorC - b.outdoorC);
}

/** A compensation curve that was moved, by `shiftK` at the outdoor temperatures that are known before and after. */
export type CurveChange = { readonly zone: CurveZone; readonly date: string; readonly shiftK: number };

/** An outdoor temperature counts from this many minutes of a day on, a day from so many at temperatures that were seen before. Chosen. */
const leastMinutes = 15;
const leastSharedMinutes = 60;
/** Steps of 0.5 K and the rounding outdoors make less than this. */
const leastShiftK = 0.75;

/**
 * When a curve was moved, from consecutive days. A day is compared with what was last seen at the same temperatures;
 * the day of the change, a mixture of both, and the next count as one change.
 */
export function curveChanges(days: readonly { readonly date: string; readonly curve: DayCurve }[]): CurveChange[] {
  return curveZones.flatMap((zone) => {
    const last = new Map<number, number>();
    const changes: CurveChange[] = [];
    let changedAt = Number.NEGATIVE_INFINITY;
    days.forEach(({ date, curve }, i) => {
      const points = curve[zone].filter(({ minutes }) => minutes >= leastMinutes);
      const shiftK = shiftOf(points, last);
      if (shiftK !== null) {
        const before = changes.at(-1);
        if (changedAt === i - 1 && before !== undefined) {
          changes[changes.length - 1] = { ...before, shiftK: before.shiftK + shiftK };
        } else {
          changes.push({ zone, date, shiftK });
        }
        changedAt = i;
        last.clear();
      }
      for (const { outdoorC, flowC } of points) last.set(outdoorC, flowC);
    });
    return changes.map((change) => ({ ...change, shiftK: round(change.shiftK, 1) }));
  });
}

function shiftOf(points: readonly CurvePoint[], last: ReadonlyMap<number, number>): number | null {
  const shared = points.filter(({ outdoorC }) => last.has(outdoorC));
  if (shared.reduce((sum, { minutes }) => sum + minutes, 0) < leastSharedMinutes) return null;
  const shiftK = median(shared.map(({ outdoorC, flowC }) => flowC - (last.get(outdoorC) ?? flowC))) ?? 0;
  return Math.abs(shiftK) >= leastShiftK ? shiftK : null;
}
