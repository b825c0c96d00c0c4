import { type Allotment, allot } from "./allotment.ts";
import { columnOfDay, type DayColumns } from "./day-columns.ts";
import { type EstimatedUses, estimatedUses, type HeaterPowers } from "./estimated-use.ts";
import { type Operation, operations } from "./operation.ts";
import { newRowArrays, type RowArrays } from "./row-arrays.ts";
import type { Spread } from "./spread.ts";

/** What takes electricity, beside what it is used for; `unknown` is the time of unknown operation. */
export const consumers = ["compressor", "booster_heater", "immersion_heater", "pump", "standby", "unknown"] as const;
export type Consumer = (typeof consumers)[number];
export type ByOperation = Record<Operation, number>;

const standbyAt = operations.indexOf("standby");

/** What the electricity of a day was used for, Wh. */
export type ElectricityUse = {
  readonly parts: Spread;
  /** Estimated: rated power of the heaters, the pump's own reading, 20 W of standby; the compressor has the rest. */
  readonly consumers: Record<Consumer, number>;
  /** Both sides of the time in which both are known, and what of that electricity the immersion heater took. */
  readonly paired: {
    readonly heatWh: ByOperation;
    readonly electricityWh: ByOperation;
    readonly immersionWh: ByOperation;
  };
  readonly allotment: Allotment;
  readonly uses: EstimatedUses;
};

/** `steps`: what the meter told, Wh, one a row, NaN where it was not known; the parts add up to their sum. */
export function electricityUse(
  day: DayColumns,
  dayStartsAt: number,
  steps: Float64Array,
  heaters: HeaterPowers,
  arrays: RowArrays = newRowArrays,
): ElectricityUse {
  const uses = estimatedUses(day, heaters, arrays);
  const allotment = allot(day, dayStartsAt, steps, uses, arrays);
  const seconds = operations.map((operation) => columnOfDay(day, `${operation}_s`));
  const heat = operations.map((operation) => columnOfDay(day, `${operation}_wh`));
  const rowsOfUse = { uses, knownWh: allotment.knownWh, covered: columnOfDay(day, "covered_s"), steps };
  const sums = operations.map(() => new Float64Array(4));
  for (let row = 0; row < day.rows; ) {
    const only = onlyOperation(uses.knownS[row] as number, seconds, row);
    const to = only < 0 ? row + 1 : endOfSame(row, day.rows, uses.knownS, seconds[only] as Float64Array);
    for (let i = 0; i < sums.length; i += 1) {
      if (only < 0 || i === only)
        sumUp(
          row,
          to,
          rowsOfUse,
          seconds[i] as Float64Array,
          heat[i] as Float64Array,
          i === standbyAt,
          sums[i] as Float64Array,
        );
    }
    row = to;
  }
  const unknownWh = allotment.unseen.reduce((sum, { wh }) => sum + wh, sumOf(day.rows, allotment.unknownWh));
  const by = (sum: number) => byOperation(sums.map((of) => of[sum] as number));
  return {
    parts: { ...by(0), unknown: unknownWh },
    consumers: consumersOf(day.rows, uses, allotment.knownWh, unknownWh),
    paired: { electricityWh: by(1), immersionWh: by(2), heatWh: by(3) },
    allotment,
    uses,
  };
}

/** The operation that has all the known time of a row; -1 where none or several share it. */
function onlyOperation(knownS: number, seconds: readonly Float64Array[], row: number): number {
  if (knownS === 0) return -1;
  for (let i = 0; i < seconds.length; i += 1) if ((seconds[i] as Float64Array)[row] === knownS) return i;
  return -1;
}

/** The first row that is not all of the operation that has all of another row. */
function endOfSame(from: number, rows: number, knownS: Float64Array, seconds: Float64Array): number {
  let row = from;
  while (row < rows && seconds[row] === knownS[row] && seconds[row] !== 0) row += 1;
  return row;
}

type RowsOfUse = {
  readonly uses: EstimatedUses;
  readonly knownWh: Float64Array;
  readonly covered: Float64Array;
  readonly steps: Float64Array;
};

