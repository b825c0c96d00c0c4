/**
 * What the electricity of a COP or SPF includes, by the names of heatpumpmonitor.org: H2: an immersion heater was used and
 * is left out; H3: pumps of the primary or secondary circuit are left out; H4: everything. Ordered from the narrowest on.
 */
export const boundaries = ["H2", "H3", "H4"] as const;
export type Boundary = (typeof boundaries)[number];

/** `hasImmersion`: the immersion heater is in it, or was not used. */
export function boundaryOf({ hasImmersion, hasPumps }: { hasImmersion: boolean; hasPumps: boolean }): Boundary {
  return hasImmersion ? (hasPumps ? "H4" : "H3") : "H2";
}

/** The boundary of a sum: the narrowest of its parts; null of none. */
export function narrowest(of: readonly (Boundary | null)[]): Boundary | null {
  return boundaries.find((boundary) => of.includes(boundary)) ?? null;
}
