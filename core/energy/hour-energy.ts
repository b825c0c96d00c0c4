import { type Operation, operations } from "../live/operation.ts";
import { hourMs, minuteMs } from "../time/durations.ts";
import type { Zone } from "../time/local-day.ts";
import { type CopOf, copBasisOf } from "./cop-basis.ts";
import { columnOfDay, type DayColumns } from "./day-columns.ts";
import { type DayElectricity, dayElectricity } from "./day-electricity.ts";
import { type Part, parts } from "./day-energy.ts";
import { dayWindow } from "./day-window.ts";
import { usesOfSteps } from "./electricity-per-minute.ts";
import { type ElectricitySetup, usualElectricity } from "./electricity-setup.ts";
import { type DaySteps, daySteps } from "./electricity-side.ts";
import { type PairedUse, pairedUseOfRows } from "./electricity-use.ts";
import { fittedDay } from "./fitted-sensors.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";

/** Heat and electricity of one hour (or another slot) of a local day, whole Wh. */
export type HourEnergy = {
  /** Start of a full hour (or slot) of UTC, ms since the epoch. Where a day begins at a half hour, two days share one. */
  readonly at: number;
  /** Net heat into the water (defrost is negative), in cooling the cold; null where none of the hour was seen. */
  readonly heatWh: Readonly<Record<Operation, number>> | null;
  /** null where neither meter nor counter reported anything of the hour. */
  readonly electricityWh: Readonly<Record<Part, number>> | null;
  /** The two sides of the COP; null where heat and electricity were never seen at the same time. */
  readonly copBasis: CopOf | null;
};

type Day = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  readonly zone: Zone;
  /** Bounds a running day. */
  readonly now: number;
  readonly electricity?: ElectricitySetup | undefined;
};
/** A local day with its minutes as columns. */
export type ColumnsDay = Day & { readonly columns: DayColumns };

/**
 * The hours of a local day of which anything is known, in order of time, from its minutes as columns. Hour by hour they
 * add up to what `dayEnergyOfColumns` reports of the day by operation, to the Wh.
 */
export function hourEnergyOfColumns(logged: ColumnsDay): HourEnergy[] {
  return slotEnergyOfColumns(logged, hourMs);
}

/** The same of slots of another length that an hour is a multiple of; they add up to the day too, but not to its hours. */
export function slotEnergyOfColumns(logged: ColumnsDay, slotMs: number): HourEnergy[] {
  const day = { ...logged, columns: fittedDay(logged.columns).columns };
  const { zone, date } = day;
  const startAt = zone.startOf(date);
  const firstAt = Math.floor(startAt / slotMs) * slotMs;
  const hours = Array.from(
    { length: Math.ceil((zone.endOf(date) - firstAt) / slotMs) },
    (_, i) => firstAt + i * slotMs,
  );
  const hourOf = (at: number) => Math.max(0, Math.min(hours.length - 1, Math.floor((at - firstAt) / slotMs)));
  const heat = heatOfHours(day.columns, hours.length, hourOf);
  const counted = countedDay(day);
  const electricity = counted === null ? [] : electricityOfHours(day, counted, startAt, hours.length, hourOf);
  const copBases = counted === null ? [] : copBasesOfHours(day.columns, counted, hours.length, hourOf);
  return hours.flatMap((at, i) => {
    const heatWh = heat[i] ?? null;
    const electricityWh = electricity[i] ?? null;
    return heatWh === null && electricityWh === null
      ? []
      : [{ at, heatWh, electricityWh, copBasis: copBases[i] ?? null }];
  });
}

type CountedDay = {
  readonly used: DaySteps;
  readonly ofDay: DayElectricity;
  /** They have distributed the electricity of the day. */
  readonly passes: RowPasses;
};

/** null where neither meter nor counter reported anything. */
function countedDay(day: ColumnsDay): CountedDay | null {
  const { columns, electricity: setup = usualElectricity } = day;
  const window = dayWindow({ ...day, day: columns, next: undefined });
  const used = daySteps(window, setup.correctionFactor);
  if (used === null) return null;
  const passes = plainPasses(columns.rows);
  return { used, ofDay: dayElectricity(window, used, setup, passes), passes };
}

function heatOfHours(day: DayColumns, length: number, hourOf: (at: number) => number) {
  const known = columnOfDay(day, "heat_wh");
  const isKnown = new Array<boolean>(length).fill(false);
  for (let row = 0; row < day.rows; row += 1) {
    if (!Number.isNaN(known[row] as number)) isKnown[hourOf(day.times[row] as number)] = true;
  }
  const whole = operations.map((operation) => {
    const column = columnOfDay(day, `${operation}_wh`);
    // Summed up in the order in which the day is, so that both are rounded alike.
    const untilWh = new Array<number>(length).fill(0);
    let sum = 0;
    for (let row = 0, hour = 0; row < day.rows; row += 1) {
      for (const at = hourOf(day.times[row] as number); hour < at; hour += 1) untilWh[hour] = sum;
      sum += column[row] || 0;
      untilWh.fill(sum, hour);
    }
    return wholeSteps(untilWh);
  });
  return isKnown.map((is, hour) => (is ? named(operations, whole, hour) : null));
}

