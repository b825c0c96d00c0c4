import { coefficientByEnthalpy } from "./iapws-97.ts";

/** The heat coefficient where the pipe of the flow sensor is not known, kWh/(m3 K). */
export function certifiedCoefficient(flowC: number, returnC: number): number {
  return (coefficientByEnthalpy(flowC, returnC, "return") + coefficientByEnthalpy(flowC, returnC, "flow")) / 2;
}

/** The firmware's: its heat capacity at the mean temperature, with 1 kg per litre. */
export function firmwaresCoefficient(flowC: number, returnC: number): number {
  const t = (flowC + returnC) / 2;
  const kJPerKgK = 4.21 - 0.00204 * t + 0.0000309 * t ** 2 - 0.0000000963 * t ** 3;
  return (1000 * kJPerKgK) / 3600;
}

/** What heat that was logged by the firmware's formula is multiplied by in reports, by IAPWS-97 itself. */
export function certifiedRatio(flowC: number, returnC: number): number {
  return certifiedCoefficient(flowC, returnC) / firmwaresCoefficient(flowC, returnC);
}
