import { usesOfDays } from "@heatloop/core/energy/day-use";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { endOfDay } from "@heatloop/core/energy/timeline";
import { type DayEvents, dayEvents, eventPoints } from "@heatloop/core/events/day-events";
import type { Limits } from "@heatloop/core/events/rules/rule-day";
import { heatFormula, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { inTurn } from "../base/in-turn.ts";
import type { Archive } from "./archive.ts";
import type { MinuteReading } from "./csv-minute-files.ts";
import { datesIn, runsOf } from "./dates.ts";
import type { FinishedDays, KeptAsMade } from "./day-cache.ts";
import { eventFormula } from "./event-formula.ts";

/** What days follow from, beside the files. */
export type EventsBasis = {
  readonly zone: Zone;
  readonly electricity: ElectricitySetup;
  readonly water: WaterSetup;
  readonly limits: Limits;
};

/** The same as it can be kept and compared. */
function factsOf({ zone, ...facts }: EventsBasis): readonly unknown[] {
  return [zone.name, facts.electricity, facts.water, facts.limits];
}

/** What happened on the logged days of a range, both dates included, in order; `now` tells which are finished. */
export type EventDays = (
  device: string,
  range: { readonly from: string; readonly to: string; readonly now: number },
  basis: EventsBasis,
) => Promise<readonly DayEvents[]>;

type Day = { readonly date: string; readonly minutes: readonly Minute[] };

/** `kept`: where finished days are kept, so that their minutes are read once. */
export function eventDays(parts: {
  readonly archive: Pick<Archive, "minutesByDate">;
  readonly files: Pick<MinuteReading, "minuteFiles">;
  readonly kept: FinishedDays<DayEvents> | undefined;
}): EventDays {
  const { archive, files } = parts;

  async function read(...[device, { from, to, now }, basis]: Parameters<EventDays>): Promise<readonly DayEvents[]> {
    const { zone } = basis;
    const [first, last] = [previousDate(from), nextDate(nextDate(to))];
    const byDate = Map.groupBy(files.minuteFiles(device, first, last).files, ({ date }) => date);
    const facts = [eventFormula, ...factsOf(basis)];
    const open = () => parts.kept?.open({ basis: facts, files: byDate, from: first, to: last });
    const dates = datesIn(byDate.keys(), from, to);
    let kept = open();
    const missing = dates.filter((date) => kept?.get(device, date) === undefined);
    let fresh: ReadonlyMap<string, DayEvents> = new Map();
    if (missing.length > 0) {
      // While years are gone through, what is known of them stays on the disk.
      kept = undefined;
      const settled = previousDate(zone.dateOf(now));
      fresh = await made({ device, missing, settled, basis, keeping: open()?.keeping(device) });
      kept = open();
    }
    return dates.flatMap((date) => fresh.get(date) ?? kept?.get(device, date) ?? []);
  }

  /** Makes days, and hands back by date those that are not kept. */
  async function made(of: {
    readonly device: string;
    readonly missing: readonly string[];
    /** The first date that is not finished. */
    readonly settled: string;
    readonly basis: EventsBasis;
    readonly keeping: KeptAsMade<DayEvents> | undefined;
  }): Promise<ReadonlyMap<string, DayEvents>> {
    const { device, settled, basis, keeping } = of;
    const unkept = new Map<string, DayEvents>();
    try {
      for (const dates of runsOf(of.missing)) {
        const run = { from: dates[0] as string, to: dates.at(-1) as string };
        for await (const value of compute(device, run, basis)) {
          if (keeping === undefined || value.date >= settled) unkept.set(value.date, value);
          else keeping.add(value.date, value);
        }
      }
    } finally {
      for (const [date, day] of keeping?.end() ?? []) unkept.set(date, day);
    }
    return unkept;
  }

  /** The days of a run of dates; each is seen with those beside it. */
  async function* compute(
    device: string,
    { from, to }: { readonly from: string; readonly to: string },
    { zone, electricity, water, limits }: EventsBasis,
  ): AsyncIterable<DayEvents> {
    const usesOf = usesOfDays(zone, electricity);
    const formula = heatFormula(water);
    const happenedOn = (day: Day, before: Day | undefined, after: Day | undefined) =>
      dayEvents({
        ...day,
        zone,
        limits,
        usesOf,
        dayBefore: before?.date === previousDate(day.date) ? before.minutes : undefined,
        nextDay: after?.date === nextDate(day.date) ? after.minutes : undefined,
      });
    let before: Day | undefined;
    let day: Day | undefined;
    for await (const { date, minutes } of archive.minutesByDate(
      device,
      previousDate(from),
      nextDate(to),
      eventPoints,
    )) {
      const after = { date, minutes: minutes.map((minute) => minuteByFormula(minute, formula)) };
      if (day !== undefined && day.date >= from && day.date <= to) yield happenedOn(day, before, after);
      // Of the day before only its end is looked at; a day's minutes are the most of what is in memory here.
      before = day && { date: day.date, minutes: endOfDay(day.minutes, zone.endOf(day.date)) };
      day = after;
    }
    if (day !== undefined && day.date >= from && day.date <= to) yield happenedOn(day, before, undefined);
  }

  const readInTurn = inTurn(read);
  /** By what is asked: whoever asks again while years are still being read waits for the same reading. */
  const reading = new Map<string, ReturnType<typeof read>>();

  return (device, range, basis) => {
    const { from, to, now } = range;
    const asked = JSON.stringify([device, from, to, basis.zone.dateOf(now), ...factsOf(basis)]);
    const begun = reading.get(asked) ?? readInTurn(device, range, basis).finally(() => reading.delete(asked));
    reading.set(asked, begun);
    return begun;
  };
}
