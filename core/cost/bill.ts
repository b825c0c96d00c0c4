import { type Part, parts } from "../energy/day-energy.ts";

/** Electricity and what its priced part cost, unrounded, in the tariff's currency. */
export type Cost = { electricityWh: number; pricedWh: number; cost: number };

/** Electricity and cost of a tariff window; for its COP heat and cold of the time in which both sides were known. */
export type WindowBill = Cost & { seconds: number; heatWh: number; heatElectricityWh: number };

/** The cost of a day or a longer time, unrounded; bills add up. */
export type Bill = {
  days: number;
  /** Days whose electricity is not known, or only in part. */
  unknownDays: number;
  /** Of the time that has passed. */
  seconds: number;
  readonly total: Cost;
  readonly parts: Readonly<Record<Part, Cost>>;
  readonly windows: Map<string, WindowBill>;
  /** PV electricity; `unknownWh` was used while the surplus was not known and counts as bought. */
  readonly pv: { electricityWh: number; cost: number; unknownWh: number };
  standingCharge: number;
  /**
   * The time in which heat, electricity and price were all known, cooling left out: net heat into the water, the
   * electricity that made it, its cost, and the cost of the same heat from direct electric heating. `seenHeatWh` is the
   * heat of all time.
   */
  readonly comparison: {
    seenHeatWh: number;
    heatWh: number;
    electricityWh: number;
    cost: number;
    directCost: number;
  };
};

function noCost(): Cost {
  return { electricityWh: 0, pricedWh: 0, cost: 0 };
}

/** An empty bill. */
export function noBill(): Bill {
  return {
    days: 0,
    unknownDays: 0,
    seconds: 0,
    total: noCost(),
    parts: Object.fromEntries(parts.map((part) => [part, noCost()])) as Record<Part, Cost>,
    windows: new Map(),
    pv: { electricityWh: 0, cost: 0, unknownWh: 0 },
    standingCharge: 0,
    comparison: { seenHeatWh: 0, heatWh: 0, electricityWh: 0, cost: 0, directCost: 0 },
  };
}

/** The window of a bill by its name; it is added where the bill has none yet. */
export function windowOf(bill: Bill, name: string): WindowBill {
  const known = bill.windows.get(name);
  if (known !== undefined) return known;
  const window = { ...noCost(), seconds: 0, heatWh: 0, heatElectricityWh: 0 };
  bill.windows.set(name, window);
  return window;
}

/** Adds a share of a cost to a sum. */
export function addCost(sum: Cost, { electricityWh, pricedWh, cost }: Cost, share = 1): void {
  sum.electricityWh += electricityWh * share;
  sum.pricedWh += pricedWh * share;
  sum.cost += cost * share;
}

/** The bill of several days together. */
export function addedBills(bills: Iterable<Bill>): Bill {
  const sum = noBill();
  for (const bill of bills) {
    sum.days += bill.days;
    sum.unknownDays += bill.unknownDays;
    sum.seconds += bill.seconds;
    sum.standingCharge += bill.standingCharge;
    addCost(sum.total, bill.total);
    for (const part of parts) addCost(sum.parts[part], bill.parts[part]);
    for (const [name, window] of bill.windows) {
      const into = windowOf(sum, name);
      addCost(into, window);
      for (const what of ["seconds", "heatWh", "heatElectricityWh"] as const) into[what] += window[what];
    }
    for (const what of ["electricityWh", "cost", "unknownWh"] as const) sum.pv[what] += bill.pv[what];
    for (const what of ["seenHeatWh", "heatWh", "electricityWh", "cost", "directCost"] as const) {
      sum.comparison[what] += bill.comparison[what];
    }
  }
  return sum;
}
