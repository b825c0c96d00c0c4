import type { Bill } from "@heatloop/core/cost/bill";
import type { BilledDay } from "@heatloop/core/cost/cost";
import type { CostOptions } from "@heatloop/core/cost/cost-report";
import type { Minute } from "@heatloop/core/minute/minute";
import { noSlots } from "./example-slots.ts";
import { rome, tariffOf } from "./example-tariffs.ts";
import { billOfMinutes } from "./reports-of-minutes.ts";

/** The day that is billed where a test names none: a Wednesday in winter. */
export const billedDate = "2026-01-28";

/** How a cost is presented where neither CO2 nor a boiler is set. */
export const plainCost: CostOptions = { currency: "EUR", co2GPerKwh: null, boilers: { gas: null, oil: null } };

/** The bill of a whole day in Rome, at 0.30 a kWh where a test sets nothing else. */
export function exampleBill(minutes: readonly Minute[], more: Partial<BilledDay> = {}): Bill {
  const date = more.date ?? billedDate;
  const tariff = tariffOf({ pricePerKwh: 0.3 });
  const day = { date, zone: rome, now: rome.endOf(date), tariff, prices: noSlots, surplusW: noSlots };
  return billOfMinutes({ ...day, minutes, ...more });
}
