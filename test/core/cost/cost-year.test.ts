import { addedBills, type Bill } from "@heatloop/core/cost/bill";
import { costReport } from "@heatloop/core/cost/cost-report";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { datesBetween } from "@heatloop/core/time/local-day";
import type { Slot } from "@heatloop/core/time/slots";
import { quarterMs } from "@heatloop/core/time/zone-offset";
import { DateTime } from "luxon";
import { beforeAll, describe, expect, test } from "vitest";
import { noSlots, slotSeries } from "#test/core/examples/example-slots.ts";
import { rome, tariffOf, windowed, windowOf } from "#test/core/examples/example-tariffs.ts";
import { billOfMinutes } from "#test/core/examples/reports-of-minutes.ts";

const blank = Object.fromEntries(figures.map((figure) => [figure, 0])) as Record<Figure, number>;

/** Windows until summer, dynamic prices with a grid fee in the evening since. */
const tariff = tariffOf(
  { ...windowed, standingCharge: { amount: 12, per: "month" } },
  {
    from: "2026-07-01",
    dynamic: { factor: 1.2, addedPerKwh: 0.1 },
    windows: [windowOf("evening", { fromMinute: 17 * 60, toMinute: 20 * 60, addedPerKwh: 0.08 })],
    standingCharge: { amount: 73, per: "year" },
  },
);

/** The heat pump's true power, W: more in winter and at night, off at noon. */
function powerW(local: DateTime): number {
  const winter = 1 + Math.cos((2 * Math.PI * (local.ordinal - 20)) / 365);
  if (local.hour >= 11 && local.hour < 15) return 20;
  return 20 + Math.round(20 * (15 + 30 * winter * (local.hour < 7 ? 1.5 : 1)));
}

/** The market's price of a quarter hour; a day in November has none. */
function marketPrice(local: DateTime): number | null {
  if (local.month === 11 && local.day === 11) return null;
  return 0.1 + 0.08 * Math.sin((2 * Math.PI * (local.hour + local.minute / 60 - 9)) / 12);
}

/** What a minute's price is by the calendar of another library; undefined where it is not known. */
function truePrice(local: DateTime, date: string, market: number | null): number | null {
  if (date >= "2026-07-01") {
    return market === null ? null : market * 1.2 + 0.1 + (local.hour >= 17 && local.hour < 20 ? 0.08 : 0);
  }
  if (local.weekday > 5 || date === "2026-04-06") return 0.2;
  if (local.hour >= 22 || local.hour < 6) return 0.15;
  return local.hour >= 17 && local.hour < 20 && date <= "2026-03-31" ? 0.45 : 0.3;
}

type Year = {
  readonly bills: ReadonlyMap<string, Bill>;
  readonly countedWh: number;
  readonly trueCost: number;
  /** Sum over the days of how far the bill is from the truth, and a bill with each step at the price of its own minute. */
  readonly errors: { readonly bill: number; readonly naive: number };
};

function simulatedYear(): Year {
  const bills = new Map<string, Bill>();
  const errors = { bill: 0, naive: 0 };
  let usedWh = 0;
  let countedWh = 0;
  let trueCost = 0;
  for (const date of datesBetween("2026-01-01", "2026-12-31")) {
    const minutes: Minute[] = [];
    const slots: Slot[] = [];
    const costs = { true: 0, naive: 0 };
    let market: number | null = null;
    let local = DateTime.fromMillis(rome.startOf(date), { zone: rome.name });
    for (let at = rome.startOf(date); at < rome.endOf(date); at += minuteMs) {
      if (at % quarterMs === 0) {
        local = DateTime.fromMillis(at, { zone: rome.name });
        market = marketPrice(local);
        if (market !== null) slots.push({ start: at, end: at + quarterMs, value: market });
      }
      const watts = powerW(local);
      usedWh += watts / 60;
      const stepWh = Math.floor(usedWh / 100) * 100 - countedWh;
      countedWh += stepWh;
      const price = truePrice(local, date, market) ?? 0;
      costs.true += ((watts / 60) * price) / 1000;
      costs.naive += (stepWh * price) / 1000;
      minutes.push(minuteAt(at, watts, stepWh));
    }
    const now = rome.endOf("2026-12-31");
    const bill = billOfMinutes({
      date,
      zone: rome,
      minutes,
      now,
      tariff,
      prices: slotSeries(slots),
      surplusW: noSlots,
    });
    bills.set(date, bill);
    trueCost += costs.true;
    errors.bill += Math.abs(bill.total.cost - costs.true);
    errors.naive += Math.abs(costs.naive - costs.true);
  }
  return { bills, countedWh, trueCost, errors };
}

