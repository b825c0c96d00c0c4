import { numberIn, rowsOfDay, type SeenMinute, type Timeline } from "../../energy/timeline.ts";
import { type CopWindow, copWindows } from "./cop-windows.ts";
import { type Unfitted, unfittedSensors } from "./unfitted-sensors.ts";

export type Limits = {
  /** Least water flow of the unit by its data sheet, L/min. */
  readonly leastFlowLMin: number;
};
/** Low enough to be too little for every Ecodan; the data sheet of the unit says more. */
export const usualLimits: Limits = { leastFlowLMin: 5 };

/** A day as the rules look at it. */
export type RuleDay = {
  /** In order of time. */
  readonly minutes: readonly SeenMinute[];
  readonly limits: Limits;
  /** Sensors that the unit does not have; what follows from them alone is no finding. */
  readonly unfitted: readonly Unfitted[];
  readonly windows: readonly CopWindow[];
};

/** What is kept of a day for what only several days show. */
export type RuledDay = {
  readonly date: string;
  /** Borders of the local day, ms since the epoch. */
  readonly startAt: number;
  readonly endAt: number;
  readonly unfitted: readonly Unfitted[];
  /** The outdoor temperature, where it was the same all day, °C. */
  readonly outdoorStoodAtC: number | null;
};

/** Fewer minutes are no day on which a temperature has to move. */
const leastOutdoorMinutes = 20 * 60;

export function ruleDayOf(timeline: Timeline, limits: Limits): RuleDay {
  const minutes = rowsOfDay(timeline);
  return { minutes, limits, unfitted: unfittedSensors(minutes), windows: copWindows(minutes) };
}

export function ruledDayOf({ date, startAt, endAt }: Timeline, { minutes, unfitted }: RuleDay): RuledDay {
  return { date, startAt, endAt, outdoorStoodAtC: outdoorStoodAt(minutes), unfitted };
}

function outdoorStoodAt(minutes: readonly SeenMinute[]): number | null {
  const values = minutes.map((minute) => numberIn(minute, "outdoor_temperature")).filter((value) => value !== null);
  const [first] = values;
  if (first === undefined || values.length < leastOutdoorMinutes) return null;
  return values.every((value) => value === first) ? first : null;
}
