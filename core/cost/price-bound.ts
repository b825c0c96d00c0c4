import type { Slot } from "../time/slots.ts";

/** About 10 EUR/kWh in other currencies: more than any household pays, also on the worst day. */
const mostPerKwh: Readonly<Record<string, number>> = {
  EUR: 10,
  USD: 10,
  GBP: 10,
  CHF: 10,
  AUD: 20,
  NZD: 20,
  CAD: 15,
  SGD: 15,
  BGN: 20,
  BAM: 20,
  PLN: 50,
  RON: 50,
  ILS: 40,
  BRL: 60,
  AED: 40,
  SAR: 40,
  MYR: 50,
  GEL: 30,
  DKK: 100,
  SEK: 100,
  NOK: 100,
  CNY: 80,
  HKD: 90,
  HRK: 75,
  MDL: 200,
  MXN: 200,
  ZAR: 200,
  CZK: 250,
  TWD: 350,
  THB: 400,
  TRY: 500,
  UAH: 500,
  MKD: 600,
  PHP: 650,
  INR: 1000,
  RUB: 1000,
  RSD: 1200,
  ALL: 1000,
  ISK: 1500,
  JPY: 1700,
  HUF: 4000,
  CLP: 10_000,
  ARS: 15_000,
  KRW: 16_000,
  COP: 45_000,
  IDR: 180_000,
  VND: 270_000,
};

/** The usual bound of prices a kWh in a currency (ISO 4217, or empty); undefined where its scale is not known. */
export function usualMostPerKwh(currency: string): number | undefined {
  return mostPerKwh[currency];
}

/** The bound of a source of prices: what a person set, else the usual one of the currency, else that of the euro. */
export function boundPerKwh(set: number | null, currency: string | null): number {
  return set ?? usualMostPerKwh(currency ?? "") ?? 10;
}

/** Prices below zero are real down to a tenth of the bound: the power exchanges go to -0.5 EUR a kWh. */
export function lowestPerKwh(most: number): number {
  return -most / 10;
}

/** Whether a price a kWh is plausible where `most` is the bound. */
export function isWithinReason(perKwh: number, most: number): boolean {
  return perKwh <= most && perKwh >= lowestPerKwh(most);
}

/** The first of these prices a kWh that is beyond reason; undefined where all are within. */
export function beyondReason(slots: readonly Slot[], most: number): Slot | undefined {
  return slots.find(({ value }) => !isWithinReason(value, most));
}
