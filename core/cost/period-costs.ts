import { moneyDigits, round, roundedTo } from "../math/rounding.ts";
import { addedBills, type Bill } from "./bill.ts";
import { type CostOptions, type CostReport, costReport, isAnyPriced, type RoundedBill } from "./cost-report.ts";

type Span = { readonly from: string; readonly to: string };

/**
 * The cost of a range of local dates, both included, and of the periods that divide it: rounded so that the periods add up
 * to the range, and the parts and windows of each to its own. `days`: bills by date, also of dates outside the range.
 */
export function periodCosts(
  days: ReadonlyMap<string, Bill>,
  options: CostOptions,
  range: Span,
  periods: readonly Span[],
): { readonly total: CostReport; readonly periods: readonly CostReport[] } {
  const digits = moneyDigits(options.currency);
  const inside = (span: Span) => sumOf([...days].flatMap(([date, bill]) => (isIn(date, span) ? [bill] : [])));
  const total = inside(range);
  const each = periods.map(inside);
  const roundedAll = (amountOf: (sum: BillSum) => number) => roundedTo(each.map(amountOf), amountOf(total), digits);
  const costs = roundedAll(({ bill }) => bill.total.cost);
  const standingCharges = roundedAll(({ bill }) => bill.standingCharge);
  const roundedPeriods = each.map(({ knownStandingCharge, isKnown }, i): RoundedBill => {
    const standingCharge = standingCharges[i] ?? 0;
    return {
      cost: costs[i] ?? 0,
      standingCharge,
      knownStandingCharge: isKnown ? standingCharge : round(knownStandingCharge, digits),
    };
  });
  const known = roundedPeriods.reduce((sum, { knownStandingCharge }) => sum + knownStandingCharge, 0);
  const roundedTotal = {
    cost: round(total.bill.total.cost, digits),
    standingCharge: round(total.bill.standingCharge, digits),
    knownStandingCharge: round(known, digits),
  };
  return {
    total: costReport(total.bill, options, roundedTotal),
    periods: each.map(({ bill }, i) => costReport(bill, options, roundedPeriods[i])),
  };
}

/** Bills together; `isKnown`: of each of the days something is priced. */
type BillSum = { readonly bill: Bill; readonly knownStandingCharge: number; readonly isKnown: boolean };

function sumOf(bills: readonly Bill[]): BillSum {
  const known = bills.filter(isAnyPriced);
  return {
    bill: addedBills(bills),
    knownStandingCharge: known.reduce((sum, { standingCharge }) => sum + standingCharge, 0),
    isKnown: known.length === bills.length,
  };
}

function isIn(date: string, { from, to }: Span): boolean {
  return date >= from && date <= to;
}
