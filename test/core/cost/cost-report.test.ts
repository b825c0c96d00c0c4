import { addedBills, type Bill } from "@heatloop/core/cost/bill";
import type { BilledDay } from "@heatloop/core/cost/cost";
import { costReport } from "@heatloop/core/cost/cost-report";
import { periodCosts } from "@heatloop/core/cost/period-costs";
import { moneyDigits, round, roundedTo } from "@heatloop/core/math/rounding";
import { nextDate } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { billedDate as date, exampleBill, plainCost as options } from "#test/core/examples/example-bills.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { slotSeries } from "#test/core/examples/example-slots.ts";
import { rome, tariffOf, windowed } from "#test/core/examples/example-tariffs.ts";

/** A day on which each minute took as much and gave as much heat. */
function evenDay(wattHours: number, heatWh: number, more: Partial<BilledDay> = {}): Bill {
  const on = more.date ?? date;
  const minutes = Array.from({ length: 1440 }, (_, i) =>
    wholeMinute(rome.startOf(on) + i * 60_000, "heating", { heatWh: heatWh / 1440, electricityWh: wattHours / 1440 }),
  );
  return exampleBill(minutes, more);
}

describe("a cost report", () => {
  test("reports cost, standing charge, mean price and COP", () => {
    const tariff = tariffOf({ ...windowed, standingCharge: { amount: 0.4, per: "day" } });
    const report = costReport(evenDay(24_000, 96_000, { tariff }), options);
    expect(report).toMatchObject({
      currency: "EUR",
      days: 1,
      unknownDays: 0,
      electricityWh: 24_000,
      cost: 6.45,
      knownCost: 6.45,
      standingCharge: 0.4,
      totalCost: 6.85,
      pricePerKwh: 0.2688,
      pv: null,
      co2Kg: null,
    });
    expect(report.knownShare).toBeCloseTo(1, 9);
    expect(
      report.windows.map(({ name, seconds, electricityWh, cost, pricePerKwh, cop }) => [
        name,
        seconds / 3600,
        electricityWh,
        cost,
        pricePerKwh,
        cop,
      ]),
    ).toEqual([
      ["evening", 3, 3000, 1.35, 0.45, 4],
      ["night", 8, 8000, 1.2, 0.15, 4],
      ["standard", 13, 13_000, 3.9, 0.3, 4],
    ]);
    expect(report.parts.heating).toMatchObject({ electricityWh: 24_000, cost: 6.45 });
    expect(report.parts.cooling).toEqual({ electricityWh: 0, cost: 0, knownCost: 0, knownShare: null });
  });

  test("without a price reports no cost at all, rather than 0", () => {
    const report = costReport(evenDay(10_000, 30_000, { tariff: tariffOf({}) }), options);
    expect(report).toMatchObject({
      electricityWh: 10_000,
      cost: null,
      knownCost: null,
      knownShare: 0,
      totalCost: null,
      pricePerKwh: null,
      comparison: null,
    });
  });

  test("with prices of a part of the time reports its cost and its share", () => {
    const start = rome.startOf(date);
    const prices = slotSeries([{ start, end: start + 18 * 3_600_000, value: 0.2 }]);
    const tariff = tariffOf({ dynamic: { factor: 1, addedPerKwh: 0 } });
    const report = costReport(evenDay(24_000, 72_000, { tariff, prices }), options);
    expect(report).toMatchObject({ cost: null, knownCost: 3.6, totalCost: null, pricePerKwh: 0.2 });
    expect(report.knownShare).toBeCloseTo(0.75, 9);
    expect(report.comparison).toMatchObject({
      heatWh: 54_000,
      heatPump: { cost: 3.6 },
      directElectric: { cost: 10.8 },
    });
    expect(report.comparison?.share).toBeCloseTo(0.75, 9);
  });

  test("over a day that was not seen knows the cost of the others only", () => {
    const unseen = exampleBill([], {
      date: nextDate(date),
      now: rome.endOf("2026-12-31"),
      tariff: tariffOf({ pricePerKwh: 0.3, standingCharge: { amount: 1, per: "day" } }),
    });
    const report = costReport(addedBills([evenDay(10_000, 30_000), unseen]), options);
    expect(report).toMatchObject({
      days: 2,
      unknownDays: 1,
      cost: null,
      knownCost: 3,
      standingCharge: 1,
      totalCost: null,
    });
    const days = new Map([
      [date, evenDay(10_000, 30_000)],
      [nextDate(date), unseen],
    ]);
    const range = { from: date, to: nextDate(date) };
    expect(periodCosts(days, options, range, [range]).total).toMatchObject({ knownCost: 3, knownTotalCost: 3 });
    expect(costReport(unseen, options)).toMatchObject({ cost: null, knownCost: null, knownShare: null });
  });

  test("compares with boilers and with heat made of electricity directly", () => {
    const report = costReport(evenDay(10_000, 36_000), {
      currency: "EUR",
      co2GPerKwh: 350,
      boilers: {
        gas: { pricePerKwh: 0.12, efficiency: 0.9, co2GPerKwh: 202 },
        oil: { pricePerKwh: 0.1, efficiency: 0.8, co2GPerKwh: null },
      },
    });
    expect(report.co2Kg).toBe(3.5);
    expect(report.comparison).toEqual({
      heatWh: 36_000,
      share: 1,
      heatPump: { cost: 3, electricityWh: 10_000, co2Kg: 3.5 },
      directElectric: { cost: 10.8, saving: 7.8, inputKwh: 36, co2Kg: 12.6 },
      gas: { cost: 4.8, saving: 1.8, inputKwh: 40, co2Kg: 8.08 },
      oil: { cost: 4.5, saving: 1.5, inputKwh: 45, co2Kg: null },
    });
  });

  test("reports the electricity from PV", () => {
    const start = rome.startOf(date);
    const surplusW = slotSeries([{ start, end: rome.endOf(date), value: 250 }]);
    const pv = { pricePerKwh: 0.08, surplus: "before_heat_pump" } as const;
    const report = costReport(
      evenDay(24_000, 72_000, { tariff: tariffOf({ pricePerKwh: 0.3, pv }), surplusW }),
      options,
    );
    expect(report.pv).toEqual({ electricityWh: 6000, cost: 0.48, unknownWh: 0 });
    expect(report.cost).toBe(5.88);
  });

  test("has no COP for less than 0.1 kWh, and none without heat", () => {
    expect(costReport(evenDay(90, 300), options).windows[0]?.cop).toBeNull();
    expect(costReport(evenDay(9000, 0), options).windows[0]?.cop).toBeNull();
  });
});

