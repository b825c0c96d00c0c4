import type { SteadyHeating } from "../events/heating-flow.ts";
import { median } from "../math/theil-sen.ts";

/** How heat gets into the rooms. */
export const emitterKinds = ["radiators", "underfloor", "underfloor_and_radiators"] as const;
export type EmitterKind = (typeof emitterKinds)[number];

/**
 * Exponents of the characteristic equation. Radiators: 1.3, that of common panel radiators by EN 442-2; floor heating:
 * 1.1, EN 1264-2; both together: between them.
 */
const exponents: Readonly<Record<EmitterKind, number>> = {
  radiators: 1.3,
  underfloor: 1.1,
  underfloor_and_radiators: 1.2,
};

/** All emitters of a house as one, by the characteristic equation of EN 442-2: W = coefficient x (water - room)^exponent. */
export type Emitters = {
  /** W/K^exponent. */
  readonly coefficient: number;
  readonly exponent: number;
};

/** The emitters as days show them: with the room temperature, and the water that goes round, W/K. */
export type LearnedEmitters = Emitters & {
  readonly roomC: number;
  readonly isRoomAssumed: boolean;
  readonly waterWPerK: number;
  /** Days behind it. */
  readonly days: number;
};

/** The usual temperature of heated rooms where no thermostat is known, °C. Chosen. */
const usualRoomC = 20.5;
/** A day counts with so much steady heating, and water so much warmer than the rooms: half a degree of the sensors is less than a fifth then. Chosen. */
const leastMinutes = 120;
const leastExcessK = 3;
/** Fewer days are decided by one that is odd. Chosen. */
const leastDays = 5;

/** By the firmware's `heating_system_type`; its linear profiles are the same emitters. null: it is none that is known. */
export function emitterKindOf(heatingSystemType: unknown): EmitterKind | null {
  const name = String(heatingSystemType).replace(/_linear$/, "");
  return emitterKinds.find((kind) => kind === name) ?? null;
}

/** The exponent of a kind; where it is not known that of radiators, which leaves the most room on cold days. */
export function exponentOf(kind: EmitterKind | null): number {
  return exponents[kind ?? "radiators"];
}

/** Heat into the rooms, W, with water (mean of flow and return) `excessK` warmer than they are. */
export function emittedW({ coefficient, exponent }: Emitters, excessK: number): number {
  return coefficient * Math.max(0, excessK) ** exponent;
}

/** How much warmer than the rooms the water (mean of flow and return) must be for so much heat, K. */
export function excessForK({ coefficient, exponent }: Emitters, heatW: number): number {
  return (Math.max(0, heatW) / coefficient) ** (1 / exponent);
}

/** Learns the emitters, by the medians of days; null with less than five days of two steady hours. */
export function learnEmitters(days: readonly (SteadyHeating | null)[], exponent: number): LearnedEmitters | null {
  const steady = days.filter((day) => day !== null && day.minutes >= leastMinutes) as SteadyHeating[];
  const roomC = median(steady.flatMap((day) => day.roomC ?? []));
  const excessK = (day: SteadyHeating) => day.waterC - (day.roomC ?? roomC ?? usualRoomC);
  const heating = steady.filter((day) => excessK(day) >= leastExcessK && day.heatW > 0 && day.flowOverReturnK > 0);
  const coefficient = median(heating.map((day) => day.heatW / excessK(day) ** exponent));
  const waterWPerK = median(heating.map((day) => day.heatW / day.flowOverReturnK));
  if (coefficient === null || waterWPerK === null || heating.length < leastDays) return null;
  return {
    coefficient,
    exponent,
    roomC: roomC ?? usualRoomC,
    isRoomAssumed: roomC === null,
    waterWPerK,
    days: heating.length,
  };
}
