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

/** What a day made of its electricity, where both were seen. */
export type DayEfficiency = {
  /** Heat for a Wh of electricity; null where it is not known. */
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
type Blind = { wh: number; seconds: number };
type Guess = { wh: number; variance: number };

const usualCop = 3;
/** The firmware's heat of a gap leaves out its defrosts. */
const firmwareShare = 0.05;
const firmwareWh = 50;
/** It may have started again in a gap; then the electricity tells another story, beyond what it can be off itself. */
const agreeShare = 0.5;
const disagreeWeight = 0.7;
/** What ran in a gap is not known where it may have been both. */
const mixedShare = 0.45;
const shortGapS = 1800;
/** How far off the heat is that the electricity of a gap is taken for; the electricity itself, by the counter's steps. */
const electricityShare = 0.3;
const stepsWh = 50;
const guessedCopShare = 0.5;
/** How far off it is where the mean of the rest of the day is taken for a gap. */
const powerShare = 0.7;

/**
 * Estimates the heat of the time that was not seen: by the firmware's own total where it ran on, else by the
 * electricity that was used, less standby, times what the day made of its electricity; without a counter by the mean
 * power. `lost`: electricity that no minute was given (a gap before midnight). `passes` hold the estimated uses.
 */
export function missingHeat(
  window: DayWindow,
  of: {
    readonly spans: readonly FirmwareSpan[];
    readonly allotment: Distribution | null;
    readonly lost: Missing;
    readonly yield: DayEfficiency;
  },
  passes: RowPasses,
): MissingHeat {
  const { allotment, spans, yield: made } = of;
  const sides = { heat: { wh: 0, variance: 0 }, cooling: { wh: 0, variance: 0 } };
  const { rest, ofSpan } = blindOf(window, of, passes);
  if (allotment === null) addByPower(sides, rest.seconds / 3600, made);
  else addByElectricity(sides, rest, of.lost, made);
  spans.forEach((span, i) => {
    const blind = ofSpan[i] as Blind;
    const expectedWh = usefulWh(blind) * (made.heatCop ?? usualCop);
    const apart = Math.abs(span.wh - expectedWh) - agreeShare * Math.max(span.wh, expectedWh);
    const doubt = allotment === null ? 0 : disagreeWeight * Math.max(0, apart);
    const isMixed = !span.sure && (made.isWarm || made.coolingShare > 0) && blind.seconds > shortGapS;
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

function add(side: Guess, wh: number, variance: number): void {
  side.wh += wh;
  side.variance += variance;
}

function usefulWh({ wh, seconds }: Blind): number {
  return Math.max(0, wh - (seconds * standbyW) / 3600);
}

function addByElectricity(
  sides: { readonly heat: Guess; readonly cooling: Guess },
  rest: Blind,
  lost: Missing,
  made: DayEfficiency,
): void {
  if (rest.seconds < 60) return;
  const useful = usefulWh({ wh: rest.wh + Math.max(0, lost.wh), seconds: rest.seconds });
  const [heatCop, coolingCop] = [made.heatCop ?? usualCop, made.coolingCop ?? usualCop];
  const share = made.heatCop === null ? guessedCopShare : electricityShare;
  const unsure = Math.hypot(share * useful, lost.deviationWh, Math.min(stepsWh, rest.seconds / 60));
  const mixed = made.coolingShare > 0 || (made.isWarm && rest.seconds > shortGapS) ? mixedShare * useful : 0;
  const cold = made.coolingShare * useful * coolingCop;
  add(sides.heat, (1 - made.coolingShare) * useful * heatCop, (Math.hypot(unsure, mixed) * heatCop) ** 2);
  add(sides.cooling, cold, ((cold > 0 ? Math.hypot(unsure, mixed) : mixed) * coolingCop) ** 2);
}

function addByPower(
  sides: { readonly heat: Guess; readonly cooling: Guess },
  hours: number,
  { heatW, coolingW }: DayEfficiency,
): void {
  add(sides.heat, heatW * hours, (powerShare * heatW * hours) ** 2);
  add(sides.cooling, coolingW * hours, (powerShare * coolingW * hours) ** 2);
}

/** Electricity and time that were not seen, in the firmware's spans and outside; the immersion heater's left out. */
function blindOf(
  { day, startAt, passedAt }: DayWindow,
  { allotment, spans }: Parameters<typeof missingHeat>[1],
  { scratch, ...passes }: RowPasses,
): { readonly rest: Blind; readonly ofSpan: readonly Blind[] } {
  const covered = columnOfDay(day, "covered_s");
  const rest = { wh: 0, seconds: 0 };
  const ofSpan = spans.map(() => ({ wh: 0, seconds: 0 }));
  const blindAt = (at: number): Blind => ofSpan[spans.findIndex(({ from, to }) => at >= from && at < to)] ?? rest;
  const seenS = passes.seenSeconds(day.rows, day.columns, scratch);
  const next = (from: number) => passes.nextUnseen(from, day.rows, day.columns, scratch);
  const estimateAt = (place: number, row: number) => scratch[place]?.[row] as number;
  for (let row = next(0); row < day.rows; row = next(row + 1)) {
    const ofKnownS = estimateAt(knownS, row);
    const coveredS = Math.min(covered[row] || 0, ofKnownS);
    const blind = blindAt(day.times[row] as number);
    blind.seconds += 60 - coveredS;
    if (allotment === null) continue;
    const own = 1 - estimateAt(immersionWh, row) / (estimateAt(estimateWh, row) || 1);
    const unseenShare = ofKnownS === 0 ? 0 : 1 - coveredS / ofKnownS;
    blind.wh += (allotment.unknownWh[row] as number) + (allotment.knownWh[row] as number) * unseenShare * own;
  }
  for (const { from, minutes, wh } of allotment?.unseen ?? []) {
    const blind = blindAt(from);
    blind.wh += wh;
    if (blind !== rest) blind.seconds += minutes * 60;
  }
  const inSpansS = ofSpan.reduce((sum, { seconds }) => sum + seconds, 0);
  rest.seconds = Math.max(0, (passedAt - startAt) / 1000 - seenS - inSpansS);
  return { rest, ofSpan };
}
