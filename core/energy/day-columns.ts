import { columnOf, type PointId } from "../catalogue/points.ts";
import { type Figure, figures } from "../minute/figures.ts";
import type { Minute } from "../minute/minute.ts";

/** The points that the energy of a day is made of, beside the figures; all are numbers. */
export const energyPoints = [
  "compressor_frequency",
  "compressor",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "heating_electricity_yesterday",
  "heating_heat_yesterday",
  "dhw_electricity_yesterday",
  "dhw_heat_yesterday",
  "cooling_electricity_yesterday",
  "cooling_heat_yesterday",
  "flow_rate",
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "daily_electricity",
  "daily_estimated_heat",
  "pump_power",
] as const satisfies readonly PointId[];
export type EnergyPoint = (typeof energyPoints)[number];

/** The CSV columns that the energy of a day is made of: the figures, then the points. */
export const energyColumns: readonly string[] = [...figures, ...energyPoints.map(columnOf)];

/** A figure or a point of `energyColumns`. */
export type EnergyColumn = Figure | EnergyPoint;
/** All of them, in the order of `energyColumns`. */
export const energyColumnNames: readonly EnergyColumn[] = [...figures, ...energyPoints];
const indexes = new Map(energyColumnNames.map((name, index) => [name, index]));

/** The position of a figure or a point in `DayColumns.columns`. */
export function energyColumnAt(name: EnergyColumn): number {
  return indexes.get(name) as number;
}

/** Minutes of one local day, column by column, in order of time, each once; unknown is NaN. */
export type DayColumns = {
  readonly rows: number;
  /** Starts of the minutes, ms since the epoch. */
  readonly times: Float64Array;
  /** In the order of `energyColumns`. */
  readonly columns: readonly Float64Array[];
};

/** A day of which nothing was logged. */
export const noRows: DayColumns = {
  rows: 0,
  times: new Float64Array(0),
  columns: energyColumns.map(() => new Float64Array(0)),
};

/** The values of a figure or a point, one a row; unknown is NaN. */
export function columnOfDay({ columns }: DayColumns, name: EnergyColumn): Float64Array {
  return columns[energyColumnAt(name)] as Float64Array;
}

/** Minutes as columns. Where only some are `wanted`, the others are all unknown. */
export function columnsOfMinutes(minutes: readonly Minute[], wanted?: readonly EnergyColumn[]): DayColumns {
  const rows = minutes.length;
  const unwanted = new Float64Array(rows).fill(Number.NaN);
  const isWanted = (name: EnergyColumn) => wanted === undefined || wanted.includes(name);
  return {
    rows,
    times: Float64Array.from(minutes, ({ at }) => at),
    columns: [
      ...figures.map((name) => (isWanted(name) ? valuesOf(minutes, ({ figures: of }) => of[name]) : unwanted)),
      ...energyPoints.map((name) => (isWanted(name) ? valuesOf(minutes, ({ points: of }) => of[name]) : unwanted)),
    ],
  };
}

function valuesOf(minutes: readonly Minute[], valueIn: (minute: Minute) => unknown): Float64Array {
  const column = new Float64Array(minutes.length);
  for (let row = 0; row < minutes.length; row += 1) {
    const value = valueIn(minutes[row] as Minute);
    column[row] = typeof value === "number" ? value : Number.NaN;
  }
  return column;
}
