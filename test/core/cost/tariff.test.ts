import { standardWindow, standingChargeOf, type Tariff, tariffOfDay } from "@heatloop/core/cost/tariff";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { weekdays } from "@heatloop/core/time/weekdays";
import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { noSlots, slotSeries } from "#test/core/examples/example-slots.ts";
import { contractOf, rome, tariffOf, windowed, windowOf } from "#test/core/examples/example-tariffs.ts";

function at(tariff: Tariff, text: string, prices = noSlots) {
  const time = Date.parse(text);
  return tariffOfDay(tariff, rome.dateOf(time), rome, prices)(time);
}

/** Hours of each window on a date. */
function hoursOf(tariff: Tariff, date: string): Record<string, number> {
  const tariffAt = tariffOfDay(tariff, date, rome, noSlots);
  const hours: Record<string, number> = {};
  for (let time = rome.startOf(date); time < rome.endOf(date); time += minuteMs) {
    const { window } = tariffAt(time);
    hours[window] = (hours[window] ?? 0) + 1 / 60;
  }
  return Object.fromEntries(Object.entries(hours).map(([name, value]) => [name, Math.round(value * 100) / 100]));
}

describe("a fixed tariff", () => {
  test("has one price at all times", () => {
    expect(at(tariffOf({ pricePerKwh: 0.3 }), "2026-01-31T03:00Z")).toEqual({
      window: standardWindow,
      pricePerKwh: 0.3,
    });
  });

  test("without a price is not known", () => {
    expect(at(tariffOf({}), "2026-01-31T03:00Z").pricePerKwh).toBeNull();
  });
});

describe("windows", () => {
  const tariff = tariffOf(windowed);

  test.each([
    ["a Wednesday night before midnight", "2026-01-28T22:00+01:00", "night", 0.15],
    ["and after it", "2026-01-28T05:59+01:00", "night", 0.15],
    ["the morning", "2026-01-28T06:00+01:00", standardWindow, 0.3],
    ["a winter evening", "2026-01-28T17:00+01:00", "evening", 0.45],
    ["its last minute", "2026-01-28T19:59+01:00", "evening", 0.45],
    ["the minute after", "2026-01-28T20:00+01:00", standardWindow, 0.3],
    ["a summer evening", "2026-07-29T18:00+02:00", standardWindow, 0.3],
    ["the last evening of the season", "2026-03-31T18:00+02:00", "evening", 0.45],
    ["the first after it", "2026-04-01T18:00+02:00", standardWindow, 0.3],
    ["the first of the next season", "2026-10-01T18:00+02:00", "evening", 0.45],
    ["a Saturday", "2026-01-31T18:00+01:00", "weekend", 0.2],
    ["a night of Sunday, as weekend comes first", "2026-02-01T23:00+01:00", "weekend", 0.2],
    ["Easter Monday", "2026-04-06T12:00+02:00", "weekend", 0.2],
    ["Christmas Day of any year", "2025-12-25T18:00+01:00", "weekend", 0.2],
    ["Monday already, in UTC still Sunday", "2026-02-02T00:30+01:00", "night", 0.15],
  ])("%s", (_what, time, window, pricePerKwh) => {
    expect(at(tariff, time)).toEqual({ window, pricePerKwh });
  });

  test("follow local time on days of 23 and 25 hours", () => {
    const nights = tariffOf({
      windows: [
        windowOf("night", { fromMinute: 22 * 60, toMinute: 6 * 60, pricePerKwh: 0.1 }),
        windowOf("two", { fromMinute: 120, toMinute: 180, pricePerKwh: 9 }),
      ],
    });
    expect(hoursOf(nights, "2026-03-28")).toEqual({ night: 8, standard: 16 });
    expect(hoursOf(nights, "2026-03-29")).toEqual({ night: 7, standard: 16 });
    expect(hoursOf(nights, "2026-10-25")).toEqual({ night: 9, standard: 16 });
    const two = tariffOf({ windows: [windowOf("two", { fromMinute: 120, toMinute: 180 })] });
    expect(hoursOf(two, "2026-03-29")).toEqual({ standard: 23 });
    expect(hoursOf(two, "2026-10-25")).toEqual({ two: 2, standard: 23 });
  });

  test("from and to alike are the whole day", () => {
    const whole = tariffOf({ windows: [windowOf("all", { fromMinute: 360, toMinute: 360 })] });
    expect(hoursOf(whole, "2026-01-31")).toEqual({ all: 24 });
  });
});

