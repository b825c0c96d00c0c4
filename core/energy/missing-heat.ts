import type { Missing } from "./counter-error.ts";
import { columnOfDay } from "./day-columns.ts";
import type { DayWindow } from "./day-window.ts";
import type { Distribution } from "./distribution.ts";
import type { FirmwareSpan } from "./firmware-heat.ts";
import { standbyW } from "./passes/row-estimates.ts";
import type { RowPasses } from "./passes/row-passes.ts";
import { estimateWh, immersionWh, knownS } from "./passes/row-places.ts";

/** An estimate of the heat that was not seen, by side. */
export type MissingHeat = { readonly heat: Missing; readonly cooling: Missing };

/** How efficient a day was, where both sides were seen. */
export type DayEfficiency = {
  /** Heat per Wh of electricity; null where it is not known. */
  readonly heatCop: number | null;
  readonly coolingCop: number | null;
  /** Share of cooling in the running time, 0 to 1. */
  readonly coolingShare: number;
  /** Whether it was so warm outside that cooling may have run. */
  readonly isWarm: boolean;
  /** Mean of the time that was seen, W. */
  readonly heatW: number;
  readonly coolingW: number;
};

/** Electricity and time of which no heat was seen. */
type Unseen = { wh: number; seconds: number };
type Estimate = { wh: number; variance: number };

// Standard uncertainties as shares of the figure or in Wh: docs/energy/sources.md, Ranges. They are chosen so that the
// simulator's true heat lies within the range on 95 of 100 days (test/acceptance/trust.test.ts).

/** COP of a day that has none of its own. Chosen: the SPF of a usual Ecodan is about 3. */
const usualCop = 3;
/** Of the firmware's heat of a gap, which leaves out its defrosts. */
const firmwareShare = 0.05;
const firmwareWh = 50;
/** It may have started again in a gap: it then differs by more than this share from what the electricity suggests. */
const agreeShare = 0.5;
/** The share of the difference beyond that which counts as uncertain. */
const disagreeWeight = 0.7;
/** Of the heat of a gap in which heating or cooling may have run: at most half of it is on the wrong side. */
const mixedShare = 0.45;
/** In a gap of at most this long the operation does not change. */
const shortGapS = 1800;
/** Of the heat that follows from the electricity of a gap; the electricity itself is uncertain by half a counter step. */
const electricityShare = 0.3;
const stepsWh = 50;
/** The same where the COP is the usual one. */
const usualCopShare = 0.5;
/** A shorter rest is not worth an estimate. Chosen. */
const leastRestS = 60;
/** Of heat that follows from the mean power of the rest of the day. */
const powerShare = 0.7;

/**
 * Estimates the heat of the time that was not seen: by the firmware's own total where it ran on, else by the
 * electricity that was used, less standby, times the COP of the day; without a counter by the mean power. `lost`:
 * electricity that was given to no minute (a gap before midnight). `passes` hold the estimated uses.
 */
export function missingHeat(
  window: DayWindow,
  of: {
    readonly spans: readonly FirmwareSpan[];
    readonly distribution: Distribution | null;
    readonly lost: Missing;
    readonly efficiency: DayEfficiency;
  },
  passes: RowPasses,
): MissingHeat {
  const { distribution, spans, efficiency } = of;
  const sides = { heat: { wh: 0, variance: 0 }, cooling: { wh: 0, variance: 0 } };
  const { rest, ofSpan } = unseenOf(window, of, passes);
  if (distribution === null) addByPower(sides, rest.seconds / 3600, efficiency);
  else addByElectricity(sides, rest, of.lost, efficiency);
  spans.forEach((span, i) => {
    const unseen = ofSpan[i] as Unseen;
    const expectedWh = usefulWh(unseen) * (efficiency.heatCop ?? usualCop);
    const apart = Math.abs(span.wh - expectedWh) - agreeShare * Math.max(span.wh, expectedWh);
    const doubt = distribution === null ? 0 : disagreeWeight * Math.max(0, apart);
    const isMixed = !span.isCertain && (efficiency.isWarm || efficiency.coolingShare > 0) && unseen.seconds > shortGapS;
    const variance = (firmwareShare * span.wh) ** 2 + firmwareWh ** 2 + doubt ** 2;
    const mixed = isMixed ? (mixedShare * span.wh) ** 2 : 0;
    add(sides.heat, span.wh * (1 - span.coolingShare), span.coolingShare < 1 ? variance + mixed : mixed);
    add(sides.cooling, span.wh * span.coolingShare, span.coolingShare > 0 ? variance + mixed : mixed);
  });
  return {
    heat: { wh: sides.heat.wh, deviationWh: Math.sqrt(sides.heat.variance) },
    cooling: { wh: sides.cooling.wh, deviationWh: Math.sqrt(sides.cooling.variance) },
  };
}

