import { z } from "zod";

/** What a number or a text may be; a text's limits are those of its length. `above`: `low` itself is not allowed. */
export type AllowedSize = {
  readonly kind: "number" | "whole_number" | "text";
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly above?: boolean | undefined;
};

/** An issue with the schema that it is of, where zod tells it. */
export type RawIssue = z.core.$ZodRawIssue & { readonly schema?: unknown };

/** What a number or a text may be where that is wrong of it; undefined where something else is. */
export function sizeIn(issue: RawIssue): AllowedSize | undefined {
  const kind = kindOf(issue);
  const { whole, above, ...ends } = limitsOf(issue.schema ?? issue.inst);
  const limits = { ...ends, ...(above && { above }) };
  if (kind === "string") return { kind: "text", ...limits };
  return kind === "int" || kind === "number" ? { kind: whole ? "whole_number" : "number", ...limits } : undefined;
}

/** What is expected of a value that is of another kind, too small or too big. */
export function kindOf(issue: RawIssue): string | undefined {
  if (issue.code === "invalid_type") return issue.expected;
  return issue.code === "too_small" || issue.code === "too_big" ? issue.origin : undefined;
}

/** The ends of what a schema takes: of numbers, or of the length of a text or a list. */
export type SizeLimits = { low?: number; high?: number; above: boolean; whole: boolean };

export function limitsOf(schema: unknown): SizeLimits {
  const limits: SizeLimits = { above: false, whole: false };
  if (!(schema instanceof z.ZodType)) return limits;
  for (const { _zod } of [schema, ...(schema._zod.def.checks ?? [])]) {
    const def = _zod.def as z.core.$ZodCheckDef & Record<string, unknown>;
    if (def.format === "safeint") limits.whole = true;
    if (def.check === "greater_than") {
      limits.low = Number(def.value);
      limits.above = def.inclusive !== true;
    }
    if (def.check === "less_than") limits.high = Number(def.value);
    if (def.check === "min_length") limits.low = Number(def.minimum);
    if (def.check === "max_length") limits.high = Number(def.maximum);
  }
  return limits;
}
