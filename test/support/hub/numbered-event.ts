import type { HomeEvent } from "@heatloop/core/hub/home-events";

const firstAt = Date.parse("2026-10-25T00:00:00Z");

/** An event that is known by its number; it happened so many seconds after midnight. */
export function numberedEvent(number: number, context: HomeEvent["context"] = {}): HomeEvent {
  const id = `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
  const at = new Date(firstAt + number * 1000).toISOString();
  return { id, at, kind: "alert_raised", device: "pump", context: { number, ...context } };
}
