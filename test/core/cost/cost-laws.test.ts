import type { Bill } from "@heatloop/core/cost/bill";
import type { Contract, Tariff } from "@heatloop/core/cost/tariff";
import { parts } from "@heatloop/core/energy/day-energy";
import { totalUse } from "@heatloop/core/energy/electricity-by-part";
import { usePerMinute } from "@heatloop/core/energy/electricity-per-minute";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { Slot, SlotSeries } from "@heatloop/core/time/slots";
import { weekdays } from "@heatloop/core/time/weekdays";
import { quarterMs } from "@heatloop/core/time/zone-offset";
import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { slotSeries } from "#test/core/examples/example-slots.ts";
import { tariffOf, windowOf } from "#test/core/examples/example-tariffs.ts";
import { billOfMinutes } from "#test/core/examples/reports-of-minutes.ts";

type Day = { readonly zone: Zone; readonly date: string; readonly minutes: readonly Minute[] };

const someDay: fc.Arbitrary<Day> = fc
  .record({
    zone: fc.constantFrom("Europe/Rome", "Europe/London", "America/New_York", "Australia/Lord_Howe"),
    date: fc.constantFrom(
      "2026-03-29",
      "2026-10-25",
      "2026-03-08",
      "2026-11-01",
      "2026-04-05",
      "2026-10-04",
      "2026-01-31",
    ),
    segments: fc.array(
      fc.record({
        what: fc.constantFrom("heating", "hot_water", "cooling", "defrost", "standby", "blank", "away"),
        length: fc.integer({ min: 1, max: 900 }),
        everyMinutes: fc.integer({ min: 1, max: 60 }),
        stepWh: fc.constantFrom(100, 200, 700, null),
        heatWh: fc.integer({ min: -30, max: 150 }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ zone: name, date, segments }) => {
    const zone = zoneOf(name) as Zone;
    let at = zone.startOf(date);
    const minutes: Minute[] = [];
    for (const { what, length, everyMinutes, stepWh, heatWh } of segments) {
      for (let i = 0; i < length && at < zone.endOf(date); i += 1, at += minuteMs) {
        if (what === "away") continue;
        const electricityWh = i % everyMinutes === 0 ? stepWh : 0;
        if (what === "blank") minutes.push(minuteOf(at, { electricity_wh: electricityWh }));
        else minutes.push(wholeMinute(at, what, { heatWh, electricityWh }));
      }
    }
    return { zone, date, minutes };
  });

/** Numbers of three digits: `fc.double` draws next to nothing but numbers that are as good as 0. */
const thousandths = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((thousand) => thousand / 1000);
const price = thousandths(-0.2, 1);
const monthDay = fc.constantFrom("01-01", "03-31", "10-01", "12-31");
const someContract: fc.Arbitrary<Contract> = fc
  .record({
    pricePerKwh: fc.option(price),
    dynamic: fc.option(fc.record({ factor: thousandths(0.5, 2), addedPerKwh: price })),
    windows: fc.array(
      fc.record({
        name: fc.constantFrom("night", "peak", "weekend"),
        days: fc.subarray([...weekdays], { minLength: 1 }),
        fromMinute: fc.integer({ min: 0, max: 1439 }),
        toMinute: fc.integer({ min: 0, max: 1440 }),
        fromDay: monthDay,
        toDay: monthDay,
        pricePerKwh: fc.option(price),
        addedPerKwh: price,
      }),
      { maxLength: 4 },
    ),
    pv: fc.option(
      fc.record({
        pricePerKwh: thousandths(0, 0.2),
        surplus: fc.constantFrom("before_heat_pump", "after_heat_pump"),
      }),
    ),
  })
  .map((contract) => tariffOf(contract).contracts[0]);

/** Quarter hours of a day, some of them missing. */
const someSeries = fc.array(fc.option(thousandths(-0.2, 1), { freq: 4 }), {
  minLength: 24,
  maxLength: 100,
});

function seriesOn({ zone, date }: Day, values: readonly (number | null)[], scale = 1): SlotSeries {
  const start = zone.startOf(date);
  return slotSeries(
    values.flatMap((value, i): Slot[] =>
      value === null ? [] : [{ start: start + i * quarterMs, end: start + (i + 1) * quarterMs, value: value * scale }],
    ),
  );
}

function billOf(day: Day, tariff: Tariff, prices: SlotSeries, surplusW: SlotSeries = prices): Bill {
  return billOfMinutes({ ...day, now: day.zone.endOf(day.date), tariff, prices, surplusW });
}

const countedWh = ({ minutes }: Day) => minutes.reduce((sum, { figures }) => sum + (figures.electricity_wh ?? 0), 0);
const near = (actual: number, expected: number) => expect(Math.abs(actual - expected)).toBeLessThan(1e-6);

describe("on any day, also of 23 and 25 hours and with gaps,", () => {
  test("windows and parts add up to the day, and every minute is in one window", () => {
    fc.assert(
      fc.property(someDay, someContract, someSeries, someSeries, (day, contract, prices, surplus) => {
        const tariff = { currency: "EUR", contracts: [contract] } as const;
        const bill = billOf(day, tariff, seriesOn(day, prices), seriesOn(day, surplus, 1000));
        near(bill.total.electricityWh, countedWh(day));
        for (const lines of [[...bill.windows.values()], parts.map((part) => bill.parts[part])]) {
          for (const what of ["electricityWh", "pricedWh", "cost"] as const) {
            near(
              lines.reduce((sum, line) => sum + line[what], 0),
              bill.total[what],
            );
          }
        }
        const seconds = (day.zone.endOf(day.date) - day.zone.startOf(day.date)) / 1000;
        near(
          [...bill.windows.values()].reduce((sum, window) => sum + window.seconds, 0),
          seconds,
        );
        expect(bill.seconds).toBe(seconds);
        expect(bill.total.pricedWh).toBeLessThanOrEqual(bill.total.electricityWh + 1e-6);
        expect(bill.pv.electricityWh).toBeLessThanOrEqual(bill.total.electricityWh + 1e-6);
      }),
      { numRuns: 35 },
    );
  });

  test("a fixed price costs kWh times price", () => {
    fc.assert(
      fc.property(someDay, price, (day, pricePerKwh) => {
        const bill = billOf(day, tariffOf({ pricePerKwh }), seriesOn(day, []));
        near(bill.total.cost, (countedWh(day) / 1000) * pricePerKwh);
        near(bill.total.pricedWh, countedWh(day));
        near(bill.comparison.directCost, (bill.comparison.heatWh / 1000) * pricePerKwh);
      }),
      { numRuns: 25 },
    );
  });

  test("the cost is linear in the prices", () => {
    const factor = thousandths(0, 10);
    fc.assert(
      fc.property(someDay, someContract, someSeries, factor, (day, contract, prices, times) => {
        const plain: Contract = { ...contract, pv: null };
        const scaled: Contract = {
          ...plain,
          pricePerKwh: plain.pricePerKwh === null ? null : plain.pricePerKwh * times,
          dynamic: plain.dynamic && { ...plain.dynamic, addedPerKwh: plain.dynamic.addedPerKwh * times },
          windows: plain.windows.map((window) => ({
            ...window,
            pricePerKwh: window.pricePerKwh === null ? null : window.pricePerKwh * times,
            addedPerKwh: window.addedPerKwh * times,
          })),
        };
        const one = billOf(day, { currency: "EUR", contracts: [plain] }, seriesOn(day, prices));
        const other = billOf(day, { currency: "EUR", contracts: [scaled] }, seriesOn(day, prices, times));
        expect(Math.abs(other.total.cost - one.total.cost * times)).toBeLessThan(1e-6);
        near(other.total.pricedWh, one.total.pricedWh);
      }),
      { numRuns: 25 },
    );
  });

  test("each minute costs its electricity at the price that the clock on the wall finds, each hour its own", () => {
    const hourly = fc.array(thousandths(0, 1), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(someDay, hourly, (day, byHour) => {
        const windows = byHour.map((pricePerKwh, hour) =>
          windowOf(`hour ${hour}`, { fromMinute: hour * 60, toMinute: (hour + 1) * 60, pricePerKwh }),
        );
        const bill = billOf(day, tariffOf({ windows }), seriesOn(day, []));
        const start = day.zone.startOf(day.date);
        const costs = new Map<string, number>();
        usePerMinute(day.minutes, start).forEach((use, i) => {
          const { hour } = DateTime.fromMillis(start + i * minuteMs, { zone: day.zone.name });
          const name = `hour ${hour}`;
          costs.set(name, (costs.get(name) ?? 0) + (totalUse(use) * (byHour[hour] ?? Number.NaN)) / 1000);
        });
        for (const [name, cost] of costs) near(bill.windows.get(name)?.cost ?? Number.NaN, cost);
      }),
      { numRuns: 25 },
    );
  });

  test("what PV gave costs its own price, and the rest the fixed one", () => {
    const surplus = fc.constantFrom("before_heat_pump", "after_heat_pump");
    fc.assert(
      fc.property(someDay, price, thousandths(0, 0.2), surplus, someSeries, (day, bought, fed, kind, values) => {
        const tariff = tariffOf({ pricePerKwh: bought, pv: { pricePerKwh: fed, surplus: kind } });
        const { total, pv } = billOf(day, tariff, seriesOn(day, []), seriesOn(day, values, 1000));
        near(pv.cost, (pv.electricityWh * fed) / 1000);
        near(total.cost, ((total.electricityWh - pv.electricityWh) * bought) / 1000 + pv.cost);
        expect(pv.electricityWh + pv.unknownWh).toBeLessThanOrEqual(total.electricityWh + 1e-6);
      }),
      { numRuns: 25 },
    );
  });

  test("dynamic prices that are all alike cost as much as a fixed price", () => {
    fc.assert(
      fc.property(someDay, price, (day, pricePerKwh) => {
        const all = seriesOn(
          day,
          Array.from({ length: 100 }, () => pricePerKwh),
        );
        const dynamic = billOf(day, tariffOf({ dynamic: { factor: 1, addedPerKwh: 0 } }), all);
        const fixed = billOf(day, tariffOf({ pricePerKwh }), all);
        near(dynamic.total.cost, fixed.total.cost);
        near(dynamic.total.pricedWh, fixed.total.pricedWh);
      }),
      { numRuns: 25 },
    );
  });

  test("a window that takes nothing in changes nothing", () => {
    fc.assert(
      fc.property(someDay, price, (day, pricePerKwh) => {
        const never = windowOf("never", { days: [], pricePerKwh: 99 });
        const one = billOf(day, tariffOf({ pricePerKwh }), seriesOn(day, []));
        const other = billOf(day, tariffOf({ pricePerKwh, windows: [never] }), seriesOn(day, []));
        expect(other).toEqual(one);
      }),
      { numRuns: 20 },
    );
  });
});
