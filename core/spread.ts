import { columnsOfMinutes, type DayColumns, type EnergyColumn, energyColumnAt } from "./day-columns.ts";
import type { Minute } from "./minute.ts";
import { type Operation, operations } from "./operation.ts";

/** What uses electricity in a minute, roughly; only the proportions count. Values of a mid-size Ecodan. */
const standbyW = 20;
const compressorWPerHz = 20;
const heaterW = 3000;
const minuteS = 60;

/** Electricity of one minute by operation, Wh; `unknown` is what no operation can be named for. */
export type Spread = Record<Operation | "unknown", number>;

export function noSpread(): Spread {
  return { heating: 0, hot_water: 0, cooling: 0, defrost: 0, standby: 0, unknown: 0 };
}

/**
 * Spreads the counter's 0.1 kWh steps back over the minutes in which they were used, in proportion to what compressor
 * and heaters did in each. A minute without a row (the program was away) takes what the seen ones can't have used.
 * `minutes` in order of time, of one day. The sum over the result is the sum of `electricity_wh`.
 */
export function spreadElectricity(minutes: readonly Minute[], dayStartsAt: number): Spread {
  return spreadColumns(columnsOfMinutes(minutes), dayStartsAt);
}

/** The same for a day's minutes as columns. */
export function spreadColumns({ rows, times, columns }: DayColumns, dayStartsAt: number): Spread {
  const total = noSpread();
  const known = (name: EnergyColumn) => columns[energyColumnAt(name)] as Float64Array;
  const steps = known("electricity_wh");
  const [heating, hotWater, cooling] = [known("heating_s"), known("hot_water_s"), known("cooling_s")];
  const [defrost, standby, frequency] = [known("defrost_s"), known("standby_s"), known("compressor_frequency")];
  const [immersion, booster, booster2] = [known("immersion_heater"), known("booster_heater"), known("booster_heater_2")];
  let first = 0;
  let spanFrom = dayStartsAt;
  let seen = noSpread();
  for (let row = 0; row < rows; row += 1) {
    const heaterS = orZero(immersion[row]) + orZero(booster[row]) + orZero(booster2[row]);
    addUse(
      seen,
      orZero(heating[row]),
      orZero(hotWater[row]),
      orZero(cooling[row]),
      orZero(defrost[row]),
      orZero(standby[row]),
      orZero(frequency[row]),
      heaterS,
    );
    const stepWh = orZero(steps[row]);
    if (stepWh === 0) continue;
    const at = times[row] as number;
    const missingMinutes = Math.round((at - spanFrom) / 60_000) - (row - first);
    addStep(total, seen, Math.max(0, missingMinutes), stepWh);
    seen = noSpread();
    first = row + 1;
    spanFrom = at + 60_000;
  }
  return total;
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}

function addStep(total: Spread, seen: Spread, missingMinutes: number, stepWh: number): void {
  const seenWh = Object.values(seen).reduce((sum, wh) => sum + wh, 0);
  seen.unknown += unseenUseWh(missingMinutes, stepWh, seenWh);
  const all = Object.values(seen).reduce((sum, wh) => sum + wh, 0);
  for (const part of [...operations, "unknown"] as const) total[part] += (stepWh * seen[part]) / all;
}

/** What minutes without a row have used of a step, Wh: what the seen ones can't have, at least standby. */
export function unseenUseWh(unseenMinutes: number, stepWh: number, seenWh: number): number {
  return unseenMinutes === 0 ? 0 : Math.max(stepWh - seenWh, (unseenMinutes * standbyW) / 60);
}

/**
 * Adds a minute's estimated use, Wh, of which only the proportions count; a minute of which nothing is known counts
 * as standby of unknown operation.
 */
export function addEstimatedUse(use: Spread, { figures, points }: Minute): void {
  addUse(
    use,
    figures.heating_s ?? 0,
    figures.hot_water_s ?? 0,
    figures.cooling_s ?? 0,
    figures.defrost_s ?? 0,
    figures.standby_s ?? 0,
    numberOr0(points.compressor_frequency),
    numberOr0(points.immersion_heater) + numberOr0(points.booster_heater) + numberOr0(points.booster_heater_2),
  );
}

/** Seven numbers and no object, as it is done for each minute of years; the first five are seconds. */
function addUse(
  use: Spread,
  heatingS: number,
  hotWaterS: number,
  coolingS: number,
  defrostS: number,
  standbyS: number,
  frequencyHz: number,
  heaterS: number,
): void {
  const knownS = heatingS + hotWaterS + coolingS + defrostS + standbyS;
  const runningS = knownS - standbyS;
  const runningWs = frequencyHz * compressorWPerHz * minuteS + heaterS * heaterW;
  const running = (s: number) => (runningS === 0 ? 0 : (runningWs * s) / runningS);
  use.heating += (heatingS * standbyW + running(heatingS)) / 3600;
  use.hot_water += (hotWaterS * standbyW + running(hotWaterS)) / 3600;
  use.cooling += (coolingS * standbyW + running(coolingS)) / 3600;
  use.defrost += (defrostS * standbyW + running(defrostS)) / 3600;
  use.standby += (standbyS * standbyW) / 3600;
  use.unknown += (Math.max(0, minuteS - knownS) * standbyW) / 3600;
}

function numberOr0(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