function electricityOfHours(
  { columns, electricity: setup = usualElectricity }: ColumnsDay,
  { used, ofDay }: CountedDay,
  startAt: number,
  length: number,
  hourOf: (at: number) => number,
) {
  const heaters = ofDay.immersionIsCounted ? setup : { ...setup, immersionHeaterW: 0 };
  const uses = usesOfSteps(columns, startAt, used.steps, heaters);
  const isKnown = new Array<boolean>(length).fill(false);
  for (let row = 0; row < columns.rows; row += 1) {
    if (!Number.isNaN(used.steps[row] as number)) isKnown[hourOf(columns.times[row] as number)] = true;
  }
  const whole = parts.map((part) => {
    const exactWh = new Array<number>(length).fill(0);
    uses.forEach((use, minute) => {
      const hour = hourOf(startAt + minute * minuteMs);
      exactWh[hour] = (exactWh[hour] as number) + use[part];
      if (use[part] > 0) isKnown[hour] = true;
    });
    let sum = 0;
    const steps = wholeSteps(exactWh.map((wh) => (sum += wh)));
    return addingUpTo(ofDay.parts[part], steps, exactWh);
  });
  return isKnown.map((is, hour) => (is ? named(parts, whole, hour) : null));
}

/** They add up to the basis of the day's COP. */
function copBasesOfHours(
  columns: DayColumns,
  { used, ofDay, passes }: CountedDay,
  length: number,
  hourOf: (at: number) => number,
): (CopOf | null)[] {
  const coveredS = columnOfDay(columns, "covered_s");
  const isPaired = new Array<boolean>(length).fill(false);
  const exact = Array.from({ length }, () => ({ heatWh: 0, electricityWh: 0 }));
  for (let from = 0, to = 0; from < columns.rows; from = to) {
    const hour = hourOf(columns.times[from] as number);
    for (; to < columns.rows && hourOf(columns.times[to] as number) === hour; to += 1) {
      if ((coveredS[to] as number) > 0 && !Number.isNaN(used.steps[to] as number)) isPaired[hour] = true;
    }
    exact[hour] = exactBasis(pairedUseOfRows(columns, used.steps, passes, { from, to }));
  }
  const day = copBasisOf(ofDay.use.paired).all;
  const whole = (side: keyof CopOf) => {
    let sum = 0;
    const hours = exact.map((hour) => hour[side]);
    return addingUpTo(day[side], wholeSteps(hours.map((wh) => (sum += wh))), hours);
  };
  const [heatWh, electricityWh] = [whole("heatWh"), whole("electricityWh")];
  return isPaired.map((is, hour) =>
    is ? { heatWh: heatWh[hour] as number, electricityWh: electricityWh[hour] as number } : null,
  );
}

/** As `copBasisOf` has it of a day, not yet rounded. */
function exactBasis({ heatWh, electricityWh, immersionWh }: PairedUse): CopOf {
  const sum = (by: PairedUse["heatWh"]) => operations.reduce((total, operation) => total + by[operation], 0);
  return { heatWh: sum(heatWh), electricityWh: sum(electricityWh) - sum(immersionWh) };
}

/** What each adds to a running sum whose values are rounded to whole Wh. */
function wholeSteps(untilWh: readonly number[]): number[] {
  return untilWh.map((wh, i) => Math.round(wh) - Math.round(untilWh[i - 1] ?? 0) + 0);
}

/** Gives what rounding left of a sum to its largest parts, a Wh each. */
export function addingUpTo(sumWh: number, wholeWh: readonly number[], exactWh: readonly number[]): number[] {
  const result = [...wholeWh];
  // An hour of which nothing is known has none, and what takes heat from the water is as large as what gives it.
  const sizeOf = (i: number) => Math.abs((result[i] as number) + (exactWh[i] as number));
  let rest = sumWh - result.reduce((sum, wh) => sum + wh, 0);
  while (rest !== 0) {
    const step = Math.sign(rest);
    const largest = result.reduce((best, _, i) => (sizeOf(i) > sizeOf(best) ? i : best), 0);
    result[largest] = (result[largest] as number) + step;
    rest -= step;
  }
  return result;
}

function named<Name extends string>(names: readonly Name[], values: readonly (readonly number[])[], hour: number) {
  return Object.fromEntries(names.map((name, i) => [name, values[i]?.[hour] ?? 0])) as Record<Name, number>;
}
