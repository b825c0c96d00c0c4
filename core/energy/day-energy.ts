import type { HeatFormula } from "../heat/heat-formula.ts";
import { type Operation, operations } from "../live/operation.ts";
import type { Minute } from "../minute/minute.ts";
import type { Zone } from "../time/local-day.ts";
import type { Boundary } from "./boundary.ts";
import { type ControllerTotals, controllerTotalsOfDay } from "./controller-totals.ts";
import {
  type CopBasis,
  type CopRange,
  copBasisOf,
  copBoundaryOf,
  copRangeOf,
  type WithImmersion,
  withImmersion,
} from "./cop-basis.ts";
import { columnsOfMinutes, type DayColumns } from "./day-columns.ts";
import { dayElectricity, wholeNumbers } from "./day-electricity.ts";
import { type DaySources, daySources } from "./day-sources.ts";
import type { DaySums } from "./day-sums.ts";
import { dayWindow } from "./day-window.ts";
import { type ElectricitySetup, usualElectricity } from "./electricity-setup.ts";
import { daySteps } from "./electricity-side.ts";
import type { Consumer } from "./electricity-use.ts";
import { fittedDay } from "./fitted-sensors.ts";
import { type Gap, gapsOf } from "./gaps.ts";
import { withHeatMeter } from "./heat-meter-error.ts";
import type { RowPasses } from "./passes/row-passes.ts";
import { type SignalQuality, signalQuality } from "./signal-quality.ts";
import { roundingError } from "./uncertainty.ts";

/** Time whose operation is not known: the device or the program was away, or the mode was not told. */
export type Part = Operation | "unknown";
export const parts = [...operations, "unknown"] as const;

/** One use of a day; heat is what was delivered (cold in cooling, negative in defrost), COP null where it means nothing. */
export type PartEnergy = {
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
  readonly cop: number | null;
  readonly seconds: number;
};

/** The energy report of one local day. heatWh + coolingWh and electricityWh are the sums of the parts, to the Wh. */
export type DayEnergy = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  /** Seconds of the local day: 82,800, 86,400 or 90,000. */
  readonly seconds: number;
  /** Rows of it; 0 of a day of which only the controller told, on the day after. */
  readonly loggedMinutes: number;
  readonly coveredS: number;
  /** Share of the day that was seen, 0 to 1; of the part that has passed, on a running day. */
  readonly coverage: number;
  /** Whether the day is over and its coverage at least 99 %. */
  readonly complete: boolean;
  /** What was seen at the flow sensors: of a day with gaps less than `sources` tells of the whole. */
  readonly heatWh: number | null;
  readonly coolingWh: number | null;
  /** What the external meter or else the counter counted. */
  readonly electricityWh: number | null;
  /**
   * Heat and cold over electricity of the time in which both were seen, the immersion heater left out (`withImmersion`
   * has it); null where that means nothing.
   */
  readonly cop: number | null;
  readonly parts: Readonly<Record<Part, PartEnergy>>;
  readonly starts: number;
  readonly defrosts: number;
  readonly runMinutes: number;
  readonly controller: ControllerTotals | null;
  /** Each side from its best source, with its range and the other sources beside it. */
  readonly sources: DaySources;
  /** What the COPs are of, and what its electricity takes in; null where a side is not known at all. */
  readonly copBasis: CopBasis | null;
  readonly copBoundary: Boundary | null;
  readonly copRange: CopRange | null;
  readonly withImmersion: WithImmersion | null;
  /** Estimate of what took the electricity; adds up to electricityWh. */
  readonly consumers: Readonly<Record<Consumer, number>> | null;
  /** Water that passed the flow sensor, L. */
  readonly waterL: number;
  /** What all of it carries at 1 K, Wh. */
  readonly waterWhPerK: number;
  readonly quality: SignalQuality;
  readonly gaps: readonly Gap[];
};

/** Below this the 0.1 kWh steps of the counter make a COP meaningless. */
const leastElectricityWh = 100;
const completeShare = 0.99;
const minuteS = 60;

/**
 * The energy of one local day from its minutes (in order of time, each once). `now` bounds a running day;
 * `nextDay` are the minutes of the day after, in which the controller tells this day's own totals.
 */
export function dayEnergy(day: {
  readonly date: string;
  readonly zone: Zone;
  readonly minutes: readonly Minute[];
  readonly now: number;
  readonly nextDay?: readonly Minute[];
  readonly electricity?: ElectricitySetup;
  readonly formula?: HeatFormula | undefined;
}): DayEnergy {
  return dayEnergyOfColumns({
    ...day,
    columns: columnsOfMinutes(day.minutes),
    nextDay: day.nextDay && columnsOfMinutes(day.nextDay),
  });
}