function add(side: Estimate, wh: number, variance: number): void {
  side.wh += wh;
  side.variance += variance;
}

function usefulWh({ wh, seconds }: Unseen): number {
  return Math.max(0, wh - (seconds * standbyW) / 3600);
}

function addByElectricity(
  sides: { readonly heat: Estimate; readonly cooling: Estimate },
  rest: Unseen,
  lost: Missing,
  efficiency: DayEfficiency,
): void {
  if (rest.seconds < leastRestS) return;
  const useful = usefulWh({ wh: rest.wh + Math.max(0, lost.wh), seconds: rest.seconds });
  const [heatCop, coolingCop] = [efficiency.heatCop ?? usualCop, efficiency.coolingCop ?? usualCop];
  const share = efficiency.heatCop === null ? usualCopShare : electricityShare;
  const uncertainWh = Math.hypot(share * useful, lost.deviationWh, Math.min(stepsWh, rest.seconds / 60));
  const mixed =
    efficiency.coolingShare > 0 || (efficiency.isWarm && rest.seconds > shortGapS) ? mixedShare * useful : 0;
  const cold = efficiency.coolingShare * useful * coolingCop;
  add(sides.heat, (1 - efficiency.coolingShare) * useful * heatCop, (Math.hypot(uncertainWh, mixed) * heatCop) ** 2);
  add(sides.cooling, cold, ((cold > 0 ? Math.hypot(uncertainWh, mixed) : mixed) * coolingCop) ** 2);
}

function addByPower(
  sides: { readonly heat: Estimate; readonly cooling: Estimate },
  hours: number,
  { heatW, coolingW }: DayEfficiency,
): void {
  add(sides.heat, heatW * hours, (powerShare * heatW * hours) ** 2);
  add(sides.cooling, coolingW * hours, (powerShare * coolingW * hours) ** 2);
}

/** Electricity and time that were not seen, in the firmware's spans and outside; the immersion heater's left out. */
function unseenOf(
  { day, startAt, passedAt }: DayWindow,
  { distribution, spans }: Parameters<typeof missingHeat>[1],
  { scratch, ...passes }: RowPasses,
): { readonly rest: Unseen; readonly ofSpan: readonly Unseen[] } {
  const covered = columnOfDay(day, "covered_s");
  const rest = { wh: 0, seconds: 0 };
  const ofSpan = spans.map(() => ({ wh: 0, seconds: 0 }));
  const unseenAt = (at: number): Unseen => ofSpan[spans.findIndex(({ from, to }) => at >= from && at < to)] ?? rest;
  const seenS = passes.seenSeconds(day.rows, day.columns, scratch);
  const next = (from: number) => passes.nextUnseen(from, day.rows, day.columns, scratch);
  const estimateAt = (place: number, row: number) => scratch[place]?.[row] as number;
  for (let row = next(0); row < day.rows; row = next(row + 1)) {
    const ofKnownS = estimateAt(knownS, row);
    const coveredS = Math.min(covered[row] || 0, ofKnownS);
    const unseen = unseenAt(day.times[row] as number);
    unseen.seconds += 60 - coveredS;
    if (distribution === null) continue;
    const own = 1 - estimateAt(immersionWh, row) / (estimateAt(estimateWh, row) || 1);
    const unseenShare = ofKnownS === 0 ? 0 : 1 - coveredS / ofKnownS;
    unseen.wh += (distribution.unknownWh[row] as number) + (distribution.knownWh[row] as number) * unseenShare * own;
  }
  for (const { from, minutes, wh } of distribution?.unseen ?? []) {
    const unseen = unseenAt(from);
    unseen.wh += wh;
    if (unseen !== rest) unseen.seconds += minutes * 60;
  }
  const inSpansS = ofSpan.reduce((sum, { seconds }) => sum + seconds, 0);
  rest.seconds = Math.max(0, (passedAt - startAt) / 1000 - seenS - inSpansS);
  return { rest, ofSpan };
}
