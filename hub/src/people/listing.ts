import { z } from "zod";

const limitRule = "a whole number from 1 to 200";

/** Which part of a list is asked for: `after` is the id of the last one that is known, as `next` of the answer before has it. */
export const partSchema = z.strictObject({
  limit: z.coerce
    .number({ error: limitRule })
    .int({ error: limitRule })
    .min(1)
    .max(200, { error: limitRule })
    .default(100),
  after: z.uuid({ error: "next of the answer before" }).optional(),
});

/** The answer's name of what comes after it. */
export const nextSchema = z.uuid().nullable().describe("`after` of the next request; null: there is no more");

/** Where a part of so many at most ends, of the one more that was asked for. */
export function partOf<T extends { readonly id: string }>(rows: readonly T[], limit: number) {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
