import type { Contract, Tariff, TariffWindow } from "@heatloop/core/cost/tariff";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { weekdays } from "@heatloop/core/time/weekdays";

export const rome = zoneOf("Europe/Rome") as Zone;

export function windowOf(name: string, more: Partial<TariffWindow> = {}): TariffWindow {
  return {
    name,
    days: weekdays,
    fromMinute: 0,
    toMinute: 1440,
    fromDay: "01-01",
    toDay: "12-31",
    pricePerKwh: null,
    addedPerKwh: 0,
    ...more,
  };
}

export function contractOf(more: Partial<Contract> = {}): Contract {
  return {
    from: null,
    pricePerKwh: null,
    dynamic: null,
    windows: [],
    holidays: [],
    standingCharge: { amount: 0, per: "day" },
    pv: null,
    ...more,
  };
}

export function tariffOf(
  first: Partial<Contract>,
  ...changes: (Partial<Contract> & { readonly from: string })[]
): Tariff {
  return { currency: "EUR", contracts: [contractOf(first), ...changes.map(contractOf)] };
}

/** Nights and weekends are cheap, winter evenings expensive. */
export const windowed = contractOf({
  pricePerKwh: 0.3,
  windows: [
    windowOf("weekend", { days: ["sat", "sun"], pricePerKwh: 0.2 }),
    windowOf("night", { fromMinute: 22 * 60, toMinute: 6 * 60, pricePerKwh: 0.15 }),
    windowOf("evening", {
      days: ["mon", "tue", "wed", "thu", "fri"],
      fromMinute: 17 * 60,
      toMinute: 20 * 60,
      fromDay: "10-01",
      toDay: "03-31",
      pricePerKwh: 0.45,
    }),
  ],
  holidays: ["2026-04-06", "12-25"],
});