/** Adds an operation's part in some rows: of all electricity, then of the paired, immersion heater and heat. */
function sumUp(
  from: number,
  to: number,
  { uses, knownWh, covered, steps }: RowsOfUse,
  seconds: Float64Array,
  heat: Float64Array,
  isStandby: boolean,
  sums: Float64Array,
): void {
  for (let row = from; row < to; row += 1) {
    const operationS = seconds[row] || 0;
    if (operationS === 0) continue;
    const wh = (knownWh[row] as number) * shareOf(uses, row, operationS, isStandby);
    sums[0] = (sums[0] as number) + wh;
    const coveredS = covered[row] || 0;
    if (coveredS === 0 || Number.isNaN(steps[row] as number)) continue;
    const knownS = uses.knownS[row] as number;
    const seen = coveredS === knownS ? 1 : Math.min(1, coveredS / knownS);
    sums[1] = (sums[1] as number) + wh * seen;
    if (!isStandby && uses.immersionWh[row] !== 0)
      sums[2] = (sums[2] as number) + immersionPart(uses, row, operationS, knownWh[row] as number, seen);
    sums[3] = (sums[3] as number) + (heat[row] || 0);
  }
}

function sumOf(rows: number, values: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < rows; row += 1) sum += values[row] as number;
  return sum;
}

function byOperation([heating, hotWater, cooling, defrost, standby]: readonly number[]): ByOperation {
  return {
    heating: heating as number,
    hot_water: hotWater as number,
    cooling: cooling as number,
    defrost: defrost as number,
    standby: standby as number,
  };
}

/** Share of an operation in the use of a row: standby and pump by time, what runs by running time. */
export function shareOf(uses: EstimatedUses, row: number, operationS: number, isStandby: boolean): number {
  const knownS = uses.knownS[row] as number;
  if (operationS === knownS) return 1;
  const wh = uses.wh[row] as number;
  const runningWh = runningWhOf(uses, row);
  const runs = isStandby ? 0 : (runningWh * operationS) / (uses.runningS[row] as number);
  return (((wh - runningWh) * operationS) / knownS + runs) / wh;
}

function runningWhOf(uses: EstimatedUses, row: number): number {
  return (uses.compressorWh[row] as number) + (uses.boosterWh[row] as number) + (uses.immersionWh[row] as number);
}

function immersionPart(uses: EstimatedUses, row: number, operationS: number, knownWh: number, seen: number): number {
  const immersionWh = uses.immersionWh[row] as number;
  return ((immersionWh * operationS) / (uses.runningS[row] as number)) * (knownWh / (uses.wh[row] as number)) * seen;
}

function consumersOf(
  rows: number,
  uses: EstimatedUses,
  knownWh: Float64Array,
  unknownWh: number,
): Record<Consumer, number> {
  const sums = new Float64Array(5);
  sumConsumers(rows, uses, knownWh, sums);
  const [compressor = 0, booster = 0, immersion = 0, pump = 0, standby = 0] = sums;
  return {
    compressor,
    booster_heater: booster,
    immersion_heater: immersion,
    pump,
    standby,
    unknown: unknownWh,
  };
}

function sumConsumers(rows: number, uses: EstimatedUses, knownWh: Float64Array, sums: Float64Array): void {
  const { wh: allWh, compressorWh, boosterWh, immersionWh, pumpWh } = uses;
  for (let row = 0; row < rows; row += 1) {
    const wh = knownWh[row] as number;
    if (wh === 0) continue;
    const factor = wh / (allWh[row] as number);
    const compressor = (compressorWh[row] as number) * factor;
    const booster = (boosterWh[row] as number) * factor;
    const immersion = (immersionWh[row] as number) * factor;
    const pump = (pumpWh[row] as number) * factor;
    sums[0] = (sums[0] as number) + compressor;
    sums[1] = (sums[1] as number) + booster;
    sums[2] = (sums[2] as number) + immersion;
    sums[3] = (sums[3] as number) + pump;
    sums[4] = (sums[4] as number) + (wh - booster - immersion - pump - compressor);
  }
}
