import { priceUnit } from "@heatloop/core/cost/price-unit";
import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { EntityState } from "../home-assistant/entity-state.ts";
import { numberFrom, toPrecision } from "./entries.ts";
import { priceUnitIn } from "./forms.ts";
import type { PriceIntake } from "./intake.ts";

const quarterMs = 15 * minuteMs;
/** Entities change a little after the quarter hour; until then they show the price before. */
const settledMs = 5 * minuteMs;

/** Takes an entity's state as the price of the running quarter hour, once in each and once it has settled. */
export function quarterPrices(clock: Clock, intake: PriceIntake): (state: EntityState) => void {
  let keptQuarter = Number.NaN;
  return ({ state, attributes }) => {
    const now = clock.now();
    const quarter = Math.floor(now / quarterMs);
    if (quarter === keptQuarter || now - quarter * quarterMs < settledMs) return;
    const price = numberFrom(state);
    if (!Number.isFinite(price)) return;
    keptQuarter = quarter;
    const unitText = priceUnitIn(attributes);
    const unit = priceUnit(unitText);
    if (unit === null) {
      intake.refuse({ code: "price_unit_unknown", unit: unitText });
      return;
    }
    const start = quarter * quarterMs;
    const value = toPrecision(price * unit.scale);
    intake.keep([{ start, end: start + quarterMs, value }], "its state", unit.currency);
  };
}
