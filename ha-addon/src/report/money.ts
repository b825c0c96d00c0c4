import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import { moneyDigits } from "@heatloop/core/math/rounding";
import { regions } from "./formats.ts";
import { blank } from "./numbers.ts";

/** Money as readers of a language write it: with its currency, or as a plain number where none is set. */
export type ReportMoney = {
  /** `€`, or empty. */
  readonly unit: string;
  amount(value: number | null): string;
  /** With two digits more, for a kWh. */
  price(value: number | null): string;
};

/** Amounts of money as readers of a language write them; `currency`: ISO 4217, or empty. */
export function reportMoney(language: ReportLanguage, currency: string): ReportMoney {
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const style = isCurrency ? ({ style: "currency", currency, currencyDisplay: "narrowSymbol" } as const) : {};
  const formatOf = (digits: number) =>
    new Intl.NumberFormat(regions[language], {
      ...style,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: "always",
    });
  const digits = moneyDigits(currency);
  const amounts = formatOf(digits);
  const prices = formatOf(digits + 2);
  const written = (format: Intl.NumberFormat, value: number | null) =>
    value === null ? blank : format.format(value + 0);
  return {
    unit: amounts.formatToParts(0).find(({ type }) => type === "currency")?.value ?? "",
    amount: (value) => written(amounts, value),
    price: (value) => written(prices, value),
  };
}
