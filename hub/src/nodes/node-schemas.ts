import { z } from "zod";

const nameRule = { error: "a name of 1 to 100 characters without line breaks" };

/** What people call a node. */
export const nodeNameSchema = z
  .string(nameRule)
  .trim()
  .min(1, nameRule)
  .max(100, nameRule)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), nameRule);

/** A time of an answer. */
export const timeSchema = z.iso.datetime();

/** A time of the database, ms since the epoch, as answers have it. */
export function timeOf(at: number): string {
  return new Date(at).toISOString();
}

/** The same of a time that may not have come. */
export function timeOrNull(at: number | null): string | null {
  return at === null ? null : timeOf(at);
}
