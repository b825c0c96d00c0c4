/** Where a figure of a day comes from. */
export const heatSources = ["integral", "controller", "firmware"] as const;
export const electricitySources = ["meter", "counter", "corrected_counter", "controller"] as const;
export type HeatSource = (typeof heatSources)[number];
export type ElectricitySource = (typeof electricitySources)[number];

/** The figure of another source for the same day. */
export type OtherSource<S> = {
  readonly source: S;
  readonly wh: number;
  /** How much more it is than the one that is used, both on the same basis. */
  readonly differenceWh: number;
};

/** One side of a day as well as it is known, Wh. */
export type Sourced<S> = {
  readonly source: S;
  /** The whole day, with an estimate of what was not seen. */
  readonly wh: number;
  /** How much of it is that estimate. */
  readonly missingWh: number;
  /** The true value lies between these in 95 of 100 days, as far as it is known what can be wrong. */
  readonly lowWh: number;
  readonly highWh: number;
  readonly others: readonly OtherSource<S>[];
};

/** A value with its range, and the others beside it. `deviationWh` is a standard deviation, `halfWh` a hard half range. */
export function sourced<S>(
  used: {
    readonly source: S;
    readonly seenWh: number;
    readonly missingWh: number;
    /** How far the middle of the range lies above the value. */
    readonly offsetWh?: number;
    readonly halfWh: number;
    /** No such value can be below 0. */
    readonly isPositive: boolean;
  },
  others: readonly { readonly source: S; readonly wh: number | null; readonly basisWh?: number }[],
): Sourced<S> {
  const wh = Math.round(used.seenWh + used.missingWh) + 0;
  const middle = wh + (used.offsetWh ?? 0);
  const low = Math.floor(middle - used.halfWh);
  return {
    source: used.source,
    wh,
    missingWh: Math.round(used.missingWh) + 0,
    lowWh: (used.isPositive ? Math.max(0, low) : low) + 0,
    highWh: Math.ceil(middle + used.halfWh) + 0,
    others: others.flatMap(({ source, wh: otherWh, basisWh }) =>
      otherWh === null || source === used.source
        ? []
        : [{ source, wh: Math.round(otherWh) + 0, differenceWh: Math.round(otherWh - (basisWh ?? wh)) + 0 }],
    ),
  };
}
