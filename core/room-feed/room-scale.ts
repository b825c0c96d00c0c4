import { median } from "../math/theil-sen.ts";

/** From this on two temperatures of one home contradict each other. */
const leastRatio = 1.65;
/** Up to this it is near twice; the rooms themselves differ, too. */
const mostTwice = 2.4;

/**
 * Which temperatures (°C; null is none) look as if their device reported twice or half of it, as some thermostats do, or
 * something wilder: those far from the median of the others, as a ratio. Per temperature the reason with the room as
 * subject, or null. With two rooms it is not clear which one is wrong, so both are suspect.
 */
export function wrongScale(temperaturesC: readonly (number | null)[]): (string | null)[] {
  return temperaturesC.map((temperatureC, index) => {
    const others = temperaturesC.filter((other, at): other is number => other !== null && at !== index);
    const otherC = median(others);
    if (temperatureC === null || otherC === null) return null;
    if (temperatureC >= otherC * leastRatio)
      return scaleReason(temperatureC, otherC, temperatureC / otherC, "twice", "0.5");
    return otherC >= temperatureC * leastRatio
      ? scaleReason(temperatureC, otherC, otherC / temperatureC, "half of", "2")
      : null;
  });
}

function scaleReason(temperatureC: number, otherC: number, ratio: number, relation: string, scale: string): string {
  const reported = `reports ${temperatureC.toFixed(1)} °C`;
  const others = `the other rooms' ${otherC.toFixed(1)} °C`;
  return ratio <= mostTwice
    ? `${reported}, near ${relation} ${others} (if its device is wrong, set its scale to ${scale})`
    : `${reported}, far from ${others}`;
}
