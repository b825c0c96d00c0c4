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
  const total = noSpread();
  let first = 0;
  let spanFrom = dayStartsAt;
  minutes.forEach((minute, index) => {
    const stepWh = minute.figures.electricity_wh;
    if (stepWh === null || stepWh === 0) return;
    const span = minutes.slice(first, index + 1);
    const missingMinutes = Math.round((minute.at - spanFrom) / 60_000) + 1 - span.length;
    addStep(total, span, Math.max(0, missingMinutes), stepWh);
    first = index + 1;
    spanFrom = minute.at + 60_000;
  });
  return total;
}

function addStep(total: Spread, span: readonly Minute[], missingMinutes: number, stepWh: number): void {
  const seen = noSpread();
  for (const minute of span) addUse(seen, minute);
  const seenWh = Object.values(seen).reduce((sum, wh) => sum + wh, 0);
  if (missingMinutes > 0) seen.unknown += Math.max(stepWh - seenWh, (missingMinutes * standbyW) / 60);
  const all = Object.values(seen).reduce((sum, wh) => sum + wh, 0);
  for (const part of [...operations, "unknown"] as const) total[part] += (stepWh * seen[part]) / all;
}

/** Adds a minute's estimated use; a minute of which nothing is known counts as standby of unknown operation. */
function addUse(use: Spread, minute: Minute): void {
  const { figures, points } = minute;
  const seconds = operations.map((operation) => figures[`${operation}_s`] ?? 0);
  const knownS = seconds.reduce((sum, s) => sum + s, 0);
  const frequency = points.compressor_frequency;
  const heaterS = on(points.immersion_heater) + on(points.booster_heater) + on(points.booster_heater_2);
  const runningS = knownS - (figures.standby_s ?? 0);
  const runningWs = (typeof frequency === "number" ? frequency * compressorWPerHz * minuteS : 0) + heaterS * heaterW;
  operations.forEach((operation, i) => {
    const s = seconds[i] ?? 0;
    const running = operation === "standby" || runningS === 0 ? 0 : (runningWs * s) / runningS;
    use[operation] += (s * standbyW + running) / 3600;
  });
  use.unknown += (Math.max(0, minuteS - knownS) * standbyW) / 3600;
}

function on(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
