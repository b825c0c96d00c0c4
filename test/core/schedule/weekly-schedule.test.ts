import { dueBetween, dueOn, nextDue, stillDue, type WeeklyTime } from "@heatloop/core/schedule/weekly-schedule";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { dateAfter, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { weekdayOf, weekdays } from "@heatloop/core/time/weekdays";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const rome = zoneOf("Europe/Rome") as Zone;
const everyDay = (at: string): WeeklyTime => ({ days: weekdays, at });

const schedule = fc.array(
  fc.record({
    days: fc.subarray([...weekdays], { minLength: 1 }),
    at: fc
      .integer({ min: 0, max: 1439 })
      .map((minute) => [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":")),
  }),
  { minLength: 1, maxLength: 5 },
);
const zone = fc
  .constantFrom("Europe/Rome", "America/Santiago", "Australia/Lord_Howe", "UTC")
  .map((name) => zoneOf(name) as Zone);

describe("an entry of a weekly schedule", () => {
  it.each<[string, string, string, string, string | undefined]>([
    ["by the clock of the home", "Europe/Rome", "2026-01-15", "06:30", "2026-01-15T06:30:00+01:00"],
    [
      "when the clock goes on, where it leaps over it",
      "Europe/Rome",
      "2026-03-29",
      "02:30",
      "2026-03-29T03:00:00+02:00",
    ],
    ["at the leap itself", "Europe/Rome", "2026-03-29", "02:00", "2026-03-29T03:00:00+02:00"],
    [
      "the first time, where the clock shows it twice",
      "Europe/Rome",
      "2026-10-25",
      "02:30",
      "2026-10-25T02:30:00+02:00",
    ],
    ["after a leap at midnight", "America/Santiago", "2026-09-06", "00:15", "2026-09-06T01:00:00-03:00"],
    [
      "where the clock leaps by half an hour",
      "Australia/Lord_Howe",
      "2026-10-04",
      "02:10",
      "2026-10-04T02:30:00+11:00",
    ],
    ["where the whole day is left out, at its end", "Pacific/Apia", "2011-12-30", "12:00", "2011-12-31T00:00:00+14:00"],
  ])("is due %s", (_, name, date, at, expected) => {
    const zone = zoneOf(name) as Zone;
    const due = dueOn(everyDay(at), date, zone);
    expect(due === undefined ? undefined : zone.isoOf(due)).toBe(expected);
  });

  it("is not due on the other days", () => {
    const due = ["2026-01-12", "2026-01-13", "2026-01-14"].map((date) =>
      dueOn({ days: ["tue"], at: "06:30" }, date, rome),
    );
    expect(due.map((at) => at !== undefined)).toEqual([false, true, false]);
  });

  it("is due once on each of its days, however often the schedule is looked at", () => {
    fc.assert(
      fc.property(
        zone,
        schedule,
        fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2026-12-31T00:00:00Z") }),
        fc.array(fc.integer({ min: 1, max: 2 * dayMs }), { minLength: 1, maxLength: 20 }),
        (zone, entries, start, steps) => {
          let end = start;
          const ends = steps.map((step) => (end += step));
          const seen = ends.flatMap((end, i) => dueBetween(entries, zone, ends[i - 1] ?? start, end));
          expect(seen).toEqual(dueBetween(entries, zone, start, end));
          for (const entry of entries) {
            const times = seen.filter((each) => each.entry === entry).map(({ at }) => at);
            const dates: string[] = [];
            for (let date = dateAfter(zone.dateOf(start), 1); date < zone.dateOf(end); date = dateAfter(date, 1)) {
              if (entry.days.includes(weekdayOf(date))) dates.push(date);
            }
            const whole = times
              .map((at) => zone.dateOf(at))
              .filter((date) => date > zone.dateOf(start) && date < zone.dateOf(end));
            expect(whole).toEqual(dates);
          }
        },
      ),
    );
  });
});

describe("what comes next", () => {
  const night = { days: weekdays, at: "02:30" } as const;
  const monday = { days: ["mon"], at: "06:00" } as const;
  const alsoMonday = { days: ["mon", "tue"], at: "06:00" } as const;
  const all = [monday, night, alsoMonday];

  it.each<[string, readonly WeeklyTime[], string, string | undefined, readonly WeeklyTime[]]>([
    ["is the first of all entries", all, "2026-01-13T12:00:00+01:00", "2026-01-14T02:30:00+01:00", [night]],
    ["is all of one moment", all, "2026-01-12T03:00:00+01:00", "2026-01-12T06:00:00+01:00", [monday, alsoMonday]],
    ["is not what is due right now", [monday], "2026-01-12T06:00:00+01:00", "2026-01-19T06:00:00+01:00", [monday]],
    [
      "is when the clock goes on, in spring",
      [night],
      "2026-03-28T12:00:00+01:00",
      "2026-03-29T03:00:00+02:00",
      [night],
    ],
    ["is the first time, in autumn", [night], "2026-10-24T12:00:00+02:00", "2026-10-25T02:30:00+02:00", [night]],
    ["is not the second time, in autumn", [night], "2026-10-25T02:40:00+02:00", "2026-10-26T02:30:00+01:00", [night]],
    ["is nothing of an empty schedule", [], "2026-01-12T06:00:00+01:00", undefined, []],
  ])("%s", (_, entries, now, at, expected) => {
    const due = nextDue(entries, rome, Date.parse(now));
    expect(due.map(({ entry }) => entry)).toEqual(expected);
    for (const each of due) expect(rome.isoOf(each.at)).toBe(at);
  });

  it("comes within eight days where a calendar leaves a day out", () => {
    const friday = { days: ["fri"], at: "12:00" } as const;
    const apia = zoneOf("Pacific/Apia") as Zone;
    const after = Date.parse("2011-12-23T12:00:00-10:00");
    expect(nextDue([friday], apia, after).map(({ at }) => apia.isoOf(at))).toEqual(["2011-12-31T00:00:00+14:00"]);
  });

  it("is what is found by looking minute by minute", () => {
    fc.assert(
      fc.property(
        zone,
        schedule,
        fc.integer({
          min: Date.parse("2026-01-01T00:00:00Z") / minuteMs,
          max: Date.parse("2026-12-31T00:00:00Z") / minuteMs,
        }),
        (zone, entries, minute) => {
          let at = minute * minuteMs;
          let found = dueBetween(entries, zone, at, at + minuteMs);
          for (; found.length === 0; found = dueBetween(entries, zone, at, at + minuteMs)) at += minuteMs;
          expect(nextDue(entries, zone, minute * minuteMs)).toEqual(found);
        },
      ),
      { numRuns: 10 },
    );
  });
});

describe("what is still to be done", () => {
  const due = (set: string, minutesAgo: number) => ({ entry: { set }, at: -minutesAgo * minuteMs });
  it.each<
    [string, readonly ReturnType<typeof due>[], readonly ReturnType<typeof due>[], readonly ReturnType<typeof due>[]]
  >([
    ["is the latest of each setting", [due("a", 50), due("b", 20), due("a", 5)], [due("a", 5), due("b", 20)], []],
    ["is nothing that was due more than an hour ago", [due("a", 61), due("b", 60)], [due("b", 60)], [due("a", 61)]],
    ["is not what a later one has replaced, though that is too late", [due("a", 90), due("a", 70)], [], [due("a", 70)]],
    ["is nothing of an empty schedule", [], [], []],
  ])("%s", (_, all, expected, tooLate) => {
    expect(stillDue(all, ({ set }) => set, 0)).toEqual({ due: expected, tooLate });
  });
});