describe("money", () => {
  test.each([
    [1.005, 2, 1.01],
    [2.5, 0, 3],
    [-1.005, 2, -1.01],
    [0.125, 2, 0.13],
    [-0.001, 2, 0],
    [1e9 + 0.005, 2, 1e9 + 0.01],
  ])("%d rounds to %d digits as %d", (value, digits, rounded) => {
    expect(round(value, digits)).toBe(rounded);
    expect(Object.is(round(value, digits), -0)).toBe(false);
  });

  test.each([
    ["EUR", 2],
    ["JPY", 0],
    ["KWD", 3],
    ["", 2],
  ])("of %s has %d digits", (currency, digits) => {
    expect(moneyDigits(currency)).toBe(digits);
  });

  test("in parts adds up to the rounded whole, each part within a cent", () => {
    const amounts = fc.array(
      fc.integer({ min: -1e7, max: 1e7 }).map((parts) => parts / 1e4),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 3 }), (parts, digits) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        const rounded = roundedTo(parts, total, digits);
        expect(rounded.reduce((sum, part) => sum + part, 0)).toBeCloseTo(round(total, digits), 9);
        rounded.forEach((part, i) => {
          expect(Math.abs(part - (parts[i] ?? 0))).toBeLessThanOrEqual(1.001 * 10 ** -digits);
        });
      }),
    );
  });
});
