import { type Bill, noBill } from "@heatloop/core/cost/bill";
import { periodCosts } from "@heatloop/core/cost/period-costs";
import { type HomeCost, homeCost, monthCost } from "@heatloop/core/hub/home-costs";
import { datesBetween } from "@heatloop/core/time/local-day";
import { periodsBetween } from "@heatloop/core/time/report-unit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const february = { from: "2027-02-01", to: "2027-02-28" };
const dates = datesBetween(february.from, february.to);

/** A day's electricity and prices; null: the electricity is not known, or its price. */
const someDay = fc.record({
  wh: fc.option(fc.integer({ min: 0, max: 30_000 }), { freq: 20 }),
  price: fc.option(fc.integer({ min: -2_000, max: 9_999 }), { freq: 20 }),
  standing: fc.integer({ min: 0, max: 9_999 }),
});

function billOf({ wh, price, standing }: { wh: number | null; price: number | null; standing: number }): Bill {
  const bill = noBill();
  bill.days = 1;
  bill.unknownDays = wh === null ? 1 : 0;
  bill.standingCharge = standing / 10_000;
  bill.total.electricityWh = wh ?? 0;
  if (price !== null) {
    bill.total.pricedWh = wh ?? 0;
    bill.total.cost = ((wh ?? 0) * price) / 1e7;
  }
  return bill;
}

const day = { currency: "EUR", cost: 1.1, known_cost: 1.1, standing_charge: 0.33 };
const eur: HomeCost = { ...day, total_cost: 1.43, known_total_cost: 1.43 };
const whole = (cost: HomeCost) => dates.map(() => cost);

describe("what the days of a month cost together", () => {
  it("is the home's own report of that month, whatever is known of its days, in each currency", () => {
    fc.assert(
      fc.property(
        fc.array(someDay, { minLength: dates.length, maxLength: dates.length }),
        fc.constantFrom("EUR", "JPY", "KWD", ""),
        (days, currency) => {
          const bills = new Map(days.map((each, i) => [dates[i] ?? "", billOf(each)]));
          const options = { currency, co2GPerKwh: null, boilers: { gas: null, oil: null } };
          const { total, periods } = periodCosts(
            bills,
            options,
            february,
            periodsBetween(february.from, february.to, "day"),
          );
          expect(monthCost("2027-02", periods.map(homeCost))).toEqual({ ...homeCost(total), days: 28 });
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ["no day", [], null],
    ["days of two currencies", [eur, { ...eur, currency: "CHF" }], null],
    [
      "a month with a day too few",
      whole(eur).slice(1),
      { ...{ currency: "EUR", cost: null, known_cost: 29.7, standing_charge: 8.91 }, total_cost: null, days: 27 },
    ],
    [
      "a whole month",
      whole(eur),
      { ...{ currency: "EUR", cost: 30.8, known_cost: 30.8, standing_charge: 9.24 }, total_cost: 40.04, days: 28 },
    ],
    [
      "a month with a day of unknown price",
      [...whole(eur).slice(1), { ...eur, cost: null, known_cost: null, total_cost: null, known_total_cost: null }],
      { ...{ cost: null, known_cost: 29.7, standing_charge: 9.24, total_cost: null }, known_total_cost: 38.61 },
    ],
    [
      "days of which nothing is priced",
      [{ ...eur, cost: null, known_cost: null, total_cost: null, known_total_cost: null }],
      { cost: null, known_cost: null, standing_charge: 0.33, total_cost: null, known_total_cost: null, days: 1 },
    ],
  ])("of %s is what is known of it", (_what, days, expected) => {
    const month = monthCost("2027-02", days);
    if (expected === null) expect(month).toBe(null);
    else expect(month).toMatchObject(expected);
  });

  it("knows how long a month is, also in leap years", () => {
    expect(monthCost("2028-02", whole(eur))?.cost).toBe(null);
    expect(monthCost("2028-02", [...whole(eur), eur])?.cost).toBe(31.9);
  });
});
