import { type HeaterPowers, usualHeaters } from "./estimated-use.ts";

/** What the owner knows about the electricity of the house's heat pump. */
export type ElectricitySetup = HeaterPowers & {
  /** What the heat pump's own counter is multiplied by. */
  readonly correctionFactor: number;
  /** Whether the external meter measures the immersion heater too. */
  readonly meterHasImmersion: boolean;
  /** Whether it measures the pumps of the primary and secondary circuit too. */
  readonly meterHasPumps: boolean;
};

export const usualElectricity: ElectricitySetup = {
  ...usualHeaters,
  correctionFactor: 1,
  meterHasImmersion: true,
  meterHasPumps: true,
};
