/** Durations in ms. `dayMs` is 24 hours: a local day may be 23 or 25 hours long, see `local-day.ts`. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
