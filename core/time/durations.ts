/** Durations in ms. `dayMs` is 24 hours: a local day may be 23 or 25 hours long, see `local-day.ts`. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Whether so much time has passed; a clock that was set back never makes anything wait for longer than that. */
export function passed(since: number, at: number, ms: number): boolean {
  return at < since || at - since >= ms;
}
