/** A winter's time of Rome, `2026-01-01T06:00:00`, ms since the epoch. */
export function romeAt(time: string): number {
  return Date.parse(`${time}+01:00`);
}

/** The days of the example report. */
export const dates = ["2026-01-01", "2026-01-02", "2026-01-03"] as const;
