import { leastBoostMin, mostBoostMin } from "@heatloop/core/hot-water/boost";

/** What `boostMinutes` takes, for people. */
export const boostForm = `whole minutes from ${leastBoostMin} to ${mostBoostMin}, or "off"`;

/** The minutes that a payload asks for, 0 for its end; undefined where it is nothing that can be asked for. */
export function boostMinutes(payload: string): number | undefined {
  const text = payload.trim().toLowerCase();
  if (text === "off") return 0;
  const minutes = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return minutes === 0 || (minutes >= leastBoostMin && minutes <= mostBoostMin) ? minutes : undefined;
}
