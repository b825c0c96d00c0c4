import { z } from "zod";

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
