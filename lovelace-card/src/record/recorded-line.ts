/** A line of recorded values: the entity that they are of, and how they are written. */
export type RecordedLine = {
  readonly entityId: string;
  readonly name: string;
  /** What values are converted to, whichever unit the entity has: °C, °F, kW, Hz. */
  readonly unit: string;
  readonly decimals: number;
  /** A value, in `unit`, that means "none": the controller reports 0 °C where a zone has no thermostat. */
  readonly noneAt?: number | undefined;
};
