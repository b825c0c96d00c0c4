import { boundPerKwh, usualMostPerKwh } from "@heatloop/core/cost/price-bound";

/** A price of a tariff that is beyond reason: its path in the settings, and what is allowed there. */
export type OddPrice = { readonly path: (string | number)[]; readonly value: number; readonly allowed: string };

type Bounded = { readonly currency: string; readonly max_price_per_kwh: number | null };

/**
 * The prices a kWh of a tariff, wherever they are in it, that are beyond reason: written in cents where the currency's
 * money is meant. Without a bound of its own, and without a currency whose scale is known, none is.
 */
export function oddPrices(tariff: Bounded): OddPrice[] {
  const { currency, max_price_per_kwh: set } = tariff;
  if (set === null && usualMostPerKwh(currency) === undefined) return [];
  const most = boundPerKwh(set, currency);
  const money = currency === "" ? "" : ` ${currency}`;
  return pricesIn(tariff, []).flatMap(({ path, value }) => {
    if (Math.abs(value) <= most) return [];
    const cents = Number((value / 100).toPrecision(6));
    const allowed = `at most ${most}${money} a kWh (if it is in hundredths, ${cents}), or a higher tariff.max_price_per_kwh`;
    return [{ path, value, allowed }];
  });
}

const priceKeys: ReadonlySet<string> = new Set(["price_per_kwh", "added_per_kwh"]);

function pricesIn(value: unknown, path: (string | number)[]): { path: (string | number)[]; value: number }[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => pricesIn(each, [...path, i]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === "number" && priceKeys.has(key)
      ? [{ path: [...path, key], value: each }]
      : pricesIn(each, [...path, key]),
  );
}
