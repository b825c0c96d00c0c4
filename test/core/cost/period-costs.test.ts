import { type Bill, noBill, windowOf } from "@heatloop/core/cost/bill";
import { billedFrom, periodCosts } from "@heatloop/core/cost/period-costs";
import { type Part, parts } from "@heatloop/core/energy/day-energy";
import { moneyDigits, round } from "@heatloop/core/math/rounding";
import { datesBetween } from "@heatloop/core/time/local-day";
import { periodsBetween, reportUnits } from "@heatloop/core/time/report-unit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const range = { from: "2026-10-20", to: "2026-12-08" };
const dates = datesBetween(range.from, range.to);

/** A day's use, its window, what it cost, and whether its price is known. */
const someUse = fc.record({
  part: fc.constantFrom(...parts),
  window: fc.constantFrom("night", "day", "peak"),
  wh: fc.integer({ min: 1, max: 20_000 }),
  price: fc.option(
    fc.integer({ min: -1000, max: 9999 }).map((each) => each / 10_000),
    { freq: 8 },
  ),
});
type Use = { part: Part; window: string; wh: number; price: number | null };
const someDay = fc.record({
  uses: fc.array(someUse, { minLength: 1, maxLength: 5 }),
  standingCharge: fc.integer({ min: 0, max: 9999 }).map((each) => each / 10_000),
});

function billOf(day: { readonly uses: readonly Use[]; readonly standingCharge: number }): Bill {
  const bill = noBill();
  bill.days = 1;
  bill.standingCharge = day.standingCharge;
  for (const { part, window, wh, price } of day.uses) {
    for (const into of [bill.total, bill.parts[part], windowOf(bill, window)]) {
      into.electricityWh += wh;
      if (price === null) continue;
      into.pricedWh += wh;
      into.cost += (wh * price) / 1000;
    }
    if (price === null || part === "cooling" || part === "unknown") continue;
    bill.comparison.heatWh += wh * 3;
    bill.comparison.electricityWh += wh;
    bill.comparison.cost += (wh * price) / 1000;
    bill.comparison.directCost += (wh * 3 * price) / 1000;
  }
  return bill;
}

/** Days of the range; of some nothing is known. */
const someDays = fc.array(fc.option(someDay, { freq: 6 }), { minLength: dates.length, maxLength: dates.length });

describe("the costs of a report", () => {
  it("add up to the total, over periods, uses and windows, in each currency", () => {
    fc.assert(
      fc.property(
        someDays,
        fc.constantFrom(...reportUnits),
        fc.constantFrom("EUR", "JPY", "KWD", ""),
        (days, unit, currency) => {
          const bills = new Map(
            days.flatMap((day, i) => (day === null ? [] : [[dates[i] ?? "", billOf(day)] as const])),
          );
          const options = { currency, co2GPerKwh: null, boilers: { gas: null, oil: null } };
          const periods = periodsBetween(range.from, range.to, unit);
          const costs = periodCosts(bills, options, range, periods);
          const inUnits = (amounts: readonly (number | null)[]) =>
            Math.round(amounts.reduce((sum: number, amount) => sum + (amount ?? 0), 0) * 10 ** moneyDigits(currency));
          for (const of of ["knownCost", "standingCharge", "knownTotalCost"] as const) {
            expect(inUnits(costs.periods.map((period) => period[of]))).toBe(inUnits([costs.total[of]]));
          }
          for (const cost of [costs.total, ...costs.periods]) {
            const whole = inUnits([cost.knownCost]);
            expect(inUnits(parts.map((part) => cost.parts[part].knownCost))).toBe(whole);
            expect(inUnits(cost.windows.map(({ knownCost }) => knownCost))).toBe(whole);
            if (cost.totalCost !== null) expect(cost.knownTotalCost).toBe(cost.totalCost);
            if (cost.comparison === null) continue;
            const uncompared = inUnits([cost.parts.cooling.knownCost, cost.parts.unknown.knownCost]);
            expect(inUnits([cost.comparison.heatPump.cost])).toBe(whole - uncompared);
            const { directElectric, heatPump } = cost.comparison;
            expect(inUnits([directElectric.saving])).toBe(inUnits([directElectric.cost, -heatPump.cost]));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("are the same for a day in whatever range it is seen, and those of a whole month are its sum, rounded", () => {
    fc.assert(
      fc.property(
        fc.array(someDay, { minLength: dates.length, maxLength: dates.length }),
        fc.integer({ min: 0, max: dates.length - 1 }),
        fc.integer({ min: 0, max: dates.length - 1 }),
        fc.constantFrom("EUR", "JPY", ""),
        (days, one, other, currency) => {
          const bills = new Map(days.map((day, i) => [dates[i] ?? "", billOf(day)]));
          const options = { currency, co2GPerKwh: null, boilers: { gas: null, oil: null } };
          const [from = "", to = ""] = [dates[Math.min(one, other)], dates[Math.max(one, other)]];
          const billed = new Map([...bills].filter(([date]) => date >= billedFrom(from) && date <= to));
          const each = periodsBetween(range.from, range.to, "day");
          const whole = new Map(
            periodCosts(bills, options, range, each).periods.map((cost, i) => [each[i]?.from, cost]),
          );
          const some = periodsBetween(from, to, "day");
          periodCosts(billed, options, { from, to }, some).periods.forEach((cost, i) => {
            expect(cost).toEqual(whole.get(some[i]?.from ?? ""));
          });
          const november = { from: "2026-11-01", to: "2026-11-30" };
          const exact = datesBetween(november.from, november.to).map((date) => bills.get(date) ?? noBill());
          const { total } = periodCosts(bills, options, november, []);
          const sum = (of: (bill: Bill) => number) =>
            round(
              exact.reduce((cost, bill) => cost + of(bill), 0),
              moneyDigits(currency),
            );
          expect(total.standingCharge).toBe(sum(({ standingCharge }) => standingCharge));
          if (total.knownCost !== null) expect(total.knownCost).toBe(sum(({ total: { cost } }) => cost));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are of the known part where the price of some is not known", () => {
    const use = { part: "heating", window: "day", wh: 10_000 } as const;
    const bills = new Map([
      ["2026-11-01", billOf({ uses: [{ ...use, price: null }], standingCharge: 0.5 })],
      ["2026-11-02", billOf({ uses: [{ ...use, price: 0.3 }], standingCharge: 0.5 })],
    ]);
    const options = { currency: "EUR", co2GPerKwh: null, boilers: { gas: null, oil: null } };
    const november = { from: "2026-11-01", to: "2026-11-30" };
    expect(periodCosts(bills, options, november, [november]).total).toMatchObject({
      cost: null,
      totalCost: null,
      knownCost: 3,
      knownTotalCost: 3.5,
      standingCharge: 1,
    });
  });
});
