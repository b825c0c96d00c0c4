import type { Language } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { statesOf, textOf } from "@heatloop/core/catalogue/text-states";

/** A plausible value of each point and the payload in which the firmware publishes it; `turn` gives another value. */
export function firmwareState(point: PointId, language: Language, turn = 0) {
  const { quantity, states, component, decimals } = pointOf(point);
  const index = pointIds.indexOf(point) + turn;
  const { kind, decimals: usual } = quantities[quantity];
  if (states !== undefined) {
    const known = statesOf(states).filter((state) => state !== "unknown");
    const value = known[index % known.length] ?? "";
    return { value, payload: textOf(states, value, language) ?? "" };
  }
  if (kind === "boolean") return { value: index % 2 === 0, payload: index % 2 === 0 ? "ON" : "OFF" };
  if (quantity === "json") {
    const update = { installed_version: "2.0.0", latest_version: `2.${turn + 1}.0`, title: "Ecodan" };
    return { value: update.latest_version, payload: JSON.stringify(update) };
  }
  if (kind !== "number") return { value: `text ${index}`, payload: `text ${index}` };
  const { min, max } = rangeOf(point);
  const low = Math.max(min, Math.min(1, max - 5));
  const number = Math.min(max, low + (index % 9) * (quantity === "temperature_difference" ? 0.1 : 0.5));
  // ESPHome publishes a number as %f, a climate at its step, a sensor with its decimals.
  const places = component === "number" ? 6 : component === "climate" ? 1 : (decimals ?? usual);
  const payload = number.toFixed(places);
  return { value: Number(payload), payload };
}
