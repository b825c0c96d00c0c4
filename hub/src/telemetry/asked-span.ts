import { dayMs } from "@heatloop/core/time/durations";
import { isDate } from "@heatloop/core/time/local-day";
import { badRequest } from "@heatloop/program/http/problem";
import { z } from "zod";
import { askedTimeSchema } from "../web/times.ts";

/** A span of time that somebody asks for. */
export const askedSpanSchema = z.strictObject({
  from: askedTimeSchema.describe("included"),
  to: askedTimeSchema.describe("not included"),
});

const dateRule = "a date of the calendar such as 2026-01-31";

/** A day by its date that somebody asks for or tells of. */
export const askedDateSchema = z.iso.date({ error: dateRule }).refine(isDate, { error: dateRule });

/** Local days that somebody asks for. */
export const askedDatesSchema = z.strictObject({
  from: askedDateSchema.describe("the first day"),
  to: askedDateSchema.describe("the last day, included"),
});

const lastStorableMs = Date.UTC(9999, 0);

/** The span in ms since the epoch; throws the 400 of one that is empty, or longer than so many days. */
export function askedSpan(
  query: z.output<typeof askedSpanSchema>,
  mostDays = Number.POSITIVE_INFINITY,
): { readonly from: number; readonly to: number } {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  if (to <= from) throw badRequest([{ path: "to", found: "no time after from", allowed: "a time after from" }]);
  if (to - from > mostDays * dayMs) throw tooLong((to - from) / dayMs, mostDays);
  return { from: storableTime(from), to: storableTime(to) };
}

/** Throws the 400 of days that end before they begin, or are more than so many. */
export function checkDates({ from, to }: z.output<typeof askedDatesSchema>, mostDays: number): void {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days < 1) throw badRequest([{ path: "to", found: "a day before from", allowed: "from, or a day after it" }]);
  if (days > mostDays) throw tooLong(days, mostDays);
}

function tooLong(days: number, mostDays: number) {
  return badRequest([{ path: "to", found: `${Math.ceil(days)} days`, allowed: `${mostDays} days at most` }]);
}

/** The moment, or the nearest that a row can have: the years 0 and 10000 are none of the database's. */
function storableTime(at: number): number {
  return Math.min(Math.max(at, 0), lastStorableMs);
}
