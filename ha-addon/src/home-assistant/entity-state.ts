/** An entity of Home Assistant as it stands; times in ms since the epoch, of our own clock. */
export type EntityState = {
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** When its device was heard of last, also with the same value. */
  readonly lastReported: number;
};
