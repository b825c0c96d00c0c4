import { operations } from "../live/operation.ts";
import { type Figure, heatFigures, wholeMinuteS } from "../minute/figures.ts";
import type { Minute } from "../minute/minute.ts";
import { columnOfDay, type DayColumns, type EnergyColumn } from "./day-columns.ts";

/** A minute of the log without implausible heat. */
export function plausibleMinute(minute: Minute): Minute {
  const { figures, points } = minute;
  const cellOf = (name: EnergyColumn) => {
    const value = name in figures ? figures[name as Figure] : points[name as keyof typeof points];
    return typeof value === "number" ? value : Number.NaN;
  };
  if (!isHeatImplausible(cellOf)) return minute;
  const unknown = Object.fromEntries(heatFigures.map((name) => [name, null]));
  return { ...minute, figures: { ...figures, ...unknown, covered_s: 0 } };
}

/** The same for all rows of a day, in place. */
export function blankImplausible(day: DayColumns): void {
  const column = (name: EnergyColumn) => columnOfDay(day, name);
  const covered = column("covered_s");
  const heat = column("heat_wh");
  const flow = column("flow_rate");
  const seconds = operations.map((operation) => column(`${operation}_s`));
  const parts = operations.map((operation) => column(whOf(operation)));
  let cell = 0;
  const cellOf = (name: EnergyColumn) => column(name)[cell] as number;
  for (let row = 0; row < day.rows; row += 1) {
    if (!((covered[row] as number) > 0)) continue;
    // Nearly all rows are plausible, and there are half a million in a year.
    let known = !Number.isNaN(heat[row] as number) && flow[row] !== 0;
    for (let i = 0; known && i < seconds.length; i += 1) {
      known =
        !((seconds[i] as Float64Array)[row] as number) || !Number.isNaN((parts[i] as Float64Array)[row] as number);
    }
    cell = row;
    if (known || !isHeatImplausible(cellOf)) continue;
    for (const name of heatFigures) column(name)[row] = Number.NaN;
    covered[row] = 0;
  }
}

/**
 * Heat of a row is unknown, and its time not covered, where a cell of it is blank or can't be read, and where the
 * compressor ran through without a flow of water: then the flow sensor is missing, for no compressor runs so.
 */
function isHeatImplausible(cellOf: (name: EnergyColumn) => number): boolean {
  if (!(cellOf("covered_s") > 0)) return false;
  if (Number.isNaN(cellOf("heat_wh"))) return true;
  if (operations.some((each) => cellOf(`${each}_s`) > 0 && Number.isNaN(cellOf(whOf(each))))) return true;
  return cellOf("flow_rate") === 0 && cellOf("compressor") >= wholeMinuteS;
}

function whOf<Operation extends string>(operation: Operation): `${Operation}_wh` {
  return `${operation}_wh`;
}
