import type { Mistake } from "@heatloop/program/mistakes";
import { type Entered, type EnteredRow, sentValue, shownValue } from "./entered.ts";
import { emptyIsNull, type FormField } from "./fields.ts";
import type { SettingsJson as Json } from "./settings-api.ts";

/** The settings that hold, and what a person has changed of them and not saved yet. */
export type Draft = {
  readonly settings: Json;
  /** By the path of the field; only what is another value than the settings have. */
  readonly changes: ReadonlyMap<string, Entered>;
};

export function newDraft(settings: Json): Draft {
  return { settings, changes: new Map() };
}

/** What a field shows: what was entered, else what the settings have. */
export function enteredIn(draft: Draft, field: FormField, decimalSign: string): Entered {
  return draft.changes.get(field.path) ?? shownValue(field, valueAt(draft.settings, field.path), decimalSign);
}

/** The draft after a person entered something; what is the same as in the settings again is no change. */
export function withEntered(draft: Draft, field: FormField, entered: Entered): Draft {
  const changes = new Map(draft.changes);
  const before = shownValue(field, valueAt(draft.settings, field.path), ".");
  if (sameText(sentValue(field, entered), sentValue(field, before))) changes.delete(field.path);
  else changes.set(field.path, entered);
  return { ...draft, changes };
}

/** The same changes upon settings that were loaded anew. */
export function uponSettings(draft: Draft, settings: Json, fields: readonly FormField[]): Draft {
  return fields.reduce<Draft>((upon, field) => {
    const entered = draft.changes.get(field.path);
    return entered === undefined ? upon : withEntered(upon, field, entered);
  }, newDraft(settings));
}

/** The fields whose settings are others than those that a draft was made from: what somebody else changed. */
export function changedFields(before: Json, after: Json, fields: readonly FormField[]): readonly FormField[] {
  return fields.filter(({ path }) => !sameText(valueAt(before, path), valueAt(after, path)));
}

/** What is sent of the changes of some fields: a JSON merge patch. */
export function patchOf(draft: Draft, fields: readonly FormField[]): Json {
  let patch: Json = {};
  for (const field of fields) {
    const entered = draft.changes.get(field.path);
    if (entered !== undefined) patch = put(patch, field.path.split("."), sentValue(field, entered));
  }
  for (const path of emptyIsNull) {
    const inside = valueAt(patch, path);
    if (inside === undefined) continue;
    const filled = fields.some(
      (field) => field.path.startsWith(`${path}.`) && !isEmpty(sentValue(field, enteredIn(draft, field, "."))),
    );
    patch = put(patch, path.split("."), filled ? withoutEmpty(inside) : null);
  }
  return patch;
}

/** A text that is optional and empty is none. */
function withoutEmpty(inside: unknown): unknown {
  return Object.fromEntries(Object.entries(inside as Json).map(([key, value]) => [key, isEmpty(value) ? null : value]));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

/** The mistakes of a field by its path, and those of the entries of its list: `web.host_names[1]`. */
export function mistakesAt(mistakes: readonly Mistake[], path: string): readonly Mistake[] {
  return mistakes.filter((mistake) => fieldPath(mistake) === path);
}

/** Which entry of its field's list a mistake is about; undefined: the field as a whole. */
export function entryIndex({ path }: Mistake): number | undefined {
  const index = /\[(\d+)\]$/.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}

function fieldPath({ path }: Mistake): string {
  return path.replace(/\[\d+\]$/, "");
}

/** The path of a row's field as mistakes have it: `rooms[0].weight`. */
export function rowPath(field: FormField, index: number, key: string): string {
  return `${field.path}[${index}].${key}`;
}

/** Those that no field of these shows. */
export function otherMistakes(
  mistakes: readonly Mistake[],
  fields: readonly FormField[],
  draft: Draft,
): readonly Mistake[] {
  const shown = new Set(fields.flatMap((field) => [field.path, ...rowPaths(field, draft)]));
  return mistakes.filter((mistake) => !shown.has(fieldPath(mistake)));
}

function rowPaths(field: FormField, draft: Draft): readonly string[] {
  if (field.kind !== "rows") return [];
  const rows = enteredIn(draft, field, ".") as readonly EnteredRow[];
  return rows.flatMap((row, index) => Object.keys(row.values).map((key) => rowPath(field, index, key)));
}

/** The value at a path such as `tariff.dynamic.entity`; undefined where there is none. */
export function valueAt(json: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? (at as Json)[key] : undefined), json);
}

function put(json: Json, [key = "", ...rest]: readonly string[], value: unknown): Json {
  if (rest.length === 0) return { ...json, [key]: value };
  const inside = json[key];
  return { ...json, [key]: put(typeof inside === "object" && inside !== null ? (inside as Json) : {}, rest, value) };
}

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
