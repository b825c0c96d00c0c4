import { badRequest } from "@heatloop/program/http/problem";
import { z } from "zod";

/** A moment that somebody asks for. */
export const askedTimeSchema = z.iso.datetime({ offset: true, error: "a time such as 2026-01-31T00:00:00+01:00" });

/** A span of time that somebody asks for, `to` excluded. */
export const askedSpanSchema = z.object({ from: askedTimeSchema, to: askedTimeSchema });

const lastStorableMs = Date.UTC(9999, 0);

/** The span in ms since the epoch; throws the 400 of one that ends before it begins. */
export function askedSpan(query: z.output<typeof askedSpanSchema>): { readonly from: number; readonly to: number } {
  const [from, to] = [storableTime(query.from), storableTime(query.to)];
  if (to < from) throw badRequest([{ path: "to", found: "a time before from", allowed: "a time after from" }]);
  return { from, to };
}

/** The moment, or the nearest that a row can have: the years 0 and 10000 are none of the database's. */
function storableTime(text: string): number {
  return Math.min(Math.max(Date.parse(text), 0), lastStorableMs);
}
