import { dayMs } from "@heatloop/core/time/durations";
import { nextDate, previousDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";

const before = process.env.TZ;

afterAll(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

describe("the zone that the process runs in", () => {
  test.each(["Europe/Rome", "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"])(
    "has the same offsets and days by the machine's clock as by its name: %s",
    (name) => {
      process.env.TZ = name;
      const [named, machines] = [zoneOf(name) as Zone, zoneOf(name, true) as Zone];
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2035, 0) }), (at) => {
          expect(machines.offsetMinutes(at)).toBe(named.offsetMinutes(at));
          const date = named.dateOf(at);
          expect([machines.dateOf(at), machines.startOf(date), machines.endOf(date)]).toEqual([
            date,
            named.startOf(date),
            named.endOf(date),
          ]);
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe("the dates beside a date", () => {
  test("are a day away in the calendar, over the ends of months and years and leap days", () => {
    const dateAt = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
        expect([previousDate(dateAt(day)), nextDate(dateAt(day))]).toEqual([dateAt(day - 1), dateAt(day + 1)]);
      }),
      { numRuns: 2000 },
    );
  });
});
