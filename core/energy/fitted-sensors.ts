import { operations } from "../live/operation.ts";
import { columnOfDay, type DayColumns, type EnergyColumn, energyColumnAt, energyColumnNames } from "./day-columns.ts";
import { type DaySums, daySums } from "./day-sums.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";

/** Sensors that a heat pump may lack; it then reports a constant in their place. */
const fittings = ["flow_rate", "daily_electricity", "daily_estimated_heat", "electricity_meter"] as const;
type Fitting = (typeof fittings)[number];

/** A compressor that ran this long moved water, used 0.1 kWh and made heat: a sensor that saw none is not fitted. */
export const leastRunS = 1800;
/** The most that a power meter of something else shows as noise. */
const nothingWh = 20;

const heatColumns: readonly EnergyColumn[] = operations.map((operation) => `${operation}_wh` as const);

/** The columns that follow from each sensor: unknown where it is not fitted. */
const columnsOf: Readonly<Record<Fitting, readonly EnergyColumn[]>> = {
  flow_rate: ["flow_rate", "covered_s", "heat_wh", ...heatColumns],
  daily_electricity: ["daily_electricity", "electricity_wh"],
  daily_estimated_heat: ["daily_estimated_heat"],
  electricity_meter: ["meter_wh", "meter_s", "meter_kwh"],
};

/** The column that shows what each sensor reports. */
const columnOfSensor: Readonly<Record<Fitting, EnergyColumn>> = {
  flow_rate: "flow_rate",
  daily_electricity: "electricity_wh",
  daily_estimated_heat: "daily_estimated_heat",
  electricity_meter: "meter_wh",
};

/**
 * The sensors that showed nothing but a constant in at least half an hour of running: a controller before FTC6 has no
 * electricity counter, and not every unit has a flow sensor. A total that never moved is left out whatever it shows;
 * the finding `not_fitted` is about those that show 0. `sums` are those of the day.
 */
function unfittedOf(day: DayColumns, { figures, known, compressorS }: DaySums): readonly Fitting[] {
  if (compressorS < leastRunS) return [];
  const isConstant: Readonly<Record<Fitting, boolean>> = {
    flow_rate: known.flow_rate > 0 && figures.flow_rate === 0,
    daily_electricity: known.electricity_wh > 0 && figures.electricity_wh === 0,
    daily_estimated_heat: known.daily_estimated_heat > 0 && figures.daily_estimated_heat === 0,
    electricity_meter: known.meter_wh > 0 && figures.meter_wh < nothingWh,
  };
  return fittings.filter((fitting) => isConstant[fitting] && secondsRunning(day, columnOfSensor[fitting]) >= leastRunS);
}

/** How long the compressor ran in the minutes in which a column was known, s. */
function secondsRunning(day: DayColumns, name: EnergyColumn): number {
  const values = columnOfDay(day, name);
  const ran = columnOfDay(day, "compressor");
  let seconds = 0;
  for (let row = 0; row < day.rows; row += 1) {
    if (!Number.isNaN(values[row] as number) && !Number.isNaN(ran[row] as number)) seconds += ran[row] as number;
  }
  return seconds;
}

/** A day without what is not fitted, its sums, and passes that can go over it. */
export function fittedDay(
  day: DayColumns,
  passes: RowPasses = plainPasses(day.rows),
): { readonly columns: DayColumns; readonly sums: DaySums; readonly passes: RowPasses } {
  const sums = daySums(day, passes);
  const unfitted = unfittedOf(day, sums);
  if (unfitted.length === 0) return { columns: day, sums, passes };
  const blank = new Set(unfitted.flatMap((fitting) => columnsOf[fitting]));
  const unknown = passes.unknown(day.rows);
  const columns = energyColumnNames.map((name) => (blank.has(name) ? unknown : columnOfDay(day, name)));
  const fitted = passes.without([...blank].map(energyColumnAt));
  return { columns: { ...day, columns }, sums: sumsWithout(sums, blank), passes: fitted };
}

/** The sums of a day in which some columns are unknown. */
function sumsWithout({ figures, known, compressorS }: DaySums, blank: ReadonlySet<EnergyColumn>): DaySums {
  const nothing = Object.fromEntries([...blank].map((name) => [name, 0]));
  return { figures: { ...figures, ...nothing }, known: { ...known, ...nothing }, compressorS };
}
