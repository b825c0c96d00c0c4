import { isDate, type Zone } from "@heatloop/core/local-day";
import { z } from "zod";
import { type Checked, type Mistake, shown } from "./mistakes.ts";

const dayMs = 24 * 3_600_000;

const dateOrInstant = "a date such as 2026-01-31, or an instant such as 2026-01-31T08:00:00+01:00";

/** `from` and `to` of a query, as they come. */
export const rangeQuery = {
  from: z.string().optional().describe(`First date or instant, included: ${dateOrInstant}`),
  to: z.string().optional().describe(`Last date, included, or instant, not included: ${dateOrInstant}`),
};

export type RangeQuery = { readonly from?: string | undefined; readonly to?: string | undefined };

/** What bounds a range, and what stands for a missing `from`. */
export type RangeRules = {
  readonly now: number;
  readonly zone: Zone;
  /** Days back from `to` that a missing `from` means; 0 is the day of `to` alone. */
  readonly usualDays: number;
  readonly longestDays: number;
};

export type Range = { readonly fromMs: number; readonly toMs: number };

/** The time that a query means, ms since the epoch, or every mistake in it. */
export function rangeOf(query: RangeQuery, rules: RangeRules): Checked<Range> {
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
    else if (to - from > rules.longestDays * dayMs + 2 * 3_600_000) {
      wrong("from", `at most ${rules.longestDays} days before to; ask for a part, or for a coarser resolution`);
    }
  }
  if (mistakes.length > 0 || from === undefined || to === undefined) return { ok: false, mistakes };
  return { ok: true, value: { fromMs: from, toMs: to } };
}

/** The local dates of a range, both included; a date that is in it only in part counts whole. */
export function datesOf({ fromMs, toMs }: Range, zone: Zone): { readonly from: string; readonly to: string } {
  return { from: zone.dateOf(fromMs), to: zone.dateOf(toMs - 1) };
}

function usualFrom(to: number, { zone, usualDays }: RangeRules): number {
  const lastDate = Date.parse(`${zone.dateOf(to - 1)}T00:00:00Z`);
  return zone.startOf(new Date(lastDate - usualDays * dayMs).toISOString().slice(0, 10));
}

/** Seconds may be left out; a `+` that came unescaped in a query has become a space. */
const instant = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)$/;

function timeOf(text: string, zone: Zone, edge: "start" | "end"): number | undefined {
  if (isDate(text)) return edge === "start" ? zone.startOf(text) : zone.endOf(text);
  const escaped = text.replace(/ (\d\d:\d\d)$/, "+$1");
  if (!instant.test(escaped) || !isDate(escaped.slice(0, 10))) return undefined;
  const at = Date.parse(escaped.toUpperCase());
  return Number.isNaN(at) ? undefined : at;
}
