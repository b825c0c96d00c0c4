import { z } from "zod";

/** A figure that may be unknown, in the unit of its field's name; null is unknown. */
export const nullableNumber = z.number().nullable();

export const localDate = z.string().describe("local date, 2026-01-31");

export const isoTime = z.string().describe("ISO 8601 with offset");
