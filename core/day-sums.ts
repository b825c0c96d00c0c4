import { type DayColumns, type EnergyColumn, energyColumnAt } from "./day-columns.ts";
import { type Figure, figures } from "./minute.ts";

/** The points that are summed up beside the figures. */
export const summedPoints = [
  "compressor",
  "flow_rate",
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "compressor_frequency",
  "daily_electricity",
  "daily_estimated_heat",
] as const satisfies readonly EnergyColumn[];
export type SummedColumn = Figure | (typeof summedPoints)[number];

/** The minutes of a day summed up, column by column. */
export type DaySums = {
  /** Sum over the minutes in which it was known; 0 where it never was. */
  readonly figures: Readonly<Record<Figure, number>>;
  /** In how many minutes it was known. */
  readonly known: Readonly<Record<SummedColumn, number>>;
  readonly compressorS: number;
};

const summed: readonly SummedColumn[] = [...figures, ...summedPoints];
const places = summed.map(energyColumnAt);
const atOnce = 4;

export function daySums({ rows, columns }: DayColumns): DaySums {
  const sums = new Float64Array(summed.length + atOnce);
  const counts = new Float64Array(summed.length + atOnce);
  for (let i = 0; i < places.length; i += atOnce) {
    const of = (k: number) => columns[places[Math.min(i + k, places.length - 1)] as number] as Float64Array;
    sumUp(rows, [of(0), of(1), of(2), of(3)], i, sums, counts);
  }
  const known = {} as Record<SummedColumn, number>;
  const total = {} as Record<SummedColumn, number>;
  for (let i = 0; i < summed.length; i += 1) {
    const name = summed[i] as SummedColumn;
    total[name] = sums[i] as number;
    known[name] = counts[i] as number;
  }
  return { figures: total, known, compressorS: total.compressor };
}

type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Four columns in one go: a sum waits for the one before, and four sums needn't wait for each other. */
function sumUp(rows: number, [a, b, c, d]: Four, at: number, sums: Float64Array, counts: Float64Array): void {
  // From an array, so that they are never boxed.
  let sumA = sums[at] as number;
  let sumB = sums[at + 1] as number;
  let sumC = sums[at + 2] as number;
  let sumD = sums[at + 3] as number;
  let knownA = 0;
  let knownB = 0;
  let knownC = 0;
  let knownD = 0;
  for (let row = 0; row < rows; row += 1) {
    const valueA = a[row] as number;
    const valueB = b[row] as number;
    const valueC = c[row] as number;
    const valueD = d[row] as number;
    if (!Number.isNaN(valueA)) {
      sumA += valueA;
      knownA += 1;
    }
    if (!Number.isNaN(valueB)) {
      sumB += valueB;
      knownB += 1;
    }
    if (!Number.isNaN(valueC)) {
      sumC += valueC;
      knownC += 1;
    }
    if (!Number.isNaN(valueD)) {
      sumD += valueD;
      knownD += 1;
    }
  }
  sums.set([sumA, sumB, sumC, sumD], at);
  counts.set([knownA, knownB, knownC, knownD], at);
}
