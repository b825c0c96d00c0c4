import { believedUses } from "@heatloop/core/believed-use";
import type { ElectricityFacts } from "@heatloop/core/electricity-facts";
import type { Limits } from "@heatloop/core/findings";
import { nextDate, previousDate, type Zone } from "@heatloop/core/local-day";
import type { Minute } from "@heatloop/core/minute";
import { endOfDay } from "@heatloop/core/timeline";
import { type DayHappened, happenedPoints, whatHappened } from "@heatloop/core/what-happened";
import type { Archive } from "./archive.ts";
import { datesToldOf, runsOf } from "./archive-dates.ts";
import type { MinuteReading } from "./csv-minute-files.ts";
import type { FinishedDays } from "./finished-days.ts";
import { happenedFormula } from "./happened-formula.ts";
import { inTurn } from "./in-turn.ts";

/** What days follow from, beside the files. */
export type HappenedBasis = {
  readonly zone: Zone;
  readonly electricity: ElectricityFacts;
  readonly limits: Limits;
};

/** What happened on the logged days of a range, both dates included, in order; `now` tells which are finished. */
export type HappenedDays = (
  device: string,
  range: { readonly from: string; readonly to: string; readonly now: number },
  basis: HappenedBasis,
) => Promise<readonly DayHappened[]>;

type Day = { readonly date: string; readonly minutes: readonly Minute[] };

/** `kept`: where finished days are kept, so that their minutes are read once. */
export function happenedDays(parts: {
  readonly archive: Pick<Archive, "minutesByDate">;
  readonly files: Pick<MinuteReading, "minuteFiles">;
  readonly kept: FinishedDays<DayHappened> | undefined;
}): HappenedDays {
  const { archive, files } = parts;

  async function read(
    ...[device, { from, to, now }, basis]: Parameters<HappenedDays>
  ): Promise<readonly DayHappened[]> {
    const { zone } = basis;
    const [first, last] = [previousDate(from), nextDate(nextDate(to))];
    const byDate = Map.groupBy(files.minuteFiles(device, first, last).files, ({ date }) => date);
    const facts = [happenedFormula, zone.name, basis.electricity, basis.limits];
    const kept = parts.kept?.open({ basis: facts, files: byDate, from: first, to: last });
    const found = new Map<string, DayHappened>();
    const missing: string[] = [];
    for (const date of datesToldOf(byDate.keys(), from, to)) {
      const known = kept?.get(device, date);
      if (known === undefined) missing.push(date);
      else found.set(date, known);
    }
    const settled = previousDate(zone.dateOf(now));
    const keeping = kept?.keeping(device);
    try {
      for (const dates of runsOf(missing)) {
        const run = { from: dates[0] as string, to: dates.at(-1) as string };
        for await (const value of compute(device, run, basis)) {
          found.set(value.date, value);
          if (value.date < settled) keeping?.add(value.date, value);
        }
      }
    } finally {
      keeping?.end();
    }
    return [...found.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  /** The days of a run of dates; each is seen with those beside it. */
  async function* compute(
    device: string,
    { from, to }: { readonly from: string; readonly to: string },
    { zone, electricity, limits }: HappenedBasis,
  ): AsyncIterable<DayHappened> {
    const usesOf = believedUses(zone, electricity);
    const happenedOn = (day: Day, before: Day | undefined, after: Day | undefined) =>
      whatHappened({
        ...day,
        zone,
        limits,
        usesOf,
        dayBefore: before?.date === previousDate(day.date) ? before.minutes : undefined,
        nextDay: after?.date === nextDate(day.date) ? after.minutes : undefined,
      });
    let before: Day | undefined;
    let day: Day | undefined;
    for await (const after of archive.minutesByDate(device, previousDate(from), nextDate(to), happenedPoints)) {
      if (day !== undefined && day.date >= from && day.date <= to) yield happenedOn(day, before, after);
      // Of the day before only its end is looked at; a day's minutes are the most of what is in memory here.
      before = day && { date: day.date, minutes: endOfDay(day.minutes, zone.endOf(day.date)) };
      day = after;
    }
    if (day !== undefined && day.date >= from && day.date <= to) yield happenedOn(day, before, undefined);
  }

  return inTurn(read);
}
