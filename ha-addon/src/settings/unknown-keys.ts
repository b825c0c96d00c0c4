import { isDeepStrictEqual } from "node:util";
import { type Mistake, unknownKeysIn } from "@heatloop/program/mistakes";
import type { z } from "zod";

type Path = readonly (string | number)[];

/** A key in settings that this version does not know, as a newer one may have written it. */
export type UnknownKey = { readonly path: Path; readonly value: unknown; readonly mistake: Mistake };

/** Settings without the keys that a schema does not know, at any depth, and those keys. Changes nothing in the argument. */
export function splitUnknown(
  schema: z.ZodType,
  input: unknown,
): { readonly known: unknown; readonly unknown: readonly UnknownKey[] } {
  const found = unknownKeysIn(schema, input);
  const unknown = found.map(({ keys, mistake }) => ({ path: keys, value: valueAt(input, keys), mistake }));
  return { known: unknown.reduce((left, { path }) => without(left, path), input), unknown };
}

/**
 * Settings after a change with the unknown keys that they had before: those of a list go with the entry that they were
 * in, as long as that is unchanged. `lost` are those that have no place any more.
 */
export function withUnknown(
  unknown: readonly UnknownKey[],
  before: unknown,
  after: unknown,
): { readonly whole: unknown; readonly lost: readonly UnknownKey[] } {
  const lost: UnknownKey[] = [];
  let whole = after;
  for (const key of unknown) {
    const path = movedPath(key.path, before, after);
    if (path === undefined) lost.push(key);
    else whole = put(whole, path, key.value);
  }
  return { whole, lost };
}

/** The unknown keys that a change (JSON merge patch) does not take away with null, as themselves or with what they are in. */
export function notRemoved(unknown: readonly UnknownKey[], patch: unknown): readonly UnknownKey[] {
  return unknown.filter(({ path }) => {
    let at = patch;
    for (const key of path) {
      if (!isObject(at) || !Object.hasOwn(at, key)) return true;
      at = at[key];
      if (at === null) return false;
    }
    return true;
  });
}

/** Where a path leads after a change; undefined where what it was in is gone or another one. */
function movedPath(path: Path, before: unknown, after: unknown): Path | undefined {
  const moved: (string | number)[] = [];
  let [was, is] = [before, after];
  for (const [depth, key] of path.entries()) {
    if (typeof key === "number") {
      const entry = Array.isArray(was) ? was[key] : undefined;
      const index = Array.isArray(is) ? is.findIndex((each) => isDeepStrictEqual(each, entry)) : -1;
      if (index < 0) return undefined;
      moved.push(index);
      [was, is] = [entry, entry];
      continue;
    }
    if (is !== undefined && !isObject(is)) return undefined;
    moved.push(key);
    if (depth === path.length - 1) return moved;
    was = isObject(was) ? was[key] : undefined;
    is = is?.[key];
  }
  return moved;
}

function put(at: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof key === "number") {
    return Array.isArray(at) ? at.map((each, index) => (index === key ? put(each, rest, value) : each)) : at;
  }
  const object = isObject(at) ? at : {};
  return { ...object, [key]: put(object[key], rest, value) };
}

function without(at: unknown, [key, ...rest]: Path): unknown {
  if (Array.isArray(at)) return at.map((each, index) => (index === key ? without(each, rest) : each));
  if (!isObject(at) || typeof key !== "string") return at;
  if (rest.length > 0) return { ...at, [key]: without(at[key], rest) };
  const { [key]: _, ...left } = at;
  return left;
}

function valueAt(at: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], at);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
