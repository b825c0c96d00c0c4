/** A state of the controller's daily electricity counter. */
export type CounterState = { readonly kwh: number; readonly at: number };

/** The raw counter is a 16-bit number of 0.1 kWh (firmware, request 0x07). */
const wrapKwh = 6553.6;
const largestPowerKw = 30;
const longGapMs = 2 * 3_600_000;

/**
 * Electricity between two states of the counter, in Wh; null where the step is not believable (more than 30 kW over
 * the time between). The counter starts again at the controller's midnight and wraps at 6553.6 kWh; after a gap of
 * hours over a midnight it has started again although it may show more than before.
 */
export function counterStepWh(before: CounterState, now: CounterState, midnightBetween: boolean): number | null {
  const gapMs = now.at - before.at;
  const startedAgain = now.kwh < before.kwh || (midnightBetween && gapMs > longGapMs);
  const wrapped = now.kwh < before.kwh && before.kwh > wrapKwh - 100;
  const stepKwh = wrapped ? now.kwh + wrapKwh - before.kwh : startedAgain ? now.kwh : now.kwh - before.kwh;
  // A slow publication can tell at once what was used over minutes, hence the constant.
  if (stepKwh > (largestPowerKw * Math.max(0, gapMs)) / 3_600_000 + 2) return null;
  return Math.round(stepKwh * 1000);
}
