import { datesBetween, nextDate } from "@heatloop/core/time/local-day";
import { periodOf, periodsBetween, reportUnits, unitFor } from "@heatloop/core/time/report-unit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("the period of a date", () => {
  it.each([
    ["2026-02-14", "day", "2026-02-14", "2026-02-14", "2026-02-14"],
    ["2026-02-14", "month", "2026-02", "2026-02-01", "2026-02-28"],
    ["2028-02-14", "month", "2028-02", "2028-02-01", "2028-02-29"],
    ["2026-12-31", "month", "2026-12", "2026-12-01", "2026-12-31"],
    ["2026-06-30", "season", "2025/2026", "2025-07-01", "2026-06-30"],
    ["2026-07-01", "season", "2026/2027", "2026-07-01", "2027-06-30"],
    ["2026-07-01", "year", "2026", "2026-01-01", "2026-12-31"],
    ["2027-01-01", "week", "2026-W53", "2026-12-28", "2027-01-03"],
    ["2024-12-30", "week", "2025-W01", "2024-12-30", "2025-01-05"],
  ] as const)("%s by %s is %s", (date, unit, name, from, to) => {
    expect(periodOf(date, unit)).toEqual({ name, from, to });
  });

  // ISO 8601: week 1 is the one with the year's first Thursday. Years with 53 weeks begin on a Thursday, or are leap years
  // that begin on a Wednesday.
  it.each([
    ["2005-01-01", "2004-W53"],
    ["2005-12-31", "2005-W52"],
    ["2007-12-30", "2007-W52"],
    ["2007-12-31", "2008-W01"],
    ["2008-12-28", "2008-W52"],
    ["2008-12-29", "2009-W01"],
    ["2010-01-03", "2009-W53"],
    ["2020-12-31", "2020-W53"],
    ["2021-01-03", "2020-W53"],
    ["2021-01-04", "2021-W01"],
    ["2026-12-31", "2026-W53"],
  ])("%s is in the ISO week %s", (date, week) => {
    expect(periodOf(date, "week").name).toBe(week);
  });

  it("is a week of seven days from Monday on that holds the date, and the next one follows", () => {
    for (const date of datesBetween("2019-12-20", "2033-01-15")) {
      const { from, to } = periodOf(date, "week");
      expect(new Date(from).getUTCDay()).toBe(1);
      expect(datesBetween(from, to)).toHaveLength(7);
      expect(from <= date && date <= to).toBe(true);
    }
  });
});

describe("the periods of a range", () => {
  it("follow each other without a gap from its first date to its last", () => {
    const date = fc
      .integer({ min: 0, max: 4000 })
      .map((day) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 900 }), fc.constantFrom(...reportUnits), (from, length, unit) => {
        const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
        const periods = periodsBetween(from, to, unit);
        expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([from, to]);
        expect(new Set(periods.map(({ name }) => name)).size).toBe(periods.length);
        periods.slice(1).forEach((period, index) => {
          expect(period.from).toBe(nextDate(periods[index]?.to ?? ""));
        });
      }),
    );
  });

  it.each([
    [1, "day"],
    [62, "day"],
    [63, "week"],
    [184, "week"],
    [185, "month"],
    [366, "month"],
    [1827, "month"],
    [3660, "year"],
  ])("of %i days are by %s", (days, unit) => {
    expect(unitFor(days)).toBe(unit);
  });
});
