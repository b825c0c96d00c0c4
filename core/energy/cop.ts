import { round } from "../math/rounding.ts";

/** Below this the 0.1 kWh steps of the counter make a COP meaningless. */
const leastElectricityWh = 100;

/** Heat over electricity, to 0.01; null where a side is unknown, there is no heat, or electricity is below 0.1 kWh. */
export function cop(heatWh: number | null, electricityWh: number | null): number | null {
  if (heatWh === null || electricityWh === null) return null;
  if (heatWh <= 0 || electricityWh < leastElectricityWh) return null;
  return round(heatWh / electricityWh, 2) || null;
}
