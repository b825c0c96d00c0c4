import { numberIn, type SeenMinute } from "../energy/timeline.ts";
import { round } from "../math/rounding.ts";
import { sum } from "../math/sums.ts";
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
  const [mode, setpoint] = [`${zone}_operating_mode`, `${zone}_flow_setpoint`] as const;
  const seen: CurvePoint[] = [];
  for (const minute of minutes) {
    if (minute.points[mode] !== "heat_compensation_curve") continue;
    const outdoorC = numberIn(minute, "outdoor_temperature");
    const flowC = numberIn(minute, setpoint);
    if (outdoorC !== null && flowC !== null) seen.push({ outdoorC: Math.round(outdoorC), flowC, minutes: 1 });
  }
  return pointsByOutdoor(seen, (point) => point);
}

/**
 * Points of the same whole °C outdoors become one, with their mean flow by minutes, in the order of the temperatures;
 * `pointOf` adds what else a point has.
 */
export function pointsByOutdoor<P extends CurvePoint>(
  points: readonly P[],
  pointOf: (point: CurvePoint, same: readonly P[]) => P,
): P[] {
  return [...Map.groupBy(points, ({ outdoorC }) => outdoorC)]
    .sort(([a], [b]) => a - b)
    .map(([outdoorC, same]) => {
      const minutes = sum(same, (each) => each.minutes);
      const flowC = sum(same, (each) => each.flowC * each.minutes) / minutes;
      return pointOf({ outdoorC, flowC, minutes }, same);
    });
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

/**
 * The curve of each zone as it is at the end of consecutive days: from those after it was last moved, or from the day of
 * that where there are none.
 */
export function curveInUse(days: readonly { readonly date: string; readonly curve: DayCurve }[]): DayCurve {
  const changes = curveChanges(days);
  const inUse = (of: CurveZone) => {
    const moved = changes.findLast(({ zone }) => zone === of)?.date ?? "";
    const after = days.filter(({ date, curve }) => date > moved && curve[of].length > 0);
    const known = after.length > 0 ? after : days.filter(({ date }) => date === moved);
    const points = pointsByOutdoor<CurvePoint>(
      known.flatMap(({ curve }) => curve[of]),
      (point) => point,
    );
    return points.filter(({ minutes }) => minutes >= leastMinutes);
  };
  return { zone_1: inUse("zone_1"), zone_2: inUse("zone_2") };
}
