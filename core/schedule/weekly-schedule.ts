import { dayMs, minuteMs } from "../time/durations.ts";
import { dateAfter, type Zone } from "../time/local-day.ts";
import { instantOf } from "../time/local-time.ts";
import { type Weekday, weekdayOf } from "../time/weekdays.ts";

/** A time of the week, by the clock of the home: `at` is `06:30`. */
export type WeeklyTime = { readonly days: readonly Weekday[]; readonly at: string };

/** An entry of a schedule that falls due at a time, ms since the epoch. */
export type Due<Entry> = { readonly entry: Entry; readonly at: number };

/** The clock leaps over half an hour, an hour, or, once, a day. */
const longestLeapMinutes = 24 * 60;

/**
 * When an entry falls due on a local date; undefined on the other days of its week. Where the clock leaps over its time it is
 * when the clock goes on; where the clock shows its time twice it is the first time.
 */
export function dueOn({ days, at }: WeeklyTime, date: string, zone: Zone): number | undefined {
  if (!days.includes(weekdayOf(date))) return undefined;
  const shown = instantOf(`${date}T${at}`, zone);
  if (shown !== undefined) return shown;
  const [hours = 0, minutes = 0] = at.split(":").map(Number);
  for (let later = hours * 60 + minutes + 1; later < longestLeapMinutes; later += 1) {
    const instant = instantOf(`${date}T${timeOf(later)}`, zone);
    if (instant !== undefined) return instant;
  }
  return zone.endOf(date);
}

function timeOf(minuteOfDay: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** What falls due after `after` and until `until`, both ms since the epoch, in the order of time and then of the schedule. */
export function dueBetween<Entry extends WeeklyTime>(
  schedule: readonly Entry[],
  zone: Zone,
  after: number,
  until: number,
): readonly Due<Entry>[] {
  const due: Due<Entry>[] = [];
  if (!(until > after)) return due;
  // What the clock leaps over at a day's end is due at the start of the next one.
  const last = zone.dateOf(until);
  for (let date = dateAfter(zone.dateOf(after), -1); date <= last; date = dateAfter(date, 1)) {
    for (const entry of schedule) {
      const at = dueOn(entry, date, zone);
      if (at !== undefined && at > after && at <= until) due.push({ entry, at });
    }
  }
  return due.sort((a, b) => a.at - b.at);
}

/** After any time each entry falls due within a week, or a day later where the calendar leaves one out. */
const longestWaitMs = 8 * dayMs;

/** What falls due next after a time, ms since the epoch: all entries of that moment, in the schedule's order; none of an empty one. */
export function nextDue<Entry extends WeeklyTime>(
  schedule: readonly Entry[],
  zone: Zone,
  after: number,
): readonly Due<Entry>[] {
  const due = dueBetween(schedule, zone, after, after + longestWaitMs);
  return due.filter(({ at }) => at === due[0]?.at);
}

/** What is too late is left out: a night's lower set-point in the morning is nobody's wish; chosen. */
const longestLateMs = 60 * minuteMs;

/**
 * What is to be carried out at `now`: what was due before and is not done, and what has fallen due since, each target (what it
 * sets) with its latest entry alone.
 */
export function stillDue<Entry>(
  due: readonly Due<Entry>[],
  targetOf: (entry: Entry) => string,
  now: number,
): { readonly due: readonly Due<Entry>[]; readonly tooLate: readonly Due<Entry>[] } {
  const latest = [...new Map(due.map((each) => [targetOf(each.entry), each])).values()];
  const isLate = ({ at }: Due<Entry>) => now - at > longestLateMs;
  return { due: latest.filter((each) => !isLate(each)), tooLate: latest.filter(isLate) };
}
