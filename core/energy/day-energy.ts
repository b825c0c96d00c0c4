import type { HeatFormula } from "../heat/heat-formula.ts";
import { type Operation, operations } from "../live/operation.ts";
import type { Minute } from "../minute/minute.ts";
import type { Zone } from "../time/local-day.ts";
import type { Boundary } from "./boundary.ts";
import { type ControllerTotals, controllerTotalsOfDay } from "./controller-totals.ts";
import { cop } from "./cop.ts";
import { type CopBasis, type CopRange, copsOfDay, noCops, type WithImmersion } from "./cop-basis.ts";
import { columnsOfMinutes, type DayColumns } from "./day-columns.ts";
import { type DayElectricity, dayElectricity } from "./day-electricity.ts";
import { type HeatByOperation, heatOfOperations, secondsOfParts } from "./day-parts.ts";
import { type DaySources, daySources } from "./day-sources.ts";
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

/** `unknown`: time whose operation is not known, as the device or the program was away, or no mode was reported. */
export type Part = Operation | "unknown";
export const parts = [...operations, "unknown"] as const;

/** One part of a day; heat is the delivered one (cold in cooling, negative in defrost), COP null if meaningless. */
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
  /** Its rows; 0 of a day that only the controller reported, on the day after. */
  readonly loggedMinutes: number;
  readonly coveredS: number;
  /** Share of the day that was seen, 0 to 1; of the part that has passed, on a running day. */
  readonly coverage: number;
  /** Whether the day is over and its coverage at least 99 %. */
  readonly complete: boolean;
  /** Measured at the flow sensors: on a day with gaps less than the estimate of the whole in `sources`. */
  readonly heatWh: number | null;
  readonly coolingWh: number | null;
  /** Counted by the external meter, else by the heat pump's own counter. */
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
  /** The two sides of the COPs, and what their electricity includes; null where a side is not known at all. */
  readonly copBasis: CopBasis | null;
  readonly copBoundary: Boundary | null;
  readonly copRange: CopRange | null;
  readonly withImmersion: WithImmersion | null;
  /** Electricity by consumer, estimated; adds up to electricityWh. */
  readonly consumers: Readonly<Record<Consumer, number>> | null;
  /** Water that passed the flow sensor, L. */
  readonly waterL: number;
  /** The heat that all of this water carries at a difference of 1 K, Wh. */
  readonly waterWhPerK: number;
  readonly quality: SignalQuality;
  readonly gaps: readonly Gap[];
};

/** A day is complete when no more of it than this is missing: a quarter of an hour. */
const completeShare = 0.99;

/**
 * The energy of one local day from its minutes (in order of time, each once). `now` bounds a running day;
 * `nextDay` are the minutes of the day after, in which the controller reports this day's own totals.
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
  /** What goes over the rows; its scratch is free again when the day is done. */
  readonly passes?: RowPasses | undefined;
}): DayEnergy {
  const { date, zone, now, electricity: setup = usualElectricity } = day;
  const { columns, sums, passes } = fittedDay(day.columns, day.passes);
  const window = dayWindow({ date, zone, now, day: columns, next: day.nextDay });
  const passedS = (window.passedAt - window.startAt) / 1000;
  const coveredS = Math.round(sums.figures.covered_s);
  const coverage = passedS === 0 ? 0 : Math.min(1, coveredS / passedS);
  const used = daySteps(window, setup.correctionFactor, sums);
  const electricity = used && dayElectricity(window, used, setup, passes);
  const heat = heatOfOperations(sums);
  const rounding = withHeatMeter(roundingError(columns, passes, day.formula), columns, sums);
  const controller = controllerTotalsOfDay(
    window,
    used?.countedWh ?? null,
    sums.known.compressor === 0 ? null : sums.compressorS,
  );
  const sources = daySources({ window, used, setup, electricity, heat, sums, rounding, controller, passes });
  const isPaired = electricity !== null && heat !== null;
  const cops = isPaired
    ? copsOfDay(electricity, { ...sources.steps, errors: [rounding.heat, rounding.cooling] })
    : noCops;
  return {
    date,
    seconds: (window.endAt - window.startAt) / 1000,
    loggedMinutes: columns.rows,
    coveredS,
    coverage,
    complete: now >= window.endAt && coverage >= completeShare,
    heatWh: heat && heat.heating + heat.hot_water + heat.defrost + heat.standby,
    coolingWh: heat?.cooling ?? null,
    electricityWh: electricity?.countedWh ?? null,
    cop: cops.cop,
    parts: energyOfParts(heat, electricity, cops.copBasis, secondsOfParts(sums, passedS)),
    starts: sums.figures.starts,
    defrosts: sums.figures.defrosts,
    runMinutes: Math.round(sums.compressorS / 60),
    controller,
    sources: sources.sides,
    copBasis: cops.copBasis,
    copBoundary: cops.copBoundary,
    copRange: cops.copRange,
    withImmersion: cops.withImmersion,
    consumers: electricity?.consumers ?? null,
    waterL: Math.round(rounding.waterL),
    waterWhPerK: Math.round(rounding.waterWhPerK),
    quality: signalQuality(sums, Math.floor(passedS / 60)),
    gaps: gapsOf(columns, window, passes),
  };
}

function energyOfParts(
  heat: HeatByOperation | null,
  electricity: DayElectricity | null,
  basis: CopBasis | null,
  seconds: Readonly<Record<Part, number>>,
): Record<Part, PartEnergy> {
  const partOf = (part: Part): PartEnergy => {
    const hasCop = part === "heating" || part === "hot_water" || part === "cooling";
    const of = hasCop && basis !== null ? basis[part] : null;
    return {
      heatWh: part === "unknown" ? null : (heat?.[part] ?? null),
      electricityWh: electricity?.parts[part] ?? null,
      cop: of && cop(of.heatWh, of.electricityWh),
      seconds: seconds[part],
    };
  };
  return Object.fromEntries(parts.map((part) => [part, partOf(part)])) as Record<Part, PartEnergy>;
}
