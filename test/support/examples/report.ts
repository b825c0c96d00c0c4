import { type Bill, noBill, windowOf } from "@heatloop/core/cost/bill";
import type { CostOptions } from "@heatloop/core/cost/cost-report";
import { type Report, report } from "@heatloop/core/report";
import { dayOf, rome } from "#test/core/examples/example-days.ts";
import { exampleEvents } from "./events.ts";
import { exampleHouse } from "./house.ts";
import { dates, romeAt } from "./times.ts";

const now = romeAt("2026-11-21T10:30:00");

/** A report with something in every section. `of` replaces what is given here. */
export function exampleReport(of: Partial<Report> = {}): Report {
  const days = dates.map((date, index) =>
    dayOf(date, [
      { operation: "heating", minutes: 800, heatWh: 62.5, electricityWh: 17 + index },
      { operation: "defrost", minutes: 20, heatWh: -40, electricityWh: 10 },
      { operation: "hot_water", minutes: 120, heatWh: 80, electricityWh: 33.3 },
      { operation: "standby", minutes: 500, heatWh: 0, electricityWh: 0.2 },
    ]),
  );
  const made = report({
    device: "ecodan",
    from: "2026-01-01",
    to: "2026-01-03",
    zone: rome,
    now,
    days,
    bills: { days: new Map(dates.map((date) => [date, exampleBill()])), options: exampleCosts },
    events: exampleEvents(),
    house: exampleHouse(),
  });
  return { ...made, ...of };
}

export const exampleCosts: CostOptions = {
  currency: "EUR",
  co2GPerKwh: 350,
  boilers: { gas: { pricePerKwh: 0.11, efficiency: 0.9, co2GPerKwh: 202 }, oil: null },
};

/** A day of 1000 kWh, so that money has four digits; night and the rest of the time. */
export function exampleBill(): Bill {
  const bill: Bill = {
    ...noBill(),
    days: 1,
    seconds: 86_400,
    total: { electricityWh: 1_000_000, pricedWh: 1_000_000, cost: 411.5226 },
    standingCharge: 0.4,
    pv: { electricityWh: 12_300, cost: 1.23, unknownWh: 4_000 },
    comparison: { seenHeatWh: 4e6, heatWh: 4e6, electricityWh: 1e6, cost: 411.5226, directCost: 1600 },
  };
  Object.assign(bill.parts.heating, bill.total);
  const half = { electricityWh: 5e5, pricedWh: 5e5, seconds: 43_200, heatWh: 2e6, heatElectricityWh: 5e5 };
  Object.assign(windowOf(bill, "<night>"), half, { cost: 150 });
  Object.assign(windowOf(bill, "standard"), half, { cost: 261.5226 });
  return bill;
}
