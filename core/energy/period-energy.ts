import { operations } from "../live/operation.ts";
import { knownSum, sum } from "../math/sums.ts";
import { datesBetween, type Zone } from "../time/local-day.ts";
import { cop } from "./cop.ts";
import type { CopBasis, WithImmersion } from "./cop-basis.ts";
import { type DayEnergy, type Part, type PartEnergy, parts } from "./day-energy.ts";
import { type PeriodSources, periodSources } from "./period-sources.ts";
import { type MeasuredSpf, spfOf } from "./spf.ts";

/** The two sides of a COP in the time in which both were seen, Wh, and on how many days that was. */
export type PeriodCopBasis = { readonly days: number; readonly heatWh: number; readonly electricityWh: number };

/** The energy of some local days together. Sums are those of the days, to the Wh; null where no day knows it. */
export type PeriodEnergy = {
  /** First and last local date, both included. */
  readonly from: string;
  readonly to: string;
  readonly days: {
    readonly all: number;
    /** Days of which anything was logged. */
    readonly logged: number;
    /** Days that are over and were seen to 99 %. */
    readonly complete: number;
    readonly heatKnown: number;
    readonly electricityKnown: number;
  };
  /** Seconds that have passed; of them coveredS were seen. */
  readonly seconds: number;
  readonly coveredS: number;
  /** Share of the time that was seen, 0 to 1; null where no time has passed. */
  readonly coverage: number | null;
  readonly heatWh: number | null;
  readonly coolingWh: number | null;
  readonly electricityWh: number | null;
  /** Heat and cold over electricity of `copBasis`; null where that means nothing, never 0. */
  readonly cop: number | null;
  readonly copBasis: PeriodCopBasis;
  /** COP with the immersion heater on both sides; null where it did not run. */
  readonly withImmersion: WithImmersion | null;
  /** The same without cooling, and the boundary of every COP here: the narrowest of the days. */
  readonly spf: MeasuredSpf;
  /** They add up to the whole: heat of all but cooling to heatWh, electricity of all to electricityWh, seconds of all. */
  readonly parts: Readonly<Record<Part, PartEnergy>>;
  readonly starts: number;
  readonly defrosts: number;
  readonly runMinutes: number;
  /** Each side from the best source of each day, gaps estimated, with its range. */
  readonly sources: PeriodSources;
};

/**
 * Sums up the days from one local date to another, both included; `days` are those of which anything is known, each once,
 * in any order, others are passed over. `now` (ms since the epoch) bounds a running day.
 *
 * A COP is the sum of heat over the sum of electricity in the bases of the days' COPs, never a mean of COPs; a day
 * too quiet for a COP of its own counts too, for its standby is part of the whole.
 */
export function periodEnergy(period: {
  readonly from: string;
  readonly to: string;
  readonly zone: Zone;
  readonly now: number;
  readonly days: readonly DayEnergy[];
}): PeriodEnergy {
  const { from, to, zone, now } = period;
  const days = period.days.filter(({ date }) => date >= from && date <= to);
  const startAt = zone.startOf(from);
  const seconds = Math.max(0, Math.round((Math.min(now, zone.endOf(to)) - startAt) / 1000));
  const coveredS = sum(days, (day) => day.coveredS);
  const knownS = sum(days, operationS);
  const spf = spfOf(days);
  const bases = days.flatMap(({ copBasis }) => (copBasis === null ? [] : [copBasis]));
  const basis = {
    days: bases.length,
    heatWh: sum(bases, ({ all }) => all.heatWh),
    electricityWh: sum(bases, ({ all }) => all.electricityWh),
  };
  return {
    from,
    to,
    days: {
      all: datesBetween(from, to).length,
      logged: days.filter(({ loggedMinutes }) => loggedMinutes > 0).length,
      complete: days.filter(({ complete }) => complete).length,
      heatKnown: days.filter(({ heatWh }) => heatWh !== null).length,
      electricityKnown: days.filter(({ electricityWh }) => electricityWh !== null).length,
    },
    seconds,
    coveredS,
    coverage: seconds === 0 ? null : Math.min(1, coveredS / seconds),
    heatWh: knownSum(days, (day) => day.heatWh),
    coolingWh: knownSum(days, (day) => day.coolingWh),
    electricityWh: knownSum(days, (day) => day.electricityWh),
    cop: cop(basis.heatWh, basis.electricityWh),
    copBasis: basis,
    withImmersion: withImmersionOf(basis, spf),
    spf,
    parts: Object.fromEntries(
      parts.map((part) => [
        part,
        {
          heatWh: knownSum(days, (day) => day.parts[part].heatWh),
          electricityWh: knownSum(days, (day) => day.parts[part].electricityWh),
          cop: partCop(part, bases),
          seconds: part === "unknown" ? Math.max(0, seconds - knownS) : sum(days, (day) => day.parts[part].seconds),
        },
      ]),
    ) as Record<Part, PartEnergy>,
    starts: sum(days, (day) => day.starts),
    defrosts: sum(days, (day) => day.defrosts),
    runMinutes: sum(days, (day) => day.runMinutes),
    sources: periodSources(days),
  };
}

function withImmersionOf(basis: PeriodCopBasis, { withImmersion: heater }: MeasuredSpf): WithImmersion | null {
  if (heater === null) return null;
  const { boundary, immersionWh } = heater;
  const heatWh = basis.heatWh + immersionWh;
  const electricityWh = basis.electricityWh + immersionWh;
  return { boundary, immersionWh, heatWh, electricityWh, cop: cop(heatWh, electricityWh) };
}

function operationS(day: DayEnergy): number {
  return sum(operations, (operation) => day.parts[operation].seconds);
}

function partCop(part: Part, bases: readonly CopBasis[]): number | null {
  if (part !== "heating" && part !== "hot_water" && part !== "cooling") return null;
  return cop(
    sum(bases, (basis) => basis[part].heatWh),
    sum(bases, (basis) => basis[part].electricityWh),
  );
}
