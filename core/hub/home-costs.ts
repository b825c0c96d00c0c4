import type { CostReport } from "../cost/cost-report.ts";
import { moneyDigits, round } from "../math/rounding.ts";
import { sum } from "../math/sums.ts";

/** What the electricity of a time cost, as the home's own report has it: the days of a month add up to the month. */
export type HomeCost = {
  /** EUR ...; empty where none is set. */
  readonly currency: string;
  /** null where the price or the electricity of any of it is not known. */
  readonly cost: number | null;
  /** Of what is priced; null where nothing is. */
  readonly known_cost: number | null;
  /** Of the days in it. */
  readonly standing_charge: number;
  /** `cost` and `standing_charge`. */
  readonly total_cost: number | null;
  /** `known_cost` and the standing charge of the days of which anything is priced. */
  readonly known_total_cost: number | null;
};

/** The same of a month, with how many of its days are in it. */
export type MonthCost = HomeCost & { readonly days: number };

/** What a home sends of its report. */
export function homeCost(cost: CostReport): HomeCost {
  return {
    currency: cost.currency,
    cost: cost.cost,
    known_cost: cost.knownCost,
    standing_charge: cost.standingCharge,
    total_cost: cost.totalCost,
    known_total_cost: cost.knownTotalCost,
  };
}

/**
 * The costs of days of a month (`2026-01`), each of them once: of all its days, what the home's report of that month has. Days that are
 * missing make `cost` and `total_cost` unknown, as days of unknown cost do. null where there is none, or where they are of several
 * currencies, which do not add up.
 */
export function monthCost(month: string, days: readonly HomeCost[]): MonthCost | null {
  const [first] = days;
  if (first === undefined || days.some(({ currency }) => currency !== first.currency)) return null;
  const total = (figure: "cost" | "known_cost" | "standing_charge" | "total_cost" | "known_total_cost") =>
    round(
      sum(days, (day) => day[figure] ?? 0),
      moneyDigits(first.currency),
    );
  const isWhole = days.length === daysOf(month) && days.every(({ cost }) => cost !== null);
  const isAnyKnown = days.some((day) => day.known_cost !== null);
  return {
    currency: first.currency,
    cost: isWhole ? total("cost") : null,
    known_cost: isAnyKnown ? total("known_cost") : null,
    standing_charge: total("standing_charge"),
    total_cost: isWhole ? total("total_cost") : null,
    known_total_cost: isAnyKnown ? total("known_total_cost") : null,
    days: days.length,
  };
}

function daysOf(month: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}
