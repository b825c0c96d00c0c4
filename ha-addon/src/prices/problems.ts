import { beyondReason, boundPerKwh, lowestPerKwh } from "@heatloop/core/cost/price-bound";
import type { Slot } from "@heatloop/core/time/slots";

/** Why the prices of a source are not taken. */
export type PriceProblem = {
  /** An entity or a file. */
  readonly source: string;
  readonly message: string;
};

export type PriceProblems = {
  /** null: all is well. */
  set(source: string, message: string | null): void;
  all(): readonly PriceProblem[];
};

/** The problems of the sources of prices, one a source; none at the start. */
export function priceProblems(): PriceProblems {
  const problems = new Map<string, string>();
  return {
    set(source, message) {
      if (message === null) problems.delete(source);
      else problems.set(source, message);
    },
    all: () => [...problems].map(([source, message]) => ({ source, message })),
  };
}

/** The limit that the prices of a source are checked against. */
export type PriceBound = {
  /** What a person set as the highest price a kWh; null: the usual one of the currency. */
  readonly most: number | null;
  /** The tariff's, empty where it has none. */
  readonly currency: string;
};

/**
 * Why prices are not taken without a question: one of them is beyond reason, mostly as its unit is wrong. null where all
 * are within the bound. `currency` is the one that their unit names, null where it names none.
 */
export function implausiblePriceProblem(
  slots: readonly Slot[],
  bound: PriceBound,
  currency: string | null,
): string | null {
  const money = currency ?? bound.currency;
  const most = boundPerKwh(bound.most, money);
  const odd = beyondReason(slots, most);
  if (odd === undefined) return null;
  const price = `${Number(odd.value.toPrecision(6))}${money === "" ? "" : ` ${money}`} a kWh`;
  return (
    `it gives ${price}, which is outside ${lowestPerKwh(most)} to ${most}, so none of its prices is taken: ` +
    "is its unit right (ct or EUR, kWh or MWh)? If the price is, set tariff.max_price_per_kwh to more"
  );
}
