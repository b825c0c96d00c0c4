import { dayMs, hourMs } from "@heatloop/core/time/durations";
export const rangeNames = ["6h", "day", "week", "month", "year"] as const;
export type RangeName = (typeof rangeNames)[number];

export const rangeMs: Readonly<Record<RangeName, number>> = {
  "6h": 6 * hourMs,
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
  year: 365 * dayMs,
};

/** The range that was last chosen for a device in this browser. */
export function rememberedRange(device: string): RangeName {
  try {
    const stored = localStorage.getItem(keyOf(device));
    return rangeNames.find((name) => name === stored) ?? "day";
  } catch {
    // A browser may forbid storage.
    return "day";
  }
}

export function rememberRange(device: string, range: RangeName): void {
  try {
    localStorage.setItem(keyOf(device), range);
  } catch {
    // Full or forbidden: then it is the day again next time.
  }
}

function keyOf(device: string): string {
  return `heatloop-range-${device}`;
}
