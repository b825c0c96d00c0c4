import { cop } from "../energy/cop.ts";
import { type Part, parts } from "../energy/day-energy.ts";
import { moneyDigits, round, roundedTo } from "../math/rounding.ts";
import type { Bill, Cost } from "./bill.ts";

/** A boiler that could make the same heat. */
export type Boiler = {
  readonly pricePerKwh: number;
  /** Heat out of fuel in, 0 to 1; on the same calorific value as price and CO2. */
  readonly efficiency: number;
  readonly co2GPerKwh: number | null;
};

export const boilers = ["gas", "oil"] as const;
export type BoilerName = (typeof boilers)[number];

export type CostOptions = {
  readonly currency: string;
  /** Of the electricity; null: not set. */
  readonly co2GPerKwh: number | null;
  readonly boilers: Readonly<Record<BoilerName, Boiler | null>>;
};

/** A cost for people, rounded. */
export type CostLine = {
  readonly electricityWh: number;
  /** null where the price of any of it is not known. */
  readonly cost: number | null;
  /** The cost of the priced part; null where nothing of it is priced. */
  readonly knownCost: number | null;
  /** Share of the electricity that is priced, 0 to 1; null where there is none. */
  readonly knownShare: number | null;
};

export type WindowCost = CostLine & {
  readonly name: string;
  readonly seconds: number;
  /** Mean price of its priced electricity. */
  readonly pricePerKwh: number | null;
  /** Heat and cold. */
  readonly heatWh: number;
  readonly cop: number | null;
};

/** Another way to make the heat that the heat pump made. */
export type Alternative = {
  readonly cost: number;
  /** How much less the heat pump cost; negative where it cost more. */
  readonly saving: number;
  /** Fuel or electricity. */
  readonly inputKwh: number;
  readonly co2Kg: number | null;
};

/** The cost of a time, for people: money rounded here and nowhere before, so that windows and parts add up to the total. */
export type CostReport = CostLine & {
  readonly currency: string;
  readonly days: number;
  /** Days whose electricity is not known, or only in part; they make every cost unknown but not the known part. */
  readonly unknownDays: number;
  readonly standingCharge: number;
  /** Known cost with the standing charge of the days that have one; null where nothing is priced. */
  readonly knownTotalCost: number | null;
  /** Energy and standing charge; null where the cost of the energy is. */
  readonly totalCost: number | null;
  readonly pricePerKwh: number | null;
  readonly parts: Readonly<Record<Part, CostLine>>;
  /** In the order of their names. */
  readonly windows: readonly WindowCost[];
  /** PV electricity in it; null where no surplus was known or used. */
  readonly pv: { readonly electricityWh: number; readonly cost: number; readonly unknownWh: number } | null;
  readonly co2Kg: number | null;
  /** null where no heat was seen at a known price. */
  readonly comparison: {
    readonly heatWh: number;
    /** Share of the heat that the comparison is about: that with electricity and price known. */
    readonly share: number;
    readonly heatPump: { readonly cost: number; readonly electricityWh: number; readonly co2Kg: number | null };
    readonly directElectric: Alternative;
    readonly gas: Alternative | null;
    readonly oil: Alternative | null;
  } | null;
};

const unpricedToleranceWh = 0.001;

/** Money of a bill, rounded; `knownStandingCharge` is that of the days of which anything is priced. */
export type RoundedBill = {
  readonly cost: number;
  readonly standingCharge: number;
  readonly knownStandingCharge: number;
};

/**
 * A bill as a report. Money has the currency's digits (2 without one), prices two more. `rounded`: the money of a bill that
 * is one of several which add up; rounded by itself where it is left out.
 */
export function costReport(bill: Bill, options: CostOptions, rounded?: RoundedBill): CostReport {
  const digits = moneyDigits(options.currency);
  const { total } = bill;
  const { cost, standingCharge, knownStandingCharge } = rounded ?? roundedBill(bill, digits);
  const windows = [...bill.windows].sort(([a], [b]) => (a < b ? -1 : 1));
  const partCosts = roundedTo(
    parts.map((part) => bill.parts[part].cost),
    cost,
    digits,
  );
  const windowCosts = roundedTo(
    windows.map(([, window]) => window.cost),
    cost,
    digits,
  );
  const isWhole = bill.unknownDays === 0;
  const whole = lineOf(total, cost, isWhole);
  const uncompared = parts.flatMap((part, i) => (part === "cooling" || part === "unknown" ? [partCosts[i] ?? 0] : []));
  const comparable = round(cost - uncompared.reduce((sum, each) => sum + each, 0), digits);
  return {
    ...whole,
    currency: options.currency,
    days: bill.days,
    unknownDays: bill.unknownDays,
    standingCharge,
    knownTotalCost: whole.knownCost === null ? null : round(whole.knownCost + knownStandingCharge, digits),
    totalCost: whole.cost === null ? null : round(whole.cost + standingCharge, digits),
    pricePerKwh: meanPrice(total, digits),
    parts: Object.fromEntries(
      parts.map((part, i) => [part, lineOf(bill.parts[part], partCosts[i] ?? 0, isWhole)]),
    ) as Record<Part, CostLine>,
    windows: windows.map(([name, window], i) => ({
      name,
      seconds: Math.round(window.seconds),
      ...lineOf(window, windowCosts[i] ?? 0, isWhole),
      pricePerKwh: meanPrice(window, digits),
      heatWh: Math.round(window.heatWh) + 0,
      cop: cop(window.heatWh, window.heatElectricityWh),
    })),
    pv: pvOf(bill, digits),
    co2Kg: isWhole ? co2Of(total.electricityWh, options.co2GPerKwh) : null,
    comparison: comparisonOf(bill, options, comparable),
  };
}

