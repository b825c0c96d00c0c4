import { moneyDigits, round } from "../math/rounding.ts";
import { sum } from "../math/sums.ts";
import { addedBills, type Bill } from "./bill.ts";
import { type CostOptions, type CostReport, costReport, isAnyPriced, type RoundedBill } from "./cost-report.ts";

type Span = { readonly from: string; readonly to: string };

/**
 * The cost of a range of local dates, both included, and of the periods that divide it. The money of a time is that of its
 * days, so periods add up to the range, and a day costs the same whatever range it is seen in. `days`: bills by date, from
 * `billedFrom` of the range on; other dates may be among them.
 */
export function periodCosts(
  days: ReadonlyMap<string, Bill>,
  options: CostOptions,
  range: Span,
  periods: readonly Span[],
): { readonly total: CostReport; readonly periods: readonly CostReport[] } {
  const digits = moneyDigits(options.currency);
  const all = roundedDays(days, digits);
  const costOf = (span: Span) => {
    const inside = all.filter(({ date }) => isIn(date, span));
    const money = (of: keyof RoundedBill) =>
      round(
        sum(inside, (day) => day.money[of]),
        digits,
      );
    const rounded = {
      cost: money("cost"),
      standingCharge: money("standingCharge"),
      knownStandingCharge: money("knownStandingCharge"),
    };
    return costReport(addedBills(inside.map(({ bill }) => bill)), options, rounded);
  };
  return { total: costOf(range), periods: periods.map(costOf) };
}

/** The first date whose bill the cost of a time from a date on depends on: a day is rounded by those before it in its month. */
export function billedFrom(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

type RoundedDay = { readonly date: string; readonly bill: Bill; readonly money: RoundedBill };

/**
 * Each day's money, rounded so that the first days of a month, however many, cost what their sum comes to, rounded: no day
 * is off by a last digit or more, and a standing charge of 10 a month is 10 in a month of 30 days.
 */
function roundedDays(days: ReadonlyMap<string, Bill>, digits: number): RoundedDay[] {
  let month = "";
  let [cost, standingCharge] = [0, 0];
  const inOrder = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([date, bill]) => {
    if (billedFrom(date) !== month) {
      month = billedFrom(date);
      [cost, standingCharge] = [0, 0];
    }
    const more = (before: number, by: number) => round(round(before + by, digits) - round(before, digits), digits);
    const money = { cost: more(cost, bill.total.cost), standingCharge: more(standingCharge, bill.standingCharge) };
    cost += bill.total.cost;
    standingCharge += bill.standingCharge;
    return { date, bill, money: { ...money, knownStandingCharge: isAnyPriced(bill) ? money.standingCharge : 0 } };
  });
}

function isIn(date: string, { from, to }: Span): boolean {
  return date >= from && date <= to;
}
