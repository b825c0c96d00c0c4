import { type HeaterPowers, usualHeaters } from "./estimated-use.ts";

/** What the owner has set about the electricity of the heat pump. */
export type ElectricitySetup = HeaterPowers & {
  /** Factor of the heat pump's own counter. */
  readonly correctionFactor: number;
  /** Whether the external meter measures the immersion heater too. */
  readonly meterHasImmersion: boolean;
  /** Whether it measures the pumps of the primary and secondary circuit too. */
  readonly meterHasPumps: boolean;
};

/** Of an owner who has set nothing. */
export const usualElectricity: ElectricitySetup = {
  ...usualHeaters,
  correctionFactor: 1,
  meterHasImmersion: true,
  meterHasPumps: true,
};
