import { type Allotment, allot } from "./allotment.ts";
import { columnOfDay, type DayColumns } from "./day-columns.ts";
import { type EstimatedUses, estimatedUses, type HeaterPowers } from "./estimated-use.ts";
import { type Operation, operations } from "./operation.ts";
import type { Spread } from "./spread.ts";

/** What takes electricity, beside what it is used for; `unknown` is the time of unknown operation. */
export const consumers = ["compressor", "booster_heater", "immersion_heater", "pump", "standby", "unknown"] as const;
export type Consumer = (typeof consumers)[number];
export type ByOperation = Record<Operation, number>;

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
    readonly seconds: number;
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
): ElectricityUse {
  const uses = estimatedUses(day, heaters);
  const allotment = allot(day, dayStartsAt, steps, uses);
  const covered = columnOfDay(day, "covered_s");
  const seconds = operations.map((operation) => columnOfDay(day, `${operation}_s`));
  const heat = operations.map((operation) => columnOfDay(day, `${operation}_wh`));
  const isStandby = operations.map((operation) => operation === "standby");
  // Numbers of an array, not of an object: the loop makes a million sums a year.
  const partWh = new Float64Array(operations.length);
  const paired = { heatWh: partWh.slice(), electricityWh: partWh.slice(), immersionWh: partWh.slice() };
  let pairedS = 0;
  let unknownPartWh = 0;
  const by: Record<Consumer, number> = {
    compressor: 0,
    booster_heater: 0,
    immersion_heater: 0,
    pump: 0,
    standby: 0,
    unknown: 0,
  };
  for (let row = 0; row < day.rows; row += 1) {
    const knownWh = allotment.knownWh[row] as number;
    const unknownWh = allotment.unknownWh[row] as number;
    const knownS = uses.knownS[row] as number;
    const coveredS = covered[row] || 0;
    const seen = knownS === 0 ? 0 : Math.min(1, coveredS / knownS);
    const counted = !Number.isNaN(steps[row] as number);
    unknownPartWh += unknownWh;
    addConsumers(by, uses, row, knownWh);
    if (counted) pairedS += coveredS;
    for (let i = 0; i < partWh.length; i += 1) {
      const operationS = (seconds[i] as Float64Array)[row] || 0;
      if (operationS === 0) continue;
      const wh = knownWh * shareOf(uses, row, operationS, isStandby[i] as boolean);
      add(partWh, i, wh);
      if (!counted || coveredS === 0) continue;
      add(paired.electricityWh, i, wh * seen);
      if (!isStandby[i]) add(paired.immersionWh, i, immersionPart(uses, row, operationS, knownWh, seen));
      add(paired.heatWh, i, (heat[i] as Float64Array)[row] || 0);
    }
  }
  for (const { wh } of allotment.unseen) unknownPartWh += wh;
  by.unknown = unknownPartWh;
  return {
    parts: { ...byOperation(partWh), unknown: unknownPartWh },
    consumers: by,
    paired: {
      heatWh: byOperation(paired.heatWh),
      electricityWh: byOperation(paired.electricityWh),
      immersionWh: byOperation(paired.immersionWh),
      seconds: pairedS,
    },
    allotment,
    uses,
  };
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] as number) + value;
}

function byOperation(sums: Float64Array): ByOperation {
  return Object.fromEntries(operations.map((operation, i) => [operation, sums[i] as number])) as ByOperation;
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
  if (immersionWh === 0) return 0;
  return ((immersionWh * operationS) / (uses.runningS[row] as number)) * (knownWh / (uses.wh[row] as number)) * seen;
}

function addConsumers(by: Record<Consumer, number>, uses: EstimatedUses, row: number, knownWh: number): void {
  if (knownWh === 0) return;
  const factor = knownWh / (uses.wh[row] as number);
  const booster = (uses.boosterWh[row] as number) * factor;
  const immersion = (uses.immersionWh[row] as number) * factor;
  const pump = (uses.pumpWh[row] as number) * factor;
  const compressor = (uses.compressorWh[row] as number) * factor;
  by.booster_heater += booster;
  by.immersion_heater += immersion;
  by.pump += pump;
  by.compressor += compressor;
  by.standby += knownWh - booster - immersion - pump - compressor;
}
