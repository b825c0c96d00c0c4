import { median } from "../math/theil-sen.ts";
import type { RoomReason } from "./room-reason.ts";

/** From this on two temperatures of one home contradict each other: 13.3 beside 22 °C does not yet. Chosen. */
const leastRatio = 1.65;
/** Up to this it is near twice: twice a room that is itself a fifth warmer than the others. Chosen. */
const mostTwice = 2.4;

/**
 * Which temperatures (°C; null is none) look as if their device reported twice or half of it, as some thermostats do, or
 * something wilder: those far from the median of the others, as a ratio. The reason of each, or null. With two rooms it
 * is not clear which one is wrong, so both are suspect.
 */
export function wrongScale(temperaturesC: readonly (number | null)[]): (RoomReason | null)[] {
  return temperaturesC.map((temperatureC, index) => {
    const others = temperaturesC.filter((other, at): other is number => other !== null && at !== index);
    const otherC = median(others);
    if (temperatureC === null || otherC === null) return null;
    const isAbove = temperatureC >= otherC * leastRatio;
    if (!isAbove && otherC < temperatureC * leastRatio) return null;
    const ratio = isAbove ? temperatureC / otherC : otherC / temperatureC;
    const near = isAbove ? "twice_others" : "half_of_others";
    return { code: ratio <= mostTwice ? near : "far_from_others", temperatureC, othersC: otherC };
  });
}
