/** An 8.5 kW outdoor unit: 26 to 90 Hz. */
export const lowestHz = 26;
export const highestHz = 90;

/** Heat into the water at a compressor frequency, W; 8.5 kW at 80 Hz, 7 °C outdoors and 35 °C flow. */
export function heatingCapacityW(frequencyHz: number, outdoorC: number, flowC: number): number {
  return frequencyHz * 106 * Math.max(0.3, 1 + 0.024 * (outdoorC - 7) - 0.006 * (flowC - 35));
}

/** Heat taken out of the water in cooling, W. */
export function coolingCapacityW(frequencyHz: number, outdoorC: number, flowC: number): number {
  return frequencyHz * 88 * Math.max(0.3, 1 - 0.012 * (outdoorC - 30) + 0.02 * (flowC - 18));
}

/**
 * Coefficient of performance in heating: a share of Carnot's between condensing 2 K above the flow and evaporating
 * 6 K below outdoors, as emoncms' myheatpump assumes; best at half load.
 */
export function heatingCop(frequencyHz: number, outdoorC: number, flowC: number): number {
  const liftK = Math.max(12, flowC + 2 - (outdoorC - 6));
  return Math.min(7, Math.max(1.2, (carnotShare(frequencyHz) * (flowC + 2 + 273.15)) / liftK));
}

/** Cold over electricity: evaporating 4 K below the flow, condensing 10 K above outdoors. */
export function coolingEer(frequencyHz: number, outdoorC: number, flowC: number): number {
  const liftK = Math.max(14, outdoorC + 10 - (flowC - 4));
  return Math.min(7, Math.max(1.2, (0.88 * carnotShare(frequencyHz) * (flowC - 4 + 273.15)) / liftK));
}

function carnotShare(frequencyHz: number): number {
  return 0.495 - 0.000024 * (frequencyHz - 45) ** 2;
}

/**
 * How much frost a running evaporator gathers in a second, 1 being as much as a defrost clears: every 40 to 90
 * minutes in damp cold, seldom in dry frost, never above 7 °C.
 */
export function frostPerS(outdoorC: number, humidity: number, frequencyHz: number): number {
  if (outdoorC >= 7) return 0;
  const cold = outdoorC > 2 ? (7 - outdoorC) / 5 : Math.max(0.3, 1 + 0.05 * (outdoorC + 2));
  const damp = Math.min(1.35, Math.max(0.35, (humidity - 0.45) / 0.38));
  return (Math.min(1, cold) * damp * (0.75 + frequencyHz / 200)) / 3300;
}
