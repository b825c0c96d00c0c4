import { z } from "zod";

/** A time of an answer. */
export const instant = z.string().describe("ISO 8601 with the offset of the local time zone");
/** A number of an answer. */
export const unknownNumber = z.number().nullable();
/** Any value of an answer. */
export const value = z.union([z.number(), z.boolean(), z.string(), z.null()]).describe("null: unknown");
