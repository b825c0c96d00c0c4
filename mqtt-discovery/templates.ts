import type { Language } from "@heatloop/core/catalogue/languages";
import { type PointId, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { type StateSet, statesOf, textOf } from "@heatloop/core/catalogue/text-states";

/**
 * Jinja templates between the firmware's payloads and Home Assistant's values. Each renders `None`, which Home
 * Assistant shows as unknown, where the payload is not plausible: the same rules as core/catalogue/reading.ts.
 */

/** The number of a point as it was published; unknown for `nan`, out of range, and the 0.0 of a missing room sensor. */
export function numberTemplate(point: PointId): string {
  return `{{ value if ${plausible(point)} else None }}`;
}

/** The number of a point that takes commands, without the float noise of its `%f` (21.299999). */
export function settingTemplate(point: PointId): string {
  return `{{ value | float | round(${commandDecimals(point)}) if ${plausible(point)} else None }}`;
}

/** The payload of a numeric command: as many decimals as the step, as core's `commandPayload` writes it. */
export function numberCommandTemplate(point: PointId): string {
  return `{{ "%.${commandDecimals(point)}f" | format(value | float) }}`;
}

/** A text of the firmware; Home Assistant takes 255 characters. */
export const textTemplate = `{{ (value | trim)[:255] if value not in ["", "nan"] else None }}`;

/** The language-free values of a set that may be shown: what is not known is unknown, not a value. */
export function valuesOf(set: StateSet): readonly string[] {
  return statesOf(set).filter((state) => state !== "unknown");
}

/** From the firmware's text in a language to the language-free value. */
export function choiceTemplate(set: StateSet, language: Language): string {
  return `{{ ${dictionary(valuesOf(set).map((state) => [text(set, state, language), state]))}.get(value) }}`;
}

/** What people choose from: one English label a value, the same in every language of the firmware. */
export function labelsOf(set: StateSet): readonly string[] {
  return valuesOf(set).map(labelOf);
}

/** From the firmware's text in a language to the label. */
export function labelTemplate(set: StateSet, language: Language): string {
  return `{{ ${dictionary(valuesOf(set).map((state) => [text(set, state, language), labelOf(state)]))}.get(value) }}`;
}

/** From the label to the firmware's text in a language. */
export function labelCommandTemplate(set: StateSet, language: Language): string {
  return `{{ ${dictionary(valuesOf(set).map((state) => [labelOf(state), text(set, state, language)]))}[value] }}`;
}

/** A value of a list, as it is. */
export function listTemplate(values: readonly string[]): string {
  return `{{ value if value in ${JSON.stringify(values)} else None }}`;
}

// Home Assistant reads an option "None" as unknown, and linear regulation is a star in the firmware's texts.
const labels: Readonly<Record<string, string>> = {
  none: "Not used",
  home_assistant: "Home Assistant",
  ds18x20: "DS18x20",
  room_controller: "Room controller (MRC or RC)",
  underfloor_linear: "Underfloor (linear)",
  underfloor_and_radiators_linear: "Underfloor and radiators (linear)",
  radiators_linear: "Radiators (linear)",
};

function labelOf(state: string): string {
  const words = state.replaceAll("_", " ");
  return labels[state] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

function text(set: StateSet, state: string, language: Language): string {
  return textOf(set, state, language) ?? state;
}

// JSON's strings are Jinja's too.
function dictionary(entries: readonly (readonly [string, string])[]): string {
  return JSON.stringify(Object.fromEntries(entries));
}

function plausible(point: PointId): string {
  const { min, max } = rangeOf(point);
  const absent = pointOf(point).absent === 0 ? " and value | float != 0" : "";
  return `is_number(value) and ${min} <= value | float <= ${max}${absent}`;
}

function commandDecimals(point: PointId): number {
  return Math.max(1, String(pointOf(point).step ?? 1).split(".")[1]?.length ?? 0);
}
