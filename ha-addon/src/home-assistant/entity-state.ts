/** An entity of Home Assistant as it is now; times in ms since the epoch, of our own clock. */
export type EntityState = {
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** When its device last reported, also with the same value. */
  readonly lastReported: number;
};
