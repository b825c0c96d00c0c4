import type { Wave } from "@heatloop/core/catalogue/point";
import { type PointId, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { statesOf } from "@heatloop/core/catalogue/text-states";
import { fnv1a } from "@heatloop/core/math/fnv1a";
import { secondMs } from "@heatloop/core/time/durations";
import { smoothNoise } from "../physics/random.ts";

export type SimulatedValue = number | boolean | string;

/** What a point reads of which the physics knows nothing: as its row of the catalogue says. Each point has its own noise. */
export function defaultSignal(id: PointId, seed: number): (at: number) => SimulatedValue {
  const { simulated } = pointOf(id);
  if (!isWave(simulated)) {
    const value = defaultValue(id);
    return () => value;
  }
  const { mean, swing, periodS } = simulated;
  const ownSeed = seed + fnv1a(id);
  return (at) => mean + swing * smoothNoise(ownSeed, at / secondMs / periodS);
}

/** The constant of a point; of a wave its mean. */
export function defaultValue(id: PointId): SimulatedValue {
  const { simulated, absent } = pointOf(id);
  if (isWave(simulated)) return simulated.mean;
  return simulated ?? absent ?? nothing(id);
}

/** What is nearest to nothing: 0 or the plausible value beside it, off, the first state, no text. */
function nothing(id: PointId): SimulatedValue {
  const { quantity, states } = pointOf(id);
  const { min, max } = rangeOf(id);
  switch (quantities[quantity].kind) {
    case "number":
      return Math.min(max, Math.max(min, 0));
    case "boolean":
      return false;
    case "text":
    case "press":
      return states === undefined ? "" : (statesOf(states)[0] ?? "");
  }
}

function isWave(simulated: SimulatedValue | Wave | undefined): simulated is Wave {
  return typeof simulated === "object";
}
