import { type Operation, operations } from "../live/operation.ts";
import { wholeNumbers } from "./day-electricity.ts";
import type { DaySums } from "./day-sums.ts";
import type { ElectricityByPart } from "./electricity-by-part.ts";

/** Heat by operation, whole Wh; cold in cooling, negative in defrost. */
export type HeatByOperation = Readonly<Record<Operation, number>>;

const minuteS = 60;
const partNames = [...operations, "unknown"] as const;

/** Whole Wh; null for a day of which no heat was seen: a value from before midnight that held on for a moment is none. */
export function heatOfOperations({ figures }: DaySums): HeatByOperation | null {
  if (figures.covered_s < minuteS) return null;
  return Object.fromEntries(
    operations.map((operation) => [operation, Math.round(figures[`${operation}_wh`]) + 0]),
  ) as Record<Operation, number>;
}

/** Whole seconds by operation, and of unknown operation; they add up to the time that has passed. */
export function secondsOfParts(
  { figures }: DaySums,
  passedS: number,
): Readonly<Record<keyof ElectricityByPart, number>> {
  const known = Object.fromEntries(operations.map((part) => [part, figures[`${part}_s`]])) as Record<Operation, number>;
  const knownS = operations.reduce((total, part) => total + known[part], 0);
  const allS = knownS > passedS + minuteS ? knownS : passedS;
  return wholeNumbers({ ...known, unknown: Math.max(0, allS - knownS) }, partNames, Math.round(allS));
}
