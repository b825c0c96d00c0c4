import { beyondReason, boundPerKwh, lowestPerKwh } from "@heatloop/core/cost/price-bound";
import type { Slot } from "@heatloop/core/time/slots";

/** Why a source gives no prices, with the figures of its text; `error` is another program's. */
export type PriceRefusal =
  | {
      readonly code: "price_beyond_reason";
      /** With its currency. */
      readonly price: string;
      readonly lowest: number;
      readonly highest: number;
    }
  | { readonly code: "price_no_entity" | "price_no_list" | "price_file_empty" }
  | { readonly code: "price_unit_unknown"; readonly unit: string }
  | { readonly code: "price_not_out"; readonly entries: number; readonly form: string; readonly key: string }
  | {
      readonly code: "price_entries_unread";
      readonly entries: number;
      readonly form: string;
      /** One of them. */
      readonly unread: string;
    }
  | { readonly code: "price_list_unknown"; readonly list: string; readonly keys: string }
  | { readonly code: "price_state_unused"; readonly why: PriceRefusal }
  | { readonly code: "price_refused"; readonly error: string };

export type PriceTrouble =
  | { readonly code: "no_prices"; readonly source: string; readonly why: PriceRefusal }
  | { readonly code: "price_file_missing"; readonly source: string }
  | { readonly code: "price_file_unreadable"; readonly source: string; readonly error: string }
  | { readonly code: "price_no_home_assistant" };

/** Why the prices of a source, an entity or a file, are not taken. */
export type PriceProblem = { readonly source: string; readonly problem: PriceTrouble };

export type PriceProblems = {
  /** null: all is well. */
  set(source: string, problem: PriceTrouble | null): void;
  all(): readonly PriceProblem[];
};

/** The problems of the sources of prices, one a source; none at the start. */
export function priceProblems(): PriceProblems {
  const problems = new Map<string, PriceTrouble>();
  return {
    set(source, problem) {
      if (problem === null) problems.delete(source);
      else problems.set(source, problem);
    },
    all: () => [...problems].map(([source, problem]) => ({ source, problem })),
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
): PriceRefusal | null {
  const money = currency ?? bound.currency;
  const most = boundPerKwh(bound.most, money);
  const odd = beyondReason(slots, most);
  if (odd === undefined) return null;
  const price = `${Number(odd.value.toPrecision(6))}${money === "" ? "" : ` ${money}`}`;
  return { code: "price_beyond_reason", price, lowest: lowestPerKwh(most), highest: most };
}
