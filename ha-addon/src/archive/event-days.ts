import type { DayEvents } from "@heatloop/core/events/day-events";
import { nextDate, previousDate } from "@heatloop/core/time/local-day";
import { inTurn } from "../base/in-turn.ts";
import type { Archive } from "./archive.ts";
import type { MinuteReading } from "./csv-minute-files.ts";
import { datesIn, runsOf } from "./dates.ts";
import type { DayWriter, FinishedDays } from "./day-cache.ts";
import { eventFormula } from "./event-formula.ts";
import { type EventsBasis, eventsOfRun } from "./event-run.ts";

/** The basis as plain data, which can be stored and compared. */
function plainBasis({ zone, electricity, water, limits }: EventsBasis): readonly unknown[] {
  return [zone.name, electricity, water, limits];
}

/** The events of the logged days of a range, both dates included, in order; days that are over by `now` are finished. */
export type EventDays = (
  device: string,
  range: { readonly from: string; readonly to: string; readonly now: number },
  basis: EventsBasis,
) => Promise<readonly DayEvents[]>;

type Parts = {
  readonly archive: Pick<Archive, "minutesByDate">;
  readonly files: Pick<MinuteReading, "minuteFiles">;
  /** Where finished days are kept, so that their minutes are read once. */
  readonly kept: FinishedDays<DayEvents> | undefined;
};

/** Reads the events of days, one request after the other. */
export function eventDays(parts: Parts): EventDays {
  const readQueued = inTurn((...request: Parameters<EventDays>) => readEvents(parts, ...request));
  /** By request: whoever repeats one while years are still being read waits for the same reading. */
  const reading = new Map<string, ReturnType<EventDays>>();

  return (device, range, basis) => {
    const { from, to, now } = range;
    const request = JSON.stringify([device, from, to, basis.zone.dateOf(now), ...plainBasis(basis)]);
    const begun = reading.get(request) ?? readQueued(device, range, basis).finally(() => reading.delete(request));
    reading.set(request, begun);
    return begun;
  };
}

async function readEvents(
  parts: Parts,
  ...[device, { from, to, now }, basis]: Parameters<EventDays>
): Promise<readonly DayEvents[]> {
  const [first, last] = [previousDate(from), nextDate(nextDate(to))];
  const byDate = Map.groupBy(parts.files.minuteFiles(device, first, last).files, ({ date }) => date);
  const stored = [eventFormula, ...plainBasis(basis)];
  const open = () => parts.kept?.open({ basis: stored, files: byDate, from: first, to: last });
  const dates = datesIn(byDate.keys(), from, to);
  let kept = open();
  const missing = dates.filter((date) => kept?.get(device, date) === undefined);
  let fresh: ReadonlyMap<string, DayEvents> = new Map();
  if (missing.length > 0) {
    // While years are read, the days that are known stay on the disk.
    kept = undefined;
    const settled = previousDate(basis.zone.dateOf(now));
    fresh = await computeEvents({ ...parts, device, missing, settled, basis, writer: open()?.writer(device) });
    kept = open();
  }
  return dates.flatMap((date) => fresh.get(date) ?? kept?.get(device, date) ?? []);
}

/** Computes days and stores those that are finished; returns by date those that are not stored. */
async function computeEvents(of: {
  readonly archive: Pick<Archive, "minutesByDate">;
  readonly device: string;
  readonly missing: readonly string[];
  /** The first date that is not finished. */
  readonly settled: string;
  readonly basis: EventsBasis;
  readonly writer: DayWriter<DayEvents> | undefined;
}): Promise<ReadonlyMap<string, DayEvents>> {
  const { archive, device, settled, basis, writer } = of;
  const unstored = new Map<string, DayEvents>();
  try {
    for (const dates of runsOf(of.missing)) {
      const run = { from: dates[0] as string, to: dates.at(-1) as string };
      for await (const day of eventsOfRun(archive, device, run, basis)) {
        if (writer === undefined || day.date >= settled) unstored.set(day.date, day);
        else writer.add(day.date, day);
      }
    }
  } finally {
    for (const [date, day] of writer?.end() ?? []) unstored.set(date, day);
  }
  return unstored;
}
