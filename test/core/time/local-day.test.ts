import { hourMs } from "@heatloop/core/time/durations";
import { datesBetween, isDate, nextDate, previousDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";

const names = [
  "Europe/Rome",
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Chatham",
  "America/Sao_Paulo",
  "Asia/Beirut",
  "Africa/Casablanca",
  "UTC",
];

function zone(name: string): Zone {
  const found = zoneOf(name);
  if (found === undefined) throw new Error(name);
  return found;
}

test.each(names)("%s is the same as in luxon: offset, date, day borders, ISO time, at any time", (name) => {
  const ours = zone(name);
  const at = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2037, 0, 1) });
  fc.assert(
    fc.property(at, (ms) => {
      const theirs = DateTime.fromMillis(ms, { zone: name });
      const date = theirs.toISODate() ?? "";
      expect(ours.offsetMinutes(ms)).toBe(theirs.offset);
      expect(ours.dateOf(ms)).toBe(date);
      expect(ours.startOf(date)).toBe(theirs.startOf("day").toMillis());
      expect(ours.endOf(date)).toBe(theirs.plus({ days: 1 }).startOf("day").toMillis());
      expect(ours.isoOf(ms)).toBe(theirs.startOf("second").setZone(name).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ"));
    }),
    { numRuns: 60 },
  );
});

test.each(names)("the days of %s follow each other without a gap, and each holds its own time", (name) => {
  const ours = zone(name);
  for (const date of datesBetween("2026-01-01", "2026-12-31")) {
    const [start, end] = [ours.startOf(date), ours.endOf(date)];
    expect(end).toBe(ours.startOf(nextDate(date)));
    expect([ours.dateOf(start), ours.dateOf(end - 1)]).toEqual([date, date]);
    expect(ours.dateOf(start - 1)).toBe(previousDate(date));
  }
});

test.each([
  ["Europe/Rome", "2026-03-28", 24],
  ["Europe/Rome", "2026-03-29", 23],
  ["Europe/Rome", "2026-10-25", 25],
  ["Europe/London", "2026-03-29", 23],
  ["America/New_York", "2026-03-08", 23],
  ["America/New_York", "2026-11-01", 25],
  ["America/St_Johns", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2026-10-04", 23.5],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["America/Sao_Paulo", "2018-11-04", 23],
  ["America/Sao_Paulo", "2018-02-17", 25],
  ["Asia/Beirut", "2026-03-29", 23],
  ["Asia/Kathmandu", "2026-03-29", 24],
  ["Pacific/Apia", "2011-12-29", 24],
  ["Pacific/Apia", "2011-12-30", 0],
  ["Pacific/Apia", "2011-12-31", 24],
])("in %s, %s has %d hours", (name, date, hours) => {
  const ours = zone(name);
  expect((ours.endOf(date) - ours.startOf(date)) / hourMs).toBe(hours);
});

test.each([
  ["America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"],
  ["Asia/Beirut", "2026-03-29", "2026-03-29T01:00:00+03:00"],
  ["Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"],
  ["Asia/Kathmandu", "2026-06-01", "2026-06-01T00:00:00+05:45"],
  ["America/St_Johns", "2026-01-01", "2026-01-01T00:00:00-03:30"],
  ["UTC", "2026-01-01", "2026-01-01T00:00:00+00:00"],
])("the first instant in %s of %s is %s", (name, date, iso) => {
  const ours = zone(name);
  expect(ours.isoOf(ours.startOf(date))).toBe(iso);
  expect(Date.parse(iso)).toBe(ours.startOf(date));
});

describe("the repeated hour", () => {
  test("is distinguished by its offset", () => {
    const first = Date.parse("2026-10-25T00:30:00Z");
    expect(zone("Europe/Rome").isoOf(first)).toBe("2026-10-25T02:30:00+02:00");
    expect(zone("Europe/Rome").isoOf(first + hourMs)).toBe("2026-10-25T02:30:00+01:00");
  });

  test.each(names)(
    "and every other minute of 2026 in %s has a text of its own, which is read back as it was",
    (name) => {
      const ours = zone(name);
      const texts = new Set<string>();
      const quarters = 365 * 96;
      for (let i = 0; i < quarters; i += 1) {
        const at = Date.UTC(2026, 0, 1) + i * 15 * 60_000;
        const iso = ours.isoOf(at);
        if (Date.parse(iso) !== at) throw new Error(`${iso} is not ${at}`);
        texts.add(iso);
      }
      expect(texts.size).toBe(quarters);
    },
  );
});

test.each(["", "Europe", "Europe/Nowhere", "Rome", "../etc", "Mars/Olympus_Mons", " Europe/Rome"])(
  "there is no zone %j",
  (name) => {
    expect(zoneOf(name)).toBeUndefined();
  },
);

test("the calendar: what is a date, the next, the one before, and those between", () => {
  for (const date of ["1900-01-01", "2024-02-29", "2026-02-28", "2026-12-31", "2999-12-31"])
    expect(isDate(date)).toBe(true);
  const not = [
    "",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "2026-01-01T00:00",
    "20260101",
    "x",
    "2026-04-31",
    "0000-01-01",
    "0001-01-01",
    "1899-12-31",
    "3000-01-01",
    "9999-12-31",
  ];
  for (const date of not) expect([date, isDate(date)]).toEqual([date, false]);
  expect([nextDate("2024-02-28"), nextDate("2026-12-31")]).toEqual(["2024-02-29", "2027-01-01"]);
  expect([previousDate("2026-03-01"), previousDate("2026-01-01")]).toEqual(["2026-02-28", "2025-12-31"]);
  expect(datesBetween("2026-02-27", "2026-03-02")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
  expect(datesBetween("2026-03-02", "2026-03-02")).toEqual(["2026-03-02"]);
  expect(datesBetween("2026-03-02", "2026-03-01")).toEqual([]);
});
