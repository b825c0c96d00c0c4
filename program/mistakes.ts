import type { z } from "zod";
import { type AllowedSize, kindOf, limitsOf, type RawIssue, type SizeLimits, sizeIn } from "./allowed-size.ts";

/**
 * One wrong value in what a person wrote: where, what was found (never a secret), and what is allowed there, in English; `size`
 * says the same of a number or a text for who says it in another language.
 */
export type Mistake = {
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly size?: AllowedSize;
};

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Checks a value and returns all of its mistakes at once; `at` is the path of the value itself. */
export function check<S extends z.ZodType>(schema: S, input: unknown, at = ""): Checked<z.output<S>> {
  // An issue keeps nothing but its text of what it is made from.
  const sizes = new Map<string, AllowedSize>();
  const error = (issue: z.core.$ZodRawIssue) => {
    const [allowed, size] = [allowedBy(issue), sizeIn(issue)];
    if (size !== undefined) sizes.set(allowed, size);
    return allowed;
  };
  const result = schema.safeParse(input, { error, reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  const mistakes = new Map<string, Mistake>();
  for (const mistake of result.error.issues.flatMap((issue) => mistakesOf(issue, at))) {
    const size = sizes.get(mistake.allowed);
    mistakes.set(mistakeLine(mistake), { ...mistake, ...(size && { size }) });
  }
  return { ok: false, mistakes: [...mistakes.values()] };
}

/** A mistake as one line: `room_feed.quorum: found 0; allowed: a whole number from 1 to 20`. */
export function mistakeLine({ path, found, allowed }: Mistake): string {
  return `${path === "" ? "" : `${path}: `}found ${found}; allowed: ${allowed}`;
}

/** A key that a schema does not know: where it is, and what is to be said of it. */
export type FoundUnknownKey = { readonly keys: readonly (string | number)[]; readonly mistake: Mistake };

/** Every key of a value, at any depth, that a schema does not know. */
export function unknownKeysIn(schema: z.ZodType, input: unknown): readonly FoundUnknownKey[] {
  const { error } = schema.safeParse(input, { error: allowedBy, reportInput: true });
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [];
    const path = issue.path as (string | number)[];
    return issue.keys.map((key) => ({
      keys: [...path, key],
      mistake: unknownKey(key, pathOf(path, ""), issue.message),
    }));
  });
}

function mistakesOf(issue: z.core.$ZodIssue, at: string): Mistake[] {
  const path = pathOf(issue.path, at);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(key, path, issue.message));
  }
  const found = isSecret(path, issue.input) ? "a value that is not shown here" : shown(issue.input);
  return [{ path, found, allowed: issue.message }];
}

/** The mistake of a key that is not known; `at` is the path of the object that has it. */
export function unknownKey(key: string, at: string, allowed: string): Mistake {
  // A name is words; whatever else is there may have come there by mistake, and be a secret.
  if (!/^[a-z]+(_[a-z]+)*$/i.test(key) || key.length > longestKey) {
    return { path: at, found: "an unknown key that is not shown here", allowed };
  }
  return { path: at === "" ? key : `${at}.${key}`, found: "an unknown key", allowed };
}

function pathOf(keys: readonly PropertyKey[], at: string): string {
  let path = at;
  for (const key of keys) {
    if (typeof key === "number") path += `[${key}]`;
    else path += path === "" ? String(key) : `.${String(key)}`;
  }
  return path;
}

function isSecret(path: string, value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  // "current" is the password that is to be changed.
  return /(password|token|secret)(\W|$)|^current$/.test(path);
}

const longestKey = 32;
const longestNumber = 8;

/**
 * What was found, for a person. Any text may be a secret in a wrong field, so that only numbers, times and dates are
 * shown, of which none is long.
 */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (value === "") return "an empty text";
  const text = String(value);
  if (typeof value !== "string") return text.length > longestNumber ? "a number that is not shown here" : text;
  return isTimeOrNumber(text) ? JSON.stringify(text) : "a text that is not shown here";
}

/** `6:00`, `24:30`, `12-31`, `2026-13-01`, `60%`, `0,25`, `+01:00`. */
function isTimeOrNumber(text: string): boolean {
  return /^[+-]?\d{1,5}([.,:-]\d{1,2}){0,2}%?$/.test(text);
}

/** What is allowed where a schema has no text of its own. */
function allowedBy(raw: z.core.$ZodRawIssue): string {
  const issue: RawIssue = raw;
  switch (issue.code) {
    case "unrecognized_keys": {
      const shape = (issue.inst as z.ZodObject | undefined)?.shape;
      return shape === undefined ? "none here" : oneOf(Object.keys(shape));
    }
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    case "invalid_type":
    case "too_small":
    case "too_big":
      return sized(issue);
    case "invalid_format":
      return `a text in the form ${issue.format}`;
    default:
      return "another value";
  }
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? `only ${names[0]}` : `one of ${names.join(", ")}`;
}

function sized(issue: RawIssue): string {
  const kind = kindOf(issue);
  const limits = limitsOf(issue.schema ?? issue.inst);
  const range = rangeText(limits);
  switch (kind) {
    case "int":
    case "number":
      return `${limits.whole ? "a whole number" : "a number"}${range}`;
    case "string":
      return range === "" ? "a text" : `a text of${range} characters`;
    case "array":
      return range === "" ? "a list" : `a list of${range} entries`;
    case "boolean":
      return "true or false";
    default:
      return kind === "object" ? "an object" : `a value of the kind ${kind}`;
  }
}

function rangeText({ low, high, above }: SizeLimits): string {
  if (low === undefined) return high === undefined ? "" : ` up to ${high}`;
  const least = above ? `above ${low}` : high === undefined ? `at least ${low}` : `from ${low}`;
  return high === undefined ? ` ${least}` : ` ${least} to ${high}`;
}
