import { type Figure, figures, type Minute } from "./minute.ts";
import { columnOf, type PointId, pointIds } from "./points.ts";

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
const indexes = new Map<EnergyColumn, number>([...figures, ...energyPoints].map((name, index) => [name, index]));

/** Where a figure or a point stands in `DayColumns.columns`. */
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

/** The values of a figure or a point, one a row; unknown is NaN. */
export function columnOfDay({ columns }: DayColumns, name: EnergyColumn): Float64Array {
  return columns[energyColumnAt(name)] as Float64Array;
}

/** Minutes as columns. */
export function columnsOfMinutes(minutes: readonly Minute[]): DayColumns {
  const number = (value: unknown) => (typeof value === "number" ? value : Number.NaN);
  return {
    rows: minutes.length,
    times: Float64Array.from(minutes, ({ at }) => at),
    columns: [
      ...figures.map((figure) => Float64Array.from(minutes, (minute) => number(minute.figures[figure]))),
      ...energyPoints.map((id) => Float64Array.from(minutes, (minute) => number(minute.points[id]))),
    ],
  };
}

/**
 * Columns as the minutes that `dayEnergy` reads, one small object a minute and no copy: they hold as long as the columns
 * do. Only figures and `energyPoints` can be asked for; any other point throws, as its column was not read.
 */
export function minutesFromColumns(day: DayColumns): Minute[] {
  return Array.from({ length: day.rows }, (_, row) => new MinuteOfColumns(day, row) as unknown as Minute);
}

/** A minute, its figures and its points at once; the getters of the figures and points are added below. */
class MinuteOfColumns {
  readonly columns: readonly Float64Array[];
  readonly row: number;
  readonly at: number;

  constructor({ times, columns }: DayColumns, row: number) {
    this.columns = columns;
    this.row = row;
    this.at = times[row] as number;
  }

  get figures(): this {
    return this;
  }

  get points(): this {
    return this;
  }
}

for (const [column, name] of [...figures, ...energyPoints].entries()) {
  Object.defineProperty(MinuteOfColumns.prototype, name, {
    get(this: MinuteOfColumns): number | null {
      const value = this.columns[column]?.[this.row] as number;
      return Number.isNaN(value) ? null : value;
    },
  });
}
for (const id of pointIds.filter((each) => !(each in MinuteOfColumns.prototype))) {
  Object.defineProperty(MinuteOfColumns.prototype, id, {
    get(): never {
      throw new Error(`${id} was not read from the archive: name it in energyPoints (core/day-columns.ts)`);
    },
  });
}
