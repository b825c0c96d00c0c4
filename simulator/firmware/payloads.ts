import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { textOf } from "@heatloop/core/catalogue/text-states";

const mostCached = 20_000;
const caches: Map<number, string>[] = [];

/** Decimals of a numeric sensor's payload. */
export function decimalsOf(point: PointId): number {
  const { decimals, quantity } = pointOf(point);
  return decimals ?? quantities[quantity].decimals;
}

/** A number of steps of 10^-decimals as C's `%.Nf` prints it. */
export function steppedPayload(steps: number, decimals: number): string {
  if (Object.is(steps, -0)) return `-${(0).toFixed(decimals)}`;
  caches[decimals] ??= new Map();
  const cache = caches[decimals];
  const known = cache.get(steps);
  if (known !== undefined) return known;
  if (cache.size >= mostCached) cache.clear();
  const text = (steps / 10 ** decimals).toFixed(decimals);
  cache.set(steps, text);
  return text;
}

/** Whole steps nearest to a number of them; half a step goes to the even one, as in C. */
export function wholeSteps(value: number): number {
  const steps = Math.round(value);
  return steps - value === 0.5 && steps % 2 !== 0 ? steps - 1 : steps;
}

/** A number entity's payload: C's `%f` of a 32-bit float, `21.500000`. */
export function numberPayload(value: number): string {
  return Math.fround(value).toFixed(6);
}

/** ON, OFF, the text of a state in the device's language, or a text as it is. */
export function statePayload(point: PointId, value: boolean | string, language: Language): string {
  if (typeof value === "boolean") return value ? "ON" : "OFF";
  const { states } = pointOf(point);
  return states === undefined ? value : (textOf(states, value, language) ?? "Unknown");
}
