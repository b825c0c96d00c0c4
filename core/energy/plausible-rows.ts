import { operations } from "../live/operation.ts";
import { heatFigures, wholeMinuteS } from "../minute/figures.ts";
import type { Minute } from "../minute/minute.ts";
import { columnOfDay, type DayColumns, type EnergyColumn } from "./day-columns.ts";

const partsWh = operations.map((operation) => `${operation}_wh` as const);
const partsS = operations.map((operation) => `${operation}_s` as const);

/** A minute of the log without implausible heat. */
export function plausibleMinute(minute: Minute): Minute {
  const { figures, points } = minute;
  const cellOf = (value: unknown) => [typeof value === "number" ? value : Number.NaN];
  const cells: HeatCells = {
    coveredS: cellOf(figures.covered_s),
    heatWh: cellOf(figures.heat_wh),
    partsS: partsS.map((name) => cellOf(figures[name])),
    partsWh: partsWh.map((name) => cellOf(figures[name])),
    flowLMin: cellOf(points.flow_rate),
    compressorS: cellOf(points.compressor),
  };
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
