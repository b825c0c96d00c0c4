import { operations } from "../live/operation.ts";
import { heatFigures, wholeMinuteS } from "../minute/figures.ts";
import type { Minute } from "../minute/minute.ts";
import { columnOfDay, type DayColumns, type EnergyColumn } from "./day-columns.ts";

const partsWh = operations.map((operation) => `${operation}_wh` as const);
const partsS = operations.map((operation) => `${operation}_s` as const);

const oneRow = {
  coveredS: new Float64Array(1),
  heatWh: new Float64Array(1),
  partsS: partsS.map(() => new Float64Array(1)),
  partsWh: partsWh.map(() => new Float64Array(1)),
  flowLMin: new Float64Array(1),
  compressorS: new Float64Array(1),
} satisfies HeatCells;

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

/** A minute of the log without implausible heat. */
export function plausibleMinute(minute: Minute): Minute {
  const { figures, points } = minute;
  // Made anew for each minute it would take longer than to look at it.
  const cells = oneRow;
  cells.coveredS[0] = numberOf(figures.covered_s);
  cells.heatWh[0] = numberOf(figures.heat_wh);
  // By index: `entries()` makes an array at each step, which was a third of all that a report of a year allocates.
  for (let i = 0; i < operations.length; i += 1) {
    (cells.partsS[i] as Float64Array)[0] = numberOf(figures[partsS[i] as (typeof partsS)[number]]);
    (cells.partsWh[i] as Float64Array)[0] = numberOf(figures[partsWh[i] as (typeof partsWh)[number]]);
  }
  cells.flowLMin[0] = numberOf(points.flow_rate);
  cells.compressorS[0] = numberOf(points.compressor);
  if (!isHeatImplausible(cells, 0)) return minute;
  const unknown = Object.fromEntries(heatFigures.map((name) => [name, null]));
  return { ...minute, figures: { ...figures, ...unknown, covered_s: 0 } };
}

/** The same for all rows of a day, in place. */
export function blankImplausible(day: DayColumns): void {
  const column = (name: EnergyColumn) => columnOfDay(day, name);
  const coveredS = column("covered_s");
  const cells = cellsOf(day);
  for (let row = 0; row < day.rows; row += 1) {
    if (!isHeatImplausible(cells, row)) continue;
    for (const name of heatFigures) column(name)[row] = Number.NaN;
    coveredS[row] = 0;
  }
}

/** Whether a row of a day has heat that `blankImplausible` would blank. */
export function hasImplausibleHeat(day: DayColumns): boolean {
  const cells = cellsOf(day);
  for (let row = 0; row < day.rows; row += 1) if (isHeatImplausible(cells, row)) return true;
  return false;
}

function cellsOf(day: DayColumns): HeatCells {
  const column = (name: EnergyColumn) => columnOfDay(day, name);
  return {
    coveredS: column("covered_s"),
    heatWh: column("heat_wh"),
    partsS: partsS.map(column),
    partsWh: partsWh.map(column),
    flowLMin: column("flow_rate"),
    compressorS: column("compressor"),
  };
}

/** The cells of rows that heat follows from, one a row; unknown is NaN. */
type HeatCells = Readonly<Record<"coveredS" | "heatWh" | "flowLMin" | "compressorS", ArrayLike<number>>> &
  /** In the order of the operations. */
  Readonly<Record<"partsS" | "partsWh", readonly ArrayLike<number>[]>>;

/**
 * Heat of a row is unknown, and its time not covered, where a cell of it is blank or can't be read, and where the
 * compressor ran through without a flow of water: then the flow sensor is missing, for no compressor runs so.
 */
function isHeatImplausible({ coveredS, heatWh, partsS, partsWh, flowLMin, compressorS }: HeatCells, row: number) {
  if (!((coveredS[row] as number) > 0)) return false;
  if (Number.isNaN(heatWh[row] as number)) return true;
  for (let i = 0; i < partsS.length; i += 1) {
    const seconds = (partsS[i] as ArrayLike<number>)[row] as number;
    if (seconds > 0 && Number.isNaN((partsWh[i] as ArrayLike<number>)[row] as number)) return true;
  }
  return flowLMin[row] === 0 && (compressorS[row] as number) >= wholeMinuteS;
}
