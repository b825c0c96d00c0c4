import { datesBetween, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import {
  barUnitOf,
  type DateRange,
  movedRange,
  rangeAround,
  rangeBetween,
  rangeTitle,
  rangeUnits,
  relativeName,
  slotsOf,
  slotTitle,
  unitName,
} from "@heatloop/lovelace-card/range/date-range";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { fakeHome, germanLocale } from "#test/lovelace-card/support/fake-home.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const dates = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const units = fc.constantFrom(...rangeUnits);
const weekdays = fc.integer({ min: 0, max: 6 });

describe("a range of dates", () => {
  it.each([
    ["day", "2026-11-21", 1, "2026-11-21", "2026-11-21"],
    ["week", "2026-11-21", 1, "2026-11-16", "2026-11-22"],
    ["week", "2026-11-21", 0, "2026-11-15", "2026-11-21"],
    ["week", "2026-11-21", 6, "2026-11-21", "2026-11-27"],
    ["month", "2028-02-21", 1, "2028-02-01", "2028-02-29"],
    ["month", "2026-12-31", 1, "2026-12-01", "2026-12-31"],
    ["year", "2026-11-21", 1, "2026-01-01", "2026-12-31"],
    ["season", "2026-07-01", 1, "2026-07-01", "2027-06-30"],
    ["season", "2026-06-30", 1, "2025-07-01", "2026-06-30"],
  ] as const)("is the %s around %s where weeks begin on %d", (unit, date, firstWeekday, from, to) => {
    expect(rangeAround(unit, date, firstWeekday)).toEqual({ from, to, unit });
  });

  it("holds its date, and comes back when it is moved there and back", () => {
    void fc.assert(
      fc.property(units, dates, weekdays, (unit, date, firstWeekday) => {
        const range = rangeAround(unit, date, firstWeekday);
        expect(range.from <= date && date <= range.to).toBe(true);
        const next = movedRange(range, 1, firstWeekday);
        expect(datesBetween(range.to, next.from)).toHaveLength(2);
        expect(movedRange(next, -1, firstWeekday)).toEqual(range);
      }),
    );
  });

  it("moves by its own length where it is no whole unit", () => {
    const range: DateRange = { from: "2026-11-01", to: "2026-11-10", unit: undefined };
    expect(movedRange(range, 1, 1)).toEqual({ from: "2026-11-11", to: "2026-11-20", unit: undefined });
    expect(movedRange(range, -1, 1)).toEqual({ from: "2026-10-22", to: "2026-10-31", unit: undefined });
  });

  it.each([
    ["2026-11-21T00:00:00+01:00", "2026-11-21T23:59:59.999+01:00", "day"],
    ["2026-11-16T00:00:00+01:00", "2026-11-22T23:59:59.999+01:00", "week"],
    ["2026-10-01T00:00:00+02:00", "2026-10-31T23:59:59.999+01:00", "month"],
    ["2026-01-01T00:00:00+01:00", "2026-12-31T23:59:59.999+01:00", "year"],
    ["2025-07-01T00:00:00+02:00", "2026-06-30T23:59:59.999+02:00", "season"],
    ["2026-11-03T00:00:00+01:00", "2026-11-07T23:59:59.999+01:00", undefined],
  ])("is made of what the Energy dashboard picked: %s to %s", (from, to, unit) => {
    expect(rangeBetween(Date.parse(from), Date.parse(to), rome, 1)).toEqual({
      from: from.slice(0, 10),
      to: to.slice(0, 10),
      unit,
    });
  });

  it.each([
    ["2026-11-21", "2026-11-21", "hour", 24],
    ["2026-03-29", "2026-03-29", "hour", 23],
    ["2026-10-25", "2026-10-25", "hour", 25],
    ["2026-11-20", "2026-11-21", "hour", 48],
    ["2026-11-16", "2026-11-22", "day", 7],
    ["2026-10-01", "2026-10-31", "day", 31],
    ["2026-01-01", "2026-12-31", "month", 12],
    ["2025-07-01", "2026-06-30", "month", 12],
    ["2026-01-15", "2026-03-10", "month", 3],
  ] as const)("from %s to %s has bars of a %s: %d", (from, to, unit, count) => {
    const range = { from, to, unit: undefined };
    expect(barUnitOf(range)).toBe(unit);
    expect(slotsOf(range, unit, rome)).toHaveLength(count);
  });

  it("has bars without a gap from its first to its last moment", () => {
    void fc.assert(
      fc.property(units, dates, (unit, date) => {
        const range = rangeAround(unit, date, 1);
        const slots = slotsOf(range, barUnitOf(range), rome);
        expect(slots[0]?.from).toBe(rome.startOf(range.from));
        expect(slots.at(-1)?.to).toBe(rome.endOf(range.to));
        for (const [index, slot] of slots.entries()) {
          expect(slot.from).toBe(slots[index - 1]?.to ?? slot.from);
          expect(slot.date).toBe(rome.dateOf(slot.from));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("a range in words", () => {
  const formats = formatsOf({ ...fakeHome([]).hass, locale: germanLocale });

  it.each([
    ["day", "21. Nov. 2026"],
    ["week", "16.–22. Nov. 2026"],
    ["month", "November 2026"],
    ["year", "2026"],
    ["season", "Juli 2026 – Juni 2027"],
  ] as const)("of a %s is %s", (unit, title) => {
    expect(rangeTitle(rangeAround(unit, "2026-11-21", 1), formats)).toBe(title);
  });

  it("names each bar", () => {
    const slot = (unit: "hour" | "day" | "month") =>
      slotsOf({ from: "2026-11-21", to: "2026-11-21", unit: undefined }, unit, rome)[0];
    const titles = (["hour", "day", "month"] as const).map((unit) => {
      const first = slot(unit);
      return first && slotTitle(first, unit, formats);
    });
    expect(titles).toEqual(["Sa., 21. Nov., 0:00 – 1:00", "Sa., 21. Nov.", "November 2026"]);
  });

  it.each(Object.keys(allTexts))("has its units from the browser in %s", (language) => {
    const names = rangeUnits.filter((unit) => unit !== "season").map((unit) => unitName(unit, language));
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name.charAt(0)).toBe(name.charAt(0).toLocaleUpperCase(language));
  });

  it.each(Object.entries(allTexts))("calls days as the browser does in %s", (language, texts) => {
    const browser = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    expect([texts.today, texts.yesterday]).toEqual([browser.format(0, "day"), browser.format(-1, "day")]);
    const month = relativeName(0, "month", { formats: { language }, texts });
    expect(month.slice(1)).toBe(browser.format(0, "month").slice(1));
  });
});
