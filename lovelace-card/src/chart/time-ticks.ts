import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Calendar, TimeSpan } from "./chart.ts";
import { type LocalTime, localTime } from "./local-time.ts";

/** A mark of the time axis; `strong` where a larger unit begins: a day among hours, a year among months. */
export type Tick = { readonly at: number; readonly label: string; readonly strong: boolean };

const minuteSteps = [1, 5, 10, 15, 30, 60].map((minutes) => minutes * minuteMs);
const hourSteps = [2, 3, 4, 6, 12].map((hours) => hours * hourMs);
const monthSteps = [1, 2, 3, 6, 12, 24, 60];

/** The marks of a span at round local times, at most `most` of them, in ascending order. */
export function timeTicks(span: TimeSpan, calendar: Calendar, most: number): readonly Tick[] {
  const local = localTime(calendar.timeZone);
  const rough = (span.to - span.from) / Math.max(1, most);
  const labels = labelsOf(calendar);
  const within = (times: Iterable<number>, label: (at: number, wall: number) => Omit<Tick, "at">) =>
    [...times]
      .filter((at, index, all) => at >= span.from && at <= span.to && at !== all[index - 1])
      .map((at) => ({ at, ...label(at, local.wallAt(at)) }));
  const clock = (at: number, wall: number) => {
    const strong = wall % dayMs === 0;
    return { label: strong ? labels.day(at) : calendar.time(at), strong };
  };

  const small = minuteSteps.find((step) => step >= rough);
  if (small !== undefined) return within(evenTimes(span, small, local), clock);
  const large = hourSteps.find((step) => step >= rough);
  if (large !== undefined) return within(wallTimes(span, local, large, 0), clock);
  if (rough <= dayMs) {
    return within(wallTimes(span, local, dayMs, 0), (at, wall) => ({
      label: most >= 7 && span.to - span.from < 8 * dayMs ? labels.weekday(at) : labels.day(at),
      strong: weekdayOf(wall) === calendar.firstWeekday,
    }));
  }
  const days = [2, 7, 14].find((step) => step * dayMs >= rough);
  if (days !== undefined) {
    // The epoch was a Thursday.
    const offset = days === 2 ? 0 : (calendar.firstWeekday - 4) * dayMs;
    return within(wallTimes(span, local, days * dayMs, offset), (at) => ({ label: labels.day(at), strong: false }));
  }
  const months = monthSteps.find((step) => step * 30.5 * dayMs >= rough) ?? 120;
  return within(monthTimes(span, local, months), (at, wall) => {
    const strong = new Date(wall).getUTCMonth() === 0;
    return { label: strong ? labels.year(at) : labels.month(at), strong };
  });
}

/** Through a change of the clocks an hour stays an hour: one label comes twice, or is left out. */
function* evenTimes({ from, to }: TimeSpan, step: number, { wallAt }: LocalTime): Iterable<number> {
  const wall = wallAt(from);
  for (let at = from - (((wall % step) + step) % step); at <= to; at += step) yield at;
}

function* wallTimes(
  { from, to }: TimeSpan,
  { wallAt, atWall }: LocalTime,
  step: number,
  offset: number,
): Iterable<number> {
  const end = wallAt(to);
  for (let wall = Math.floor((wallAt(from) - offset) / step) * step + offset; wall <= end; wall += step) {
    yield atWall(wall);
  }
}

function* monthTimes({ from, to }: TimeSpan, { wallAt, atWall }: LocalTime, months: number): Iterable<number> {
  const start = new Date(wallAt(from));
  const end = wallAt(to);
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (let month = Math.floor(first / months) * months; ; month += months) {
    const wall = Date.UTC(Math.floor(month / 12), month % 12);
    if (wall > end) return;
    yield atWall(wall);
  }
}

function weekdayOf(wall: number): number {
  return new Date(wall).getUTCDay();
}

type Labels = Readonly<Record<"day" | "weekday" | "month" | "year", (at: number) => string>>;
const known = new WeakMap<Calendar, Labels>();

function labelsOf(calendar: Calendar): Labels {
  const { language, timeZone } = calendar;
  const writer = (options: Intl.DateTimeFormatOptions) => {
    // A format takes a millisecond to make, and a chart needs one or two of them.
    let format: Intl.DateTimeFormat | undefined;
    return (at: number) => {
      format ??= new Intl.DateTimeFormat(language, { ...options, timeZone });
      return format.format(at);
    };
  };
  const made = known.get(calendar) ?? {
    day: writer({ day: "numeric", month: "short" }),
    weekday: writer({ weekday: "short", day: "numeric" }),
    month: writer({ month: "short" }),
    year: writer({ year: "numeric" }),
  };
  known.set(calendar, made);
  return made;
}
