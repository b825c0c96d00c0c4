import { dayFormula } from "../archive/day-formula.ts";
import { eventFormula } from "../archive/event-formula.ts";
import { billFormula } from "../report/bill-formula.ts";
import { tagOf } from "./http/etag.ts";
import type { WebParts } from "./parts.ts";
import type { HeatloopView } from "./view.ts";

/** What an answer about finished days is about. */
type Finished = {
  readonly id: string;
  /** Local dates, both included. */
  readonly from: string;
  readonly to: string;
  readonly what: Parameters<HeatloopView["finishedState"]>[2];
};

/**
 * The tag of an answer about finished days, from what it is made of: the archive's files, the formulas, the settings and
 * the time zone; `form` is all by which answers of the same days differ. undefined: the days are not finished, so the
 * answer is one of this moment.
 */
export function finishedTag(
  { view, settings, version }: Pick<WebParts, "view" | "settings" | "version">,
  { id, from, to, what }: Finished,
  form: readonly unknown[],
): string | undefined {
  const state = view.finishedState(id, { from, to }, what);
  if (state === undefined) return undefined;
  const formulas = [version, dayFormula, eventFormula, billFormula];
  return tagOf([formulas, view.zone().name, settings.current(), id, from, to, state, form]);
}