describe("dynamic prices", () => {
  const start = Date.parse("2026-01-28T16:00+01:00");
  const prices = slotSeries([
    { start, end: start + 3_600_000, value: 0.1 },
    { start: start + 3_600_000, end: start + 2 * 3_600_000, value: -0.05 },
  ]);
  const dynamic = { factor: 1.2, addedPerKwh: 0.15 };

  test("are multiplied and added to", () => {
    const tariff = tariffOf({ dynamic, pricePerKwh: 0.4 });
    expect(at(tariff, "2026-01-28T16:59+01:00", prices).pricePerKwh).toBeCloseTo(0.27, 12);
    expect(at(tariff, "2026-01-28T17:00+01:00", prices).pricePerKwh).toBeCloseTo(0.09, 12);
  });

  test("that are missing are not known, whatever the fixed price", () => {
    expect(at(tariffOf({ dynamic, pricePerKwh: 0.4 }), "2026-01-28T18:00+01:00", prices).pricePerKwh).toBeNull();
  });

  test("take a window's own price or what it adds", () => {
    const tariff = tariffOf({
      dynamic,
      windows: [
        windowOf("flat", { fromMinute: 16 * 60, toMinute: 16 * 60 + 30, pricePerKwh: 0.5 }),
        windowOf("grid fee", { fromMinute: 16 * 60, toMinute: 20 * 60, addedPerKwh: 0.1 }),
      ],
    });
    expect(at(tariff, "2026-01-28T16:10+01:00", prices)).toEqual({ window: "flat", pricePerKwh: 0.5 });
    expect(at(tariff, "2026-01-28T16:40+01:00", prices).pricePerKwh).toBeCloseTo(0.37, 12);
    expect(at(tariff, "2026-01-28T19:00+01:00", prices)).toEqual({ window: "grid fee", pricePerKwh: null });
  });
});

test("a change holds from its local midnight on", () => {
  const tariff = tariffOf({ pricePerKwh: 0.3 }, { from: "2026-07-01", pricePerKwh: 0.35 }, { from: "2027-01-01" });
  expect(at(tariff, "2026-06-30T23:59+02:00").pricePerKwh).toBe(0.3);
  expect(at(tariff, "2026-07-01T00:00+02:00").pricePerKwh).toBe(0.35);
  expect(at(tariff, "2027-01-01T00:00+01:00").pricePerKwh).toBeNull();
});

describe("the standing charge of a date", () => {
  test.each([
    ["day", 0.5, "2026-02-10", 0.5],
    ["month", 28, "2026-02-10", 1],
    ["month", 29, "2028-02-10", 1],
    ["month", 31, "2026-10-25", 1],
    ["year", 365, "2026-02-10", 1],
    ["year", 366, "2028-02-10", 1],
  ] as const)("by %s of %d on %s", (per, amount, date, charge) => {
    expect(standingChargeOf(contractOf({ standingCharge: { amount, per } }), date)).toBeCloseTo(charge, 12);
  });

  test("adds up to the year", () => {
    const contract = contractOf({ standingCharge: { amount: 10, per: "month" } });
    let sum = 0;
    for (let day = 0; day < 365; day += 1) {
      sum += standingChargeOf(contract, new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
    }
    expect(sum).toBeCloseTo(120, 9);
  });
});

test("every minute of every day is in the window that a calendar finds, in any zone", () => {
  const minute = fc.integer({ min: 0, max: 1440 });
  const day = fc.constantFrom("01-01", "02-29", "03-31", "06-15", "10-01", "12-31");
  const someWindow = fc.record({
    name: fc.constantFrom("a", "b", "c"),
    days: fc.subarray([...weekdays], { minLength: 1 }),
    fromMinute: fc.integer({ min: 0, max: 1439 }),
    toMinute: minute,
    fromDay: day,
    toDay: day,
    pricePerKwh: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
    addedPerKwh: fc.constant(0),
  });
  const zones = ["Europe/Rome", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
  const dates = ["2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04", "2026-03-08", "2026-11-01", "2028-02-29"];
  fc.assert(
    fc.property(
      fc.array(someWindow, { maxLength: 4 }),
      fc.constantFrom(...zones),
      fc.constantFrom(...dates, "2026-01-31"),
      (windows, name, date) => {
        const zone = zoneOf(name) as Zone;
        const tariffAt = tariffOfDay(tariffOf({ pricePerKwh: 0.3, windows }), date, zone, noSlots);
        for (let time = zone.startOf(date); time < zone.endOf(date); time += 7 * minuteMs) {
          const local = DateTime.fromMillis(time, { zone: name });
          const clock = local.hour * 60 + local.minute;
          const season = local.toFormat("MM-dd");
          const expected = windows.find(
            ({ days, fromMinute: from, toMinute: to, fromDay, toDay }) =>
              days.includes(weekdays[local.weekday - 1] as (typeof weekdays)[number]) &&
              (from < to ? from <= clock && clock < to : from <= clock || clock < to) &&
              (fromDay <= toDay ? fromDay <= season && season <= toDay : fromDay <= season || season <= toDay),
          );
          expect(tariffAt(time)).toEqual({
            window: expected?.name ?? standardWindow,
            pricePerKwh: expected?.pricePerKwh ?? 0.3,
          });
        }
      },
    ),
    { numRuns: 60 },
  );
});
