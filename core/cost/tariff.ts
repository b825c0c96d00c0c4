import { daysInMonthOf, daysInYearOf } from "../time/calendar.ts";
import { minuteMs } from "../time/durations.ts";
import type { Zone } from "../time/local-day.ts";
import { type Weekday, weekdayOf } from "../time/weekdays.ts";
import type { PriceSeries } from "./price-series.ts";

/** The window of all time that no window of the contract is about. */
export const standardWindow = "standard";

/** A part of the week, by local time, that has its own price. Several of one name are one window. */
export type TariffWindow = {
  readonly name: string;
  readonly days: readonly Weekday[];
  /** Minutes after local midnight, 0 to 1440; `to` is not in it. Below `from`: over midnight. Equal: the whole day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Season: first and last day of the year, `10-01` and `03-31`, both in it; over New Year where `to` is before. */
  readonly fromDay: string;
  readonly toDay: string;
  /** null: the price outside of windows, fixed or dynamic. */
  readonly pricePerKwh: number | null;
  /** On top of either, such as a grid fee by time of day. */
  readonly addedPerKwh: number;
};

export type StandingCharge = { readonly amount: number; readonly per: "day" | "month" | "year" };

/** The value of surplus PV electricity: the price that the grid would have paid for it. */
export type PvUse = {
  readonly pricePerKwh: number;
  /** Whether the surplus is measured before the heat pump has used its part, or after. */
  readonly surplus: "before_heat_pump" | "after_heat_pump";
};

/** What electricity costs from a local date on; money in the tariff's currency. */
export type Contract = {
  /** First local date; null: from the beginning. */
  readonly from: string | null;
  /** Outside of windows; null: not known, or dynamic. */
  readonly pricePerKwh: number | null;
  /** Dynamic prices are multiplied and added to; null: the price is fixed. */
  readonly dynamic: { readonly factor: number; readonly addedPerKwh: number } | null;
  /** The first that fits a minute counts. */
  readonly windows: readonly TariffWindow[];
  /** Dates that count as Sundays: `2026-04-06`, or each year's `12-25`. */
  readonly holidays: readonly string[];
  readonly standingCharge: StandingCharge;
  /** null: there is no surplus to use. */
  readonly pv: PvUse | null;
};

/** Contracts in the order of their dates, the first without one. */
export type Tariff = { readonly currency: string; readonly contracts: readonly [Contract, ...Contract[]] };

/** What a kWh costs at a time, and in which window that is; null where the price is not known. */
export type TariffAt = { readonly window: string; readonly pricePerKwh: number | null };

/** The contract that holds on a local date. */
export function contractOf(tariff: Tariff, date: string): Contract {
  return tariff.contracts.findLast(({ from }) => from === null || from <= date) ?? tariff.contracts[0];
}

/** The tariff of the times of one local date. Windows follow local clock time, so a repeated hour is in its window twice. */
export function tariffOfDay(tariff: Tariff, date: string, zone: Zone, prices: PriceSeries): (at: number) => TariffAt {
  const contract = contractOf(tariff, date);
  const windowOf = windowsOfDay(contract, date);
  return (at) => {
    const localMinute = Math.floor(at / minuteMs) + zone.offsetMinutes(at);
    const window = windowOf[((localMinute % minutesOfDay) + minutesOfDay) % minutesOfDay];
    const own = window?.pricePerKwh ?? basePrice(contract, prices, at);
    return {
      window: window?.name ?? standardWindow,
      pricePerKwh: own === null ? null : own + (window?.addedPerKwh ?? 0),
    };
  };
}

const minutesOfDay = 1440;

/** The window of each minute that the clock shows on a date. */
function windowsOfDay(contract: Contract, date: string): (TariffWindow | undefined)[] {
  const day = date.slice(5);
  const isHoliday = contract.holidays.some((holiday) => holiday === date || holiday === day);
  const weekday = isHoliday ? "sun" : weekdayOf(date);
  const today = contract.windows.filter((window) => window.days.includes(weekday) && isInSeason(day, window));
  return Array.from({ length: minutesOfDay }, (_, minute) => today.find((window) => isInWindow(minute, window)));
}

function isInSeason(day: string, { fromDay, toDay }: TariffWindow): boolean {
  return fromDay <= toDay ? fromDay <= day && day <= toDay : day >= fromDay || day <= toDay;
}

function isInWindow(minute: number, { fromMinute: from, toMinute: to }: TariffWindow): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function basePrice({ dynamic, pricePerKwh }: Contract, prices: PriceSeries, at: number): number | null {
  if (dynamic === null) return pricePerKwh;
  const price = prices.at(at);
  return price === null ? null : price * dynamic.factor + dynamic.addedPerKwh;
}

/** What a local date costs whether or not anything is used. */
export function standingChargeOf({ standingCharge: { amount, per } }: Contract, date: string): number {
  switch (per) {
    case "day":
      return amount;
    case "month":
      return amount / daysInMonthOf(date);
    case "year":
      return amount / daysInYearOf(date);
  }
}
