import { firmwareCoefficient, heatCoefficient } from "../energy/passes/row-formula.ts";
import type { HeatFormula } from "./heat-formula.ts";

/**
 * Heat that water carries, in W: flow x temperature difference x heat coefficient (EN 1434-1), negative where the return
 * is warmer than the flow (defrost, cooling). Flow in L/min, temperatures in °C.
 */
export function heatPowerW(
  formula: HeatFormula,
  flowLMin: number,
  flowTemperatureC: number,
  returnTemperatureC: number,
): number {
  const coefficient = heatCoefficient(formula, flowTemperatureC, returnTemperatureC);
  return flowLMin * 60 * (flowTemperatureC - returnTemperatureC) * coefficient;
}

/** What the firmware itself would show for it, W: its polynomial with 1 kg per litre, 0.1 to 2 % more. */
export function firmwareHeatPowerW(flowLMin: number, flowTemperatureC: number, returnTemperatureC: number): number {
  const coefficient = firmwareCoefficient(flowTemperatureC, returnTemperatureC);
  return flowLMin * 60 * (flowTemperatureC - returnTemperatureC) * coefficient;
}
