import { dayMs, hourMs } from "@heatloop/core/time/durations";
import { dateAfter, isDate, type Zone } from "@heatloop/core/time/local-day";
import { type Checked, type Mistake, shown } from "@heatloop/program/mistakes";
import { z } from "zod";

const dateOrInstant =
  "a date such as 2026-01-31, or an instant such as 2026-01-31T08:00:00+01:00, of the years 2000 to 2099";

const date = "20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])";
/** Seconds may be left out; a `+` that came unescaped in a query has become a space. */
const timeOfDay = "[Tt]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?([Zz]|[+ -]([01]\\d|2[0-3]):[0-5]\\d)";

const pattern = `^${date}(${timeOfDay})?$`;

/** What a time of a query is; checked with the rest of its range, so that all its mistakes are named at once. */
const time = z
  .string()
  .regex(new RegExp(pattern))
  .refine((text) => isDate(text.slice(0, 10)));

/** A date or an instant of a query, as it comes: every parameter of the API that names a time. */
export const timeParameter = z.string().max(100).meta({ pattern });

/** `from` and `to` of a query, as they come. */
export const rangeQuery = {
  from: timeParameter.optional().describe(`First date or instant, included: ${dateOrInstant}`),
  to: timeParameter.optional().describe(`Last date, included, or instant, not included: ${dateOrInstant}`),
};

export type RangeQuery = { readonly from?: string | undefined; readonly to?: string | undefined };

/** The longest range of days, reports and marks: ten years, which is longer than any archive yet; chosen. */
export const tenYearsDays = 3660;

/** What bounds a range, and what a missing `from` means. */
export type RangeRules = {
  readonly now: number;
  readonly zone: Zone;
  /** Days back from `to` that a missing `from` means; 0 is the day of `to` alone. */
  readonly usualDays: number;
  readonly longestDays: number;
};

export type TimeRange = { readonly fromMs: number; readonly toMs: number };

/** The time that a query means, ms since the epoch, or every mistake in it. */
export function checkedRange(query: RangeQuery, rules: RangeRules): Checked<TimeRange> {
  const { now, zone } = rules;
  const to = query.to === undefined ? zone.endOf(zone.dateOf(now)) : timeOf(query.to, zone, "end");
  const from = query.from === undefined ? usualFrom(to ?? now, rules) : timeOf(query.from, zone, "start");
  const mistakes: Mistake[] = [];
  const wrong = (path: "from" | "to", allowed: string) =>
    mistakes.push({ path, found: shown(query[path] ?? ""), allowed });
  if (from === undefined) wrong("from", dateOrInstant);
  else if (from > now) wrong("from", `a time that has begun; now is ${zone.isoOf(now)}`);
  if (to === undefined) wrong("to", dateOrInstant);
  else if (to > zone.endOf(zone.dateOf(now)) + dayMs) wrong("to", `at most today, ${zone.dateOf(now)}`);
  if (mistakes.length === 0 && from !== undefined && to !== undefined) {
    if (to <= from) wrong("to", `a time after from, which is ${zone.isoOf(from)}`);
    else if (to - from > rules.longestDays * dayMs + 2 * hourMs) {
      wrong("from", `at most ${rules.longestDays} days before to; ask for a part, or for a coarser resolution`);
    }
  }
  if (mistakes.length > 0 || from === undefined || to === undefined) return { ok: false, mistakes };
  return { ok: true, value: { fromMs: from, toMs: to } };
}

/** The local dates of a range, both included; a date that is in it only in part counts whole. */
export function datesOf({ fromMs, toMs }: TimeRange, zone: Zone): { readonly from: string; readonly to: string } {
  return { from: zone.dateOf(fromMs), to: zone.dateOf(toMs - 1) };
}

function usualFrom(to: number, { zone, usualDays }: RangeRules): number {
  return zone.startOf(dateAfter(zone.dateOf(to - 1), -usualDays));
}

function timeOf(text: string, zone: Zone, edge: "start" | "end"): number | undefined {
  if (!time.safeParse(text).success) return undefined;
  if (text.length === 10) return edge === "start" ? zone.startOf(text) : zone.endOf(text);
  return Date.parse(text.replace(" ", "+").toUpperCase());
}