/** Whether any of its electricity is priced, or there is none that would have to be. */
export function isAnyPriced({ total, unknownDays }: Pick<Bill, "total" | "unknownDays">): boolean {
  return total.pricedWh > 0 || (isPriced(total) && unknownDays === 0);
}

function isPriced({ electricityWh, pricedWh }: Cost): boolean {
  return electricityWh - pricedWh <= unpricedToleranceWh;
}

function roundedBill(bill: Bill, digits: number): RoundedBill {
  const standingCharge = round(bill.standingCharge, digits);
  return {
    cost: round(bill.total.cost, digits),
    standingCharge,
    knownStandingCharge: isAnyPriced(bill) ? standingCharge : 0,
  };
}

function lineOf(cost: Cost, rounded: number, isWhole: boolean): CostLine {
  return {
    electricityWh: Math.round(cost.electricityWh),
    cost: isPriced(cost) && isWhole ? rounded : null,
    knownCost: cost.pricedWh > 0 || (isPriced(cost) && isWhole) ? rounded : null,
    knownShare: cost.electricityWh > 0 ? cost.pricedWh / cost.electricityWh : null,
  };
}

function meanPrice({ pricedWh, cost }: Cost, digits: number): number | null {
  return pricedWh > 0 ? round((cost * 1000) / pricedWh, digits + 2) : null;
}

function pvOf({ pv }: Bill, digits: number): CostReport["pv"] {
  if (pv.electricityWh === 0 && pv.unknownWh === 0) return null;
  const { electricityWh, cost, unknownWh } = pv;
  return {
    electricityWh: Math.round(electricityWh),
    cost: round(cost, digits),
    unknownWh: Math.round(unknownWh),
  };
}

/** `comparable`: the rounded cost of all that could be compared; where no more than rounding is between, it is the cost. */
function comparisonOf(bill: Bill, options: CostOptions, comparable: number): CostReport["comparison"] {
  const { comparison } = bill;
  const { seenHeatWh, heatWh, electricityWh, directCost } = comparison;
  if (heatWh <= 0) return null;
  const digits = moneyDigits(options.currency);
  const isAll = isAllCompared(bill) || Math.abs(comparison.cost - comparable) < 1.5 * 10 ** -digits;
  const cost = isAll ? comparable : round(comparison.cost, digits);
  const than = (alternative: number, inputWh: number, co2GPerKwh: number | null): Alternative => ({
    cost: round(alternative, digits),
    saving: round(round(alternative, digits) - cost, digits),
    inputKwh: round(inputWh / 1000, 1),
    co2Kg: co2Of(inputWh, co2GPerKwh),
  });
  const boilerOf = (name: BoilerName): Alternative | null => {
    const boiler = options.boilers[name];
    if (boiler === null) return null;
    const fuelWh = heatWh / boiler.efficiency;
    return than((fuelWh * boiler.pricePerKwh) / 1000, fuelWh, boiler.co2GPerKwh);
  };
  return {
    heatWh: Math.round(heatWh),
    share: Math.min(1, heatWh / seenHeatWh),
    heatPump: {
      cost,
      electricityWh: Math.round(electricityWh),
      co2Kg: co2Of(electricityWh, options.co2GPerKwh),
    },
    directElectric: than(directCost, heatWh, options.co2GPerKwh),
    gas: boilerOf("gas"),
    oil: boilerOf("oil"),
  };
}

/** Whether all electricity of known price that makes heat is in the comparison. */
function isAllCompared(bill: Bill): boolean {
  const comparableWh = parts
    .filter((part) => part !== "cooling" && part !== "unknown")
    .reduce((sum, part) => sum + bill.parts[part].pricedWh, 0);
  return Math.abs(comparableWh - bill.comparison.electricityWh) < 0.5;
}

function co2Of(wh: number, gPerKwh: number | null): number | null {
  return gPerKwh === null ? null : round((wh * gPerKwh) / 1e6, 2);
}
