import { situationOf } from "../home-assistant/situation.ts";
import { type EntityValue, isOn, type ValueSource, valueAt, wattsOf } from "../home-assistant/value.ts";
import type { Texts } from "../text/languages/english.ts";

/** The COP of the moment. The firmware's estimate is 0 while the compressor stands and means nothing in a defrost. */
export function copOf(source: ValueSource): EntityValue {
  const own = valueAt(source, "cop");
  if (own.kind !== "missing") return own;
  const estimate = valueAt(source, "estimated_cop");
  if (estimate.kind !== "number") return estimate;
  const situation = situationOf(source);
  const isMeaningful = estimate.value > 0 && situation !== "standby" && situation !== "defrost";
  return isMeaningful ? estimate : { kind: "unknown", entityId: estimate.entityId };
}

/** Heat over what the chosen meter shows; where that means nothing, or an immersion heater is in it, as without it. */
export function meteredCop(source: ValueSource, heat: EntityValue, electricity: EntityValue): EntityValue {
  const [heatW, electricityW] = [wattsOf(heat), wattsOf(electricity)];
  const situation = situationOf(source);
  const works = (situation === "heating" || situation === "hot_water") && isOn(source, "immersion_heater") !== true;
  if (heat.kind !== "number" || heatW === null || electricityW === null || heatW <= 0 || electricityW <= 0 || !works) {
    return copOf(source);
  }
  return { ...heat, value: heatW / electricityW, unit: "" };
}

/** Why the electricity or the COP of the moment is not known. */
export function whyNotCounted(source: ValueSource, texts: Texts): string {
  const situation = situationOf(source);
  if (situation === "standby" || situation === "defrost") return texts[situation];
  return situation === "offline" || situation === "unknown" ? texts.unknown : texts.counter_steps;
}