/** The same from columns as they are read from the archive. */
export function dayEnergyOfColumns(day: {
  readonly date: string;
  readonly zone: Zone;
  readonly columns: DayColumns;
  readonly now: number;
  readonly nextDay?: DayColumns | undefined;
  readonly electricity?: ElectricitySetup | undefined;
  /** That by which the rows have their heat. */
  readonly formula?: HeatFormula | undefined;
  /** What goes over the rows; its room is free again when the day is made. */
  readonly passes?: RowPasses | undefined;
}): DayEnergy {
  const { date, zone, now, electricity: facts = usualElectricity } = day;
  const { columns, sums, passes } = fittedDay(day.columns, day.passes);
  const window = dayWindow({ date, zone, now, day: columns, next: day.nextDay });
  const seconds = (window.endAt - window.startAt) / 1000;
  const passedS = (window.passedAt - window.startAt) / 1000;
  const coveredS = Math.round(sums.figures.covered_s);
  const coverage = passedS === 0 ? 0 : Math.min(1, coveredS / passedS);
  const used = daySteps(window, facts.correctionFactor, sums);
  const electricity = used && dayElectricity(window, used, facts, passes);
  const heat = heatOfParts(sums);
  const basis = electricity !== null && heat !== null ? copBasisOf(electricity) : null;
  const whole = basis && cop(basis.all.heatWh, basis.all.electricityWh);
  const rounding = withHeatMeter(roundingError(columns, passes, day.formula), columns, sums);
  const controller = controllerTotalsOfDay(
    window,
    used?.countedWh ?? null,
    sums.known.compressor === 0 ? null : sums.compressorS,
  );
  const sources = daySources({ window, used, facts, electricity, heat, sums, rounding, controller, passes });
  const partsS = secondsOfParts(sums, passedS);
  const partOf = (part: Part): PartEnergy => {
    const partHeatWh = part === "unknown" ? null : (heat?.[part] ?? null);
    const electricityWh = electricity?.parts[part] ?? null;
    const hasCop = part === "heating" || part === "hot_water" || part === "cooling";
    const of = hasCop && basis !== null ? basis[part] : null;
    return {
      heatWh: partHeatWh,
      electricityWh,
      cop: of && cop(of.heatWh, of.electricityWh),
      seconds: partsS[part],
    };
  };
  return {
    date,
    seconds,
    loggedMinutes: columns.rows,
    coveredS,
    coverage,
    complete: now >= window.endAt && coverage >= completeShare,
    heatWh: heat && heat.heating + heat.hot_water + heat.defrost + heat.standby,
    coolingWh: heat?.cooling ?? null,
    electricityWh: electricity?.countedWh ?? null,
    cop: whole,
    parts: Object.fromEntries(parts.map((part) => [part, partOf(part)])) as Record<Part, PartEnergy>,
    starts: sums.figures.starts,
    defrosts: sums.figures.defrosts,
    runMinutes: Math.round(sums.compressorS / 60),
    controller,
    sources: sources.sides,
    copBasis: basis,
    copBoundary: basis === null || electricity === null ? null : copBoundaryOf(electricity),
    copRange:
      whole === null || basis === null || electricity === null
        ? null
        : copRangeOf(whole, basis.all, {
            ...sources.steps,
            errors: [rounding.heat, rounding.cooling],
            unknownElectricityWh: electricity.parts.unknown,
          }),
    withImmersion: basis === null || electricity === null ? null : withImmersion(electricity, cop),
    consumers: electricity?.consumers ?? null,
    waterL: Math.round(rounding.waterL),
    waterWhPerK: Math.round(rounding.waterWhPerK),
    quality: signalQuality(sums, Math.floor(passedS / 60)),
    gaps: gapsOf(columns, window, passes),
  };
}

/** Heat over electricity, to 0.01; null where a side is missing, no heat to speak of came, or electricity is below 0.1 kWh. */
export function cop(heatWh: number | null, electricityWh: number | null): number | null {
  if (heatWh === null || electricityWh === null) return null;
  if (heatWh <= 0 || electricityWh < leastElectricityWh) return null;
  return Math.round((heatWh / electricityWh) * 100) / 100 || null;
}

/** Whole seconds; they add up to the time that has passed. */
function secondsOfParts({ figures }: DaySums, passedS: number): Readonly<Record<Part, number>> {
  const known = Object.fromEntries(operations.map((part) => [part, figures[`${part}_s`]])) as Record<Operation, number>;
  const knownS = operations.reduce((total, part) => total + known[part], 0);
  const allS = knownS > passedS + minuteS ? knownS : passedS;
  return wholeNumbers({ ...known, unknown: Math.max(0, allS - knownS) }, parts, Math.round(allS));
}

/** Whole Wh; null on a day of which no heat was seen: what stood for a moment after midnight is none. */
function heatOfParts({ figures }: DaySums): Record<Operation, number> | null {
  if (figures.covered_s < minuteS) return null;
  return Object.fromEntries(
    operations.map((operation) => [operation, Math.round(figures[`${operation}_wh`]) + 0]),
  ) as Record<Operation, number>;
}
