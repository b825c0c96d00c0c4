import { cop } from "@heatloop/core/energy/cop";
import type { Part } from "@heatloop/core/energy/day-energy";

/** Heat or electricity of a time, kWh. */
export type Side = {
  /** What was measured, net of what a defrost took back; without the cold of cooling, which is `coldKwh`. */
  readonly kwh: number;
  readonly coldKwh: number;
  /** By use, the cold included; a defrost takes heat back, which is below zero. */
  readonly parts: Readonly<Partial<Record<Part | "all", number>>>;
  /** An estimate of what was not seen, beside `kwh`; 0 where all was seen. */
  readonly missingKwh: number;
  /** The true value of all of it, estimate and cold included, lies within; null where nobody knows. */
  readonly range: { readonly low: number; readonly high: number } | null;
};

/** A time as the energy view shows it; null is not known. */
export type EnergyBar = {
  readonly electricity: Side | null;
  readonly heat: Side | null;
  readonly cop: number | null;
  /** What the COP's electricity takes in: H2 without the immersion heater that ran, H3 without pumps, H4 everything. */
  readonly boundary: string | null;
  readonly cost: number | null;
  /** Whether the cost is of the part alone of which the price is known. */
  readonly isCostPart: boolean;
  /** Share of the time that was seen, 0 to 1. */
  readonly coverage: number | null;
  /** The local date on which the record begins, where that is within the time; what was seen is of the time since then. */
  readonly since: string | null;
};

/**
 * What the COPs follow from: both sides of the time in which both were seen, without the immersion heater, as everywhere in
 * Heatloop (core/energy/cop-basis.ts); or only all heat over all electricity, as Heatloop's or the firmware's sums have it.
 */
export type CopBasisName = "seen_together" | "all" | "firmware";

/** Whose figures are shown, and what became of those of Heatloop's app, which are the exact ones. */
export type FiguresFrom =
  | { readonly kind: "app" }
  /** Of an earlier answer, at ms since the epoch: it gives none any more. */
  | { readonly kind: "app_earlier"; readonly at: number; readonly why: AppSilence }
  /** Home Assistant's statistics: there is no app. */
  | { readonly kind: "statistics" }
  /** Until the app's come. */
  | { readonly kind: "statistics_meanwhile" }
  | { readonly kind: "statistics_instead"; readonly why: AppSilence };

/** Why the app, which is there, gave no figures. */
export type AppSilence = { readonly kind: "stopped" } | { readonly kind: "refused"; readonly reason: string };

export type EnergyShown = {
  /** One for each slot of the range. */
  readonly bars: readonly EnergyBar[];
  readonly total: EnergyBar;
  readonly copBasis: CopBasisName;
  readonly from: FiguresFrom;
  /** ISO 4217; empty where there is no price. */
  readonly currency: string;
};

/** Whether Heatloop's app answers. */
export function isOfApp({ from }: Pick<EnergyShown, "from">): boolean {
  return from.kind === "app";
}

/** A time of which nothing is known. */
export const noBar: EnergyBar = {
  electricity: null,
  heat: null,
  cop: null,
  boundary: null,
  cost: null,
  isCostPart: false,
  coverage: null,
  since: null,
};

/**
 * All heat and cold over all electricity of the times of which both are known; null where that means nothing. Electricity
 * of unknown operation is left out, for the heat of that time was not seen.
 */
export function copOfAll(times: readonly Pick<EnergyBar, "heat" | "electricity">[]): number | null {
  let [heatKwh, electricityKwh] = [0, 0];
  for (const { heat, electricity } of times) {
    if (heat === null || electricity === null) continue;
    heatKwh += heat.kwh + heat.coldKwh;
    electricityKwh += electricity.kwh - (electricity.parts.unknown ?? 0);
  }
  return cop(heatKwh * 1000, electricityKwh * 1000);
}

/** Whether anything is known of it. */
export function isKnown({ electricity, heat }: Pick<EnergyBar, "electricity" | "heat">): boolean {
  return electricity !== null || heat !== null;
}

/** Whether it is less certain than others: part of it was not seen. */
export function hasGaps({ coverage }: EnergyBar): boolean {
  return coverage !== null && coverage < 0.99;
}

/** The electricity of its uses, kWh; null where none is known. */
export function electricityOf(uses: Uses, rest: Partial<Pick<Side, "missingKwh" | "range">> = {}): Side | null {
  const parts = knownUses(uses);
  if (parts === undefined) return null;
  return { kwh: sumOf(parts), coldKwh: 0, parts, missingKwh: 0, range: null, ...rest };
}

/** The heat of its uses, kWh; null where none is known. That of cooling is cold. */
export function heatOf(uses: Uses, rest: Partial<Pick<Side, "missingKwh" | "range">> = {}): Side | null {
  const side = electricityOf(uses, rest);
  const coldKwh = side?.parts.cooling ?? 0;
  return side && { ...side, kwh: side.kwh - coldKwh, coldKwh };
}

type Uses = Readonly<Partial<Record<Part | "all", number | null>>>;

function knownUses(uses: Uses): Side["parts"] | undefined {
  const known = Object.entries(uses).filter(([, kwh]) => typeof kwh === "number");
  return known.length === 0 ? undefined : (Object.fromEntries(known) as Side["parts"]);
}

function sumOf(parts: Side["parts"]): number {
  return Object.values(parts).reduce((sum, kwh) => sum + kwh, 0);
}