function minuteAt(at: number, watts: number, stepWh: number): Minute {
  const runs = watts > 20;
  return {
    at,
    figures: {
      ...blank,
      covered_s: 60,
      heat_wh: runs ? watts / 15 : 0,
      heating_wh: runs ? watts / 15 : 0,
      heating_s: runs ? 60 : 0,
      standby_s: runs ? 0 : 60,
      electricity_wh: stepWh,
    },
    points: { compressor_frequency: (watts - 20) / 20 },
  };
}

describe("a year with windows until June and dynamic prices since", () => {
  let year: Year;
  beforeAll(() => {
    year = simulatedYear();
  }, 120_000);

  test("costs what the true power at the true prices costs", () => {
    const { total } = addedBills(year.bills.values());
    expect(total.electricityWh).toBeCloseTo(year.countedWh, 3);
    expect(Math.abs(total.cost - year.trueCost) / year.trueCost).toBeLessThan(0.0005);
  });

  test("is nearer to the truth each day than with the counter's steps at the price of their own minute", () => {
    expect(year.errors.bill).toBeLessThan(year.errors.naive);
  });

  test("has every second in one window of its contract", () => {
    const whole = addedBills(year.bills.values());
    expect(whole.seconds).toBe(365 * 86_400);
    expect([...whole.windows.values()].reduce((sum, window) => sum + window.seconds, 0)).toBe(whole.seconds);
    expect(year.bills.get("2026-03-29")?.seconds).toBe(23 * 3600);
    expect(year.bills.get("2026-10-25")?.seconds).toBe(25 * 3600);
    expect([...(year.bills.get("2026-06-30")?.windows.keys() ?? [])].sort()).toEqual(["night", "standard"]);
    expect([...(year.bills.get("2026-07-01")?.windows.keys() ?? [])].sort()).toEqual(["evening", "standard"]);
  });

  test("leaves a day without prices unknown, and has what the rest cost", () => {
    const report = costReport(addedBills(year.bills.values()), {
      currency: "EUR",
      co2GPerKwh: null,
      boilers: { gas: null, oil: null },
    });
    const dayWh = year.bills.get("2026-11-11")?.total.electricityWh ?? 0;
    expect(report.cost).toBeNull();
    expect(report.knownShare).toBeCloseTo(1 - dayWh / year.countedWh, 9);
    expect(report.standingCharge).toBeCloseTo(12 * 6 + (73 * 184) / 365, 2);
    expect(report.windows.reduce((sum, window) => sum + (window.knownCost ?? 0), 0)).toBeCloseTo(
      report.knownCost ?? 0,
      6,
    );
  });

  test("is the sum of its months, whose money is rounded only when it is reported", () => {
    const months = Map.groupBy(year.bills, ([date]) => date.slice(0, 7));
    const bills = [...months.values()].map((days) => addedBills(days.map(([, bill]) => bill)));
    expect(bills).toHaveLength(12);
    const whole = addedBills(year.bills.values());
    expect(addedBills(bills).total.cost).toBeCloseTo(whole.total.cost, 6);
    expect(addedBills(bills).standingCharge).toBeCloseTo(whole.standingCharge, 9);
  });
});
