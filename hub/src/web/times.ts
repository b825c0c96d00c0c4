import { z } from "zod";

/** A time of an answer: ISO 8601, in UTC. */
export const timeSchema = z.iso.datetime();

/** A moment that somebody asks for or tells of: ISO 8601, with any offset. */
export const askedTimeSchema = z.iso.datetime({ offset: true, error: "a time such as 2026-01-31T00:00:00+01:00" });

/** A time of the database, ms since the epoch, as answers have it. */
export function timeOf(at: number): string {
  return new Date(at).toISOString();
}

/** The same of a time that may not have come. */
export function timeOrNull(at: number | null): string | null {
  return at === null ? null : timeOf(at);
}
