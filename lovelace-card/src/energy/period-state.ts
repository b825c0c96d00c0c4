import type { HeatPumpEntity } from "../home-assistant/entity-id.ts";
import { stateOf, type ValueSource } from "../home-assistant/value.ts";

/** Yesterday, or the month so far, as Heatloop reports it to Home Assistant; null is not known. */
export type PeriodFigures = {
  /** Its first local date. */
  readonly from: string;
  readonly electricityKwh: number | null;
  readonly heatKwh: number | null;
  readonly coolingKwh: number | null;
  readonly cop: number | null;
  /** Of the part alone of which the price is known, where `isCostPart`. */
  readonly cost: number | null;
  readonly isCostPart: boolean;
  readonly currency: string;
};

const rows = {
  yesterday: { attributes: "yesterday_short_runs", cost: "yesterday_cost" },
  month: { attributes: "month_electricity", cost: "month_cost" },
} as const satisfies Record<string, Readonly<Record<string, HeatPumpEntity>>>;

export type PeriodName = keyof typeof rows;

export const periodEntities = Object.values(rows).flatMap((row) => Object.values(row));

/** A period from the attributes of its sensor (mqtt-discovery/report-states.ts); undefined where it is not there. */
export function periodFigures(source: ValueSource, name: PeriodName): PeriodFigures | undefined {
  const attributes = stateOf(source, rows[name].attributes)?.attributes;
  if (attributes === undefined || typeof attributes.from !== "string") return undefined;
  const number = (key: string) => {
    const value = attributes[key];
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  };
  return {
    from: attributes.from,
    electricityKwh: number("electricity_kwh"),
    heatKwh: number("heat_kwh"),
    coolingKwh: number("cooling_kwh"),
    cop: number("cop"),
    cost: number("cost") ?? number("known_cost"),
    isCostPart: number("cost") === null,
    currency: String(stateOf(source, rows[name].cost)?.attributes.unit_of_measurement ?? ""),
  };
}
