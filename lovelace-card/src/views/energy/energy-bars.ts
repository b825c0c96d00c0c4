import type { Part } from "@heatloop/core/energy/day-energy";

/** Heat or electricity of a time, kWh. Nothing in it is below zero: what a defrost took back is taken off the heat. */
export type Side = {
  readonly kwh: number;
  readonly parts: Readonly<Partial<Record<Part | "all", number>>>;
  /** An estimate of what was not seen; 0 where all was seen. */
  readonly missingKwh: number;
  /** The true value lies within; null where nobody knows. */
  readonly range: { readonly low: number; readonly high: number } | null;
};

/** A time as the energy view shows it; null is not known. */
export type EnergyBar = {
  readonly electricity: Side | null;
  readonly heat: Side | null;
  readonly cop: number | null;
  readonly cost: number | null;
  /** Share of the time that was seen, 0 to 1. */
  readonly coverage: number | null;
};

export type EnergyShown = {
  /** One for each slot of the range. */
  readonly bars: readonly EnergyBar[];
  readonly total: EnergyBar;
  /** ISO 4217; empty where there is no price. */
  readonly currency: string;
};

/** A time of which nothing is known. */
export const noBar: EnergyBar = { electricity: null, heat: null, cop: null, cost: null, coverage: null };

/** Below it a COP means nothing, kWh. */
const leastElectricityKwh = 0.1;

/**
 * Heat over electricity of the times of which both are known; null where that means nothing. Electricity of unknown
 * operation is left out, for the heat of that time was not seen.
 */
export function copOf(times: readonly Pick<EnergyBar, "heat" | "electricity">[]): number | null {
  let [heatKwh, electricityKwh] = [0, 0];
  for (const { heat, electricity } of times) {
    if (heat === null || electricity === null) continue;
    heatKwh += heat.kwh;
    electricityKwh += electricity.kwh - (electricity.parts.unknown ?? 0);
  }
  return electricityKwh < leastElectricityKwh || heatKwh <= 0 ? null : heatKwh / electricityKwh;
}

/** Whether it is less certain than others: part of it was not seen. */
export function hasGaps({ coverage }: EnergyBar): boolean {
  return coverage !== null && coverage < 0.99;
}

/** A side of its uses, kWh; null where none is known. What is below zero is taken off the largest. */
export function sideOf(
  uses: Readonly<Partial<Record<Part | "all", number | null>>>,
  rest: { readonly missingKwh?: number; readonly range?: Side["range"] } = {},
): Side | null {
  const known = Object.entries(uses).filter((use): use is [Part | "all", number] => typeof use[1] === "number");
  if (known.length === 0) return null;
  const taken = known.reduce((sum, [, kwh]) => sum + Math.min(0, kwh), 0);
  const given = known.filter(([, kwh]) => kwh > 0).sort(([, one], [, other]) => other - one);
  const parts: Partial<Record<Part | "all", number>> = {};
  let toTake = -taken;
  for (const [part, kwh] of given) {
    const off = Math.min(kwh, toTake);
    toTake -= off;
    parts[part] = kwh - off;
  }
  return {
    kwh: Object.values(parts).reduce((sum, kwh) => sum + kwh, 0),
    parts,
    missingKwh: rest.missingKwh ?? 0,
    range: rest.range ?? null,
  };
}
