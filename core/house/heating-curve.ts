import type { DayEnergy } from "../energy/day-energy.ts";
import type { DayEvents } from "../events/day-events.ts";
import { curveChanges, curveInUse, type DayCurve } from "../events/flow-curve.ts";
import { type UsedFlow, usedFlows } from "../events/heating-flow.ts";
import { joinPerformance } from "../events/performance.ts";
import type { SettingPoint } from "../events/setting-changes.ts";
import { type EmitterKind, exponentOf, type LearnedEmitters, learnEmitters } from "./emitters.ts";
import { type HouseModel, type HouseUnknown, houseModel } from "./house.ts";
import { houseDaysOf } from "./house-day.ts";
import { isUsedLong, type NeededFlow, neededFlow } from "./needed-flow.ts";

/**
 * What a needed flow rests on that was not measured: the emitters' exponent, the rooms' temperature, the coldest
 * hours seen in place of a design temperature, an outdoor temperature that was not seen, one need of both zones, a share of Carnot
 * that stays the same.
 */
export const curveAssumptions = [
  "exponent",
  "room_temperature",
  "coldest_seen",
  "beyond_seen",
  "zones_together",
  "share_of_carnot",
] as const;
export type CurveAssumption = (typeof curveAssumptions)[number];

/** Why no needed flow is known: the house is not, or its water never went round for long. */
export type CurveUnknown = HouseUnknown | "no_steady_heating";

/** The heating curve of a range of days: as it was, and as the house needs it. */
export type HeatingCurve = {
  /** Flow temperatures that were heated with, by whole °C outdoors. */
  readonly used: readonly UsedFlow[];
  /** The compensation curve of each zone as it is at the end of the range; none where a zone follows none. */
  readonly curves: DayCurve;
  readonly needed: (NeededFlow & { readonly emitters: LearnedEmitters }) | null;
  /** Null where `needed` is known. */
  readonly why: CurveUnknown | null;
  readonly assumptions: readonly CurveAssumption[];
};

/** By what the flow is controlled. */
const controlPoints: readonly SettingPoint[] = ["zone_1_operating_mode", "zone_2_operating_mode", "auto_adaptive"];

/** What is known of the heating beside its days. */
export type HeatingSetup = {
  /** Null: not known. */
  readonly emitterKind: EmitterKind | null;
  readonly zones: number;
  /** Coldest outdoor temperature that the heating was designed for, °C; null: not set. */
  readonly designTemperatureC: number | null;
};

/**
 * The heating curve of the dates from `from` on. House and emitters are learned from all `days` and their `events` (of up
 * to a year, in order), as they are in a report.
 */
export function heatingCurve(of: {
  readonly from: string;
  readonly days: readonly DayEnergy[];
  readonly events: ReadonlyMap<string, DayEvents>;
  readonly setup: HeatingSetup;
}): HeatingCurve {
  const { from, days, events, setup } = of;
  const inRange = [...events.values()].filter(({ date }) => date >= from);
  const used = usedFlows(inRange.flatMap(({ heatingFlow }) => heatingFlow.used));
  const curves = curveInUse(inRange.map(({ settings }) => settings));
  const model = houseModel(houseDaysOf(days, events));
  const steady = [...events.values()].map(({ heatingFlow }) => heatingFlow.steady);
  const emitters = learnEmitters(steady, exponentOf(setup.emitterKind));
  if (model.house === null || emitters === null) {
    return { used, curves, needed: null, why: whyUnknown(model), assumptions: [] };
  }
  const seenC = Math.min(model.house.fromOutdoorC, ...heatedFrom(events));
  const coldestC = Math.min(seenC, setup.designTemperatureC ?? Number.POSITIVE_INFINITY);
  const heating = joinPerformance(inRange.map(({ performance }) => performance)).heating;
  const usedNow = usedFlows(heatedAsNow(inRange).flatMap(({ heatingFlow }) => heatingFlow.used));
  const needed = neededFlow({ house: model.house, emitters, coldestC, used: usedNow, heating });
  const isAssumed: Readonly<Record<CurveAssumption, boolean>> = {
    exponent: setup.emitterKind === null,
    room_temperature: emitters.isRoomAssumed,
    coldest_seen: setup.designTemperatureC === null,
    beyond_seen: coldestC < seenC,
    zones_together: setup.zones > 1,
    share_of_carnot: typeof needed.gain?.electricityShare === "number",
  };
  const assumptions = curveAssumptions.filter((assumption) => isAssumed[assumption]);
  return { used, curves, needed: { ...needed, emitters }, why: null, assumptions };
}

/**
 * The days since the flow was last controlled in another way, so that advice that was taken is not given again: by another
 * curve, another operating mode, or with auto-adaptive control on or off. The day of the change where there are no later ones.
 */
function heatedAsNow(days: readonly DayEvents[]): readonly DayEvents[] {
  const moved = curveChanges(days.map(({ settings }) => settings)).map(({ date }) => date);
  const chosen = days.filter(({ settings }) => settings.changes.some(({ point }) => controlPoints.includes(point)));
  const last = [...moved, ...chosen.map(({ date }) => date)].sort().at(-1) ?? "";
  const after = days.filter(({ date }) => date > last);
  return after.length > 0 ? after : days.filter(({ date }) => date === last);
}

/** The outdoor temperatures, °C, at which it heated for long enough: hours are colder than their days. */
function heatedFrom(events: ReadonlyMap<string, DayEvents>): number[] {
  const all = usedFlows([...events.values()].flatMap(({ heatingFlow }) => heatingFlow.used));
  return all.filter(isUsedLong).map(({ outdoorC }) => outdoorC);
}

function whyUnknown(model: HouseModel): CurveUnknown {
  return model.house === null ? model.why : "no_steady_heating";
}
