import { columnOfDay, columnsOfMinutes } from "./day-columns.ts";
import { electricityUse } from "./electricity-use.ts";
import { usualHeaters } from "./estimated-use.ts";
import type { Minute } from "./minute.ts";
import type { Operation } from "./operation.ts";

/** Electricity by operation, Wh; `unknown` is what no operation can be named for. */
export type Spread = Record<Operation | "unknown", number>;

export function noSpread(): Spread {
  return { heating: 0, hot_water: 0, cooling: 0, defrost: 0, standby: 0, unknown: 0 };
}

/**
 * Spreads the counter's 0.1 kWh steps back over the minutes in which they were used (allotment.ts) and sums them up by
 * operation. `minutes` in order of time, of one day. The sum over the result is the sum of `electricity_wh`.
 */
export function spreadElectricity(minutes: readonly Minute[], dayStartsAt: number): Spread {
  const day = columnsOfMinutes(minutes);
  return electricityUse(day, dayStartsAt, columnOfDay(day, "electricity_wh"), usualHeaters).parts;
}
