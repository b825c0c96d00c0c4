import { fill } from "@heatloop/core/text/fill-text";
import type { Texts } from "../text/languages/english.ts";
import type { EntityIds, HeatPumpEntity } from "./entity-id.ts";
import type { Formats } from "./formats.ts";
import type { Hass, StateObject } from "./hass.ts";

/** The state of a reading's entity at this moment. `missing`: no such entity, or it is disabled. */
export type EntityValue =
  | { readonly kind: "missing" }
  | { readonly kind: "unavailable" | "unknown"; readonly entityId: string }
  | { readonly kind: "text"; readonly entityId: string; readonly text: string }
  | { readonly kind: "number"; readonly entityId: string; readonly value: number; readonly unit: string };

/** The states and entities that values are read from. */
export type ValueSource = { readonly states: Hass["states"]; readonly entities: EntityIds };

/** The state of an entity of the heat pump; undefined where there is none, or where it is disabled. */
export function stateOf({ states, entities }: ValueSource, id: HeatPumpEntity): StateObject | undefined {
  const entityId = entities.get(id);
  return entityId === undefined ? undefined : states[entityId];
}

/** The value of an entity that is meant to be a number. */
export function valueAt(source: ValueSource, id: HeatPumpEntity): EntityValue {
  return valueFrom(stateOf(source, id));
}

/** What a state means: a number with its unit, a text that is none, or that there is no value. */
export function valueFrom(state: StateObject | undefined): EntityValue {
  if (state === undefined) return { kind: "missing" };
  const { entity_id: entityId, state: text, attributes } = state;
  if (text === "unavailable" || text === "unknown") return { kind: text, entityId };
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return { kind: "text", entityId, text };
  const unit = attributes.unit_of_measurement;
  return { kind: "number", entityId, value, unit: typeof unit === "string" ? unit : "" };
}

/** A number, or null where there is none. */
export function numberOf(source: ValueSource, id: HeatPumpEntity): number | null {
  const value = valueAt(source, id);
  return value.kind === "number" ? value.value : null;
}

/** A text, or null where the entity is missing, unknown or unavailable. */
export function textOf(source: ValueSource, id: HeatPumpEntity): string | null {
  const text = stateOf(source, id)?.state;
  return text === undefined || text === "unknown" || text === "unavailable" || text === "" ? null : text;
}

/** On or off, or null where not known. */
export function isOn(source: ValueSource, id: HeatPumpEntity): boolean | null {
  const text = textOf(source, id);
  return text === "on" ? true : text === "off" ? false : null;
}

/** A power in W; null where the value is no number or its unit no power. */
export function wattsOf(value: EntityValue): number | null {
  if (value.kind !== "number") return null;
  if (value.unit === "kW") return value.value * 1000;
  return value.unit === "W" ? value.value : null;
}

/** How a person reads it: `figure` for the eye, `reason` where there is no figure. */
export type Shown = { readonly figure: string; readonly unit: string; readonly reason: string | undefined };

/** A value as a person reads it, in the unit of its entity; a dash and the reason where it is no number. */
export function shownValue(value: EntityValue, decimals: number, formats: Formats, texts: Texts): Shown {
  switch (value.kind) {
    case "number":
      return { figure: formats.number(value.value, decimals), unit: value.unit, reason: undefined };
    case "text":
      return { figure: "–", unit: "", reason: fill(texts.not_a_number, { text: value.text }) };
    default:
      return { figure: "–", unit: "", reason: texts[value.kind] };
  }
}

/** A power as 850 W or 5.3 kW. */
export function shownPower(value: EntityValue, formats: Formats, texts: Texts): Shown {
  const watts = wattsOf(value);
  if (watts === null) return shownValue(value, 0, formats, texts);
  if (Math.abs(watts) < 1000) return { figure: formats.number(watts, 0), unit: "W", reason: undefined };
  return { figure: formats.number(watts / 1000, 1), unit: "kW", reason: undefined };
}
