import type { Minute } from "./minute.ts";
import { operations } from "./operation.ts";
import { addEstimatedUse, noSpread, type Spread, unseenUseWh } from "./spread.ts";

const minuteMs = 60_000;
const parts = [...operations, "unknown"] as const;

/**
 * Electricity of each minute of a local day by operation, Wh; index 0 is the minute that begins at `dayStartsAt` (ms
 * since the epoch), the last is that of the last row. The 0.1 kWh steps of the counter are spread back as
 * `spreadElectricity` does it; what belongs to minutes without a row is spread evenly over them. `minutes` in order of
 * time, of one day. The sum over everything is the sum of `electricity_wh`.
 */
export function usePerMinute(minutes: readonly Minute[], dayStartsAt: number): Spread[] {
  const uses: Spread[] = [];
  const indexOf = (at: number) => Math.max(0, Math.floor((at - dayStartsAt) / minuteMs));
  const useAt = (index: number): Spread => {
    while (uses.length <= index) uses.push(noSpread());
    return uses[index] as Spread;
  };
  let first = 0;
  let firstIndex = 0;
  minutes.forEach((minute, row) => {
    const lastIndex = indexOf(minute.at);
    useAt(lastIndex);
    const stepWh = minute.figures.electricity_wh;
    if (stepWh === null || stepWh === 0) return;
    const span = minutes.slice(first, row + 1);
    const seen = new Set(span.map(({ at }) => indexOf(at)));
    const unseen: number[] = [];
    for (let index = firstIndex; index < lastIndex; index += 1) if (!seen.has(index)) unseen.push(index);
    const estimates = span.map((each) => estimatedUse(each));
    const seenWh = estimates.reduce((sum, use) => sum + wattHours(use), 0);
    const unseenWh = unseenUseWh(unseen.length, stepWh, seenWh);
    const scale = stepWh / (seenWh + unseenWh);
    span.forEach(({ at }, i) => {
      const use = useAt(indexOf(at));
      for (const part of parts) use[part] += (estimates[i]?.[part] ?? 0) * scale;
    });
    for (const index of unseen) useAt(index).unknown += (unseenWh * scale) / unseen.length;
    first = row + 1;
    firstIndex = lastIndex + 1;
  });
  return uses;
}

/** Electricity of each minute of a local day, Wh; indexed like `usePerMinute`, of which it is the sum. */
export function electricityPerMinute(minutes: readonly Minute[], dayStartsAt: number): number[] {
  return usePerMinute(minutes, dayStartsAt).map(wattHours);
}

/** The sum over the operations, Wh. */
export function wattHours(use: Spread): number {
  return parts.reduce((sum, part) => sum + use[part], 0);
}

function estimatedUse(minute: Minute): Spread {
  const use = noSpread();
  addEstimatedUse(use, minute);
  return use;
}
