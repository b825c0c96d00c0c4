import { addedBills } from "@heatloop/core/cost/bill";
import { dayEnergy, parts } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import type { Operation } from "@heatloop/core/live/operation";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, test } from "vitest";
import { billedDate as date, exampleBill } from "#test/core/examples/example-bills.ts";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { slotSeries } from "#test/core/examples/example-slots.ts";
import { rome, tariffOf, windowed, windowOf } from "#test/core/examples/example-tariffs.ts";

/** Minutes of one operation between two local times, with the counter's step in the last one. */
function run(from: string, to: string, operation: Operation, stepWh: number, heatWh = 0): Minute[] {
  const start = Date.parse(`${date}T${from}:00+01:00`);
  const count = (Date.parse(`${date}T${to}:00+01:00`) - start) / minuteMs;
  return Array.from({ length: count }, (_, i) =>
    wholeMinute(start + i * minuteMs, operation, {
      heatWh: heatWh / count,
      electricityWh: i === count - 1 ? stepWh : 0,
    }),
  );
}

/** A day without gaps: between runs stand-by that took next to nothing. */
function wholeDay(...runs: readonly Minute[][]): Minute[] {
  const minutes: Minute[] = [];
  let at = rome.startOf(date);
  for (const each of [...runs, []]) {
    const until = each[0]?.at ?? rome.endOf(date);
    for (; at < until; at += minuteMs) {
      minutes.push(wholeMinute(at, "standby", { heatWh: 0, electricityWh: at + minuteMs === until ? 1e-12 : 0 }));
    }
    minutes.push(...each);
    at = (each.at(-1)?.at ?? until) + minuteMs;
  }
  return minutes;
}

describe("a fixed price", () => {
  test("costs what the day used, by operation", () => {
    const { total, parts: costs } = exampleBill([
      ...run("00:00", "01:00", "heating", 1000),
      ...run("01:00", "02:00", "hot_water", 500),
    ]);
    const wattHours = expect.closeTo(1500, 6);
    expect(total).toEqual({ electricityWh: wattHours, pricedWh: wattHours, cost: expect.closeTo(0.45, 9) });
    expect(costs.heating.cost).toBeCloseTo(0.3, 9);
    expect(costs.hot_water.cost).toBeCloseTo(0.15, 9);
    expect(costs.cooling).toEqual({ electricityWh: 0, pricedWh: 0, cost: 0 });
  });

  test("that is not known leaves the electricity without a price", () => {
    const { total } = exampleBill(run("00:00", "01:00", "heating", 1000), { tariff: tariffOf({}) });
    expect(total).toEqual({ electricityWh: expect.closeTo(1000, 9), pricedWh: 0, cost: 0 });
  });
});

describe("a step of the counter", () => {
  const tariff = tariffOf({ pricePerKwh: 0.4, windows: [windowOf("night", { toMinute: 6 * 60, pricePerKwh: 0.1 })] });

  test("costs what it cost when it was used, not when it was counted", () => {
    const { total, windows } = exampleBill(wholeDay(run("05:00", "06:05", "heating", 650)), { tariff });
    expect(windows.get("night")?.electricityWh).toBeCloseTo(600, 9);
    expect(total.cost).toBeCloseTo(0.06 + 0.02, 9);
  });

  test("over an absence is spread over it", () => {
    const minutes = [...run("00:00", "00:10", "heating", 100), ...run("11:59", "12:00", "heating", 12_000)];
    const { windows, parts: costs } = exampleBill(minutes, { tariff });
    const awayMinutes = 12 * 60 - 11;
    const nightWh = 100 + (12_000 * (6 * 60 - 10)) / awayMinutes;
    expect(Math.abs((windows.get("night")?.electricityWh ?? 0) - nightWh)).toBeLessThan(20);
    expect(costs.unknown.electricityWh).toBeGreaterThan(11_900);
  });
});

describe("windows", () => {
  test("hold their electricity, cost, time and COP", () => {
    const tariff = { currency: "EUR", contracts: [windowed] } as const;
    const minutes = wholeDay(
      run("02:00", "03:00", "heating", 1000, 4000),
      run("12:00", "13:00", "heating", 2000, 6000),
    );
    const { windows, seconds } = exampleBill(minutes, { tariff });
    const found = Object.fromEntries(windows);
    expect(found.night).toMatchObject({ seconds: 8 * 3600, heatWh: expect.closeTo(4000, 6) });
    expect((found.night?.heatWh ?? 0) / (found.night?.heatElectricityWh ?? 0)).toBeCloseTo(4, 6);
    expect(found.night?.cost).toBeCloseTo(0.15, 9);
    expect(found.evening).toMatchObject({ seconds: 3 * 3600, cost: expect.closeTo(0, 9) });
    expect([...windows.values()].reduce((sum, window) => sum + window.seconds, 0)).toBe(seconds);
  });

  test("count for their COP only the electricity of the time whose heat was seen", () => {
    const seen = run("12:00", "12:30", "heating", 500, 2000);
    const unseen = run("12:30", "13:00", "heating", 500).map(({ at, figures, points }) => ({
      at,
      figures: { ...figures, covered_s: 0, heat_wh: null, heating_wh: null },
      points,
    }));
    const window = exampleBill(wholeDay(seen, unseen)).windows.get("standard");
    expect(window?.electricityWh).toBeCloseTo(1000, 9);
    expect(window?.heatElectricityWh).toBeCloseTo(500, 9);
  });

  test("count for their COP a minute whose heat was seen for half of it with half of its electricity", () => {
    const half = run("12:00", "13:00", "heating", 1000, 2000).map(({ at, figures, points }) => ({
      at,
      figures: { ...figures, covered_s: 30 },
      points,
    }));
    const window = exampleBill(wholeDay(half)).windows.get("standard");
    expect(window?.electricityWh).toBeCloseTo(1000, 6);
    expect(window?.heatElectricityWh).toBeCloseTo(500, 6);
  });

  test("leave electricity of unknown operation out of their COP", () => {
    const half = run("12:00", "13:00", "heating", 1000, 2000).map(({ at, figures, points }) => ({
      at,
      figures: { ...figures, covered_s: 30, heating_s: 30 },
      points,
    }));
    const { windows, parts: costs } = exampleBill(wholeDay(half));
    expect(costs.unknown.electricityWh).toBeGreaterThan(1);
    expect(windows.get("standard")?.heatElectricityWh).toBeCloseTo(1000 - costs.unknown.electricityWh, 6);
  });
});

describe("dynamic prices", () => {
  test("with a gap leave what was used in it without a price, and show how much", () => {
    const start = Date.parse(`${date}T12:00:00+01:00`);
    const prices = slotSeries([
      { start, end: start + 15 * minuteMs, value: 0.2 },
      { start: start + 30 * minuteMs, end: start + 60 * minuteMs, value: -0.1 },
    ]);
    const tariff = tariffOf({ dynamic: { factor: 1, addedPerKwh: 0 } });
    const { total } = exampleBill(wholeDay(run("12:00", "13:00", "heating", 1000)), { tariff, prices });
    expect(total.electricityWh).toBeCloseTo(1000, 9);
    expect(total.pricedWh).toBeCloseTo(750, 9);
    expect(total.cost).toBeCloseTo(0.05 - 0.05, 9);
  });
});

describe("electricity from PV", () => {
  const noon = Date.parse(`${date}T12:00:00+01:00`);
  const surplusW = slotSeries([
    { start: noon, end: noon + 30 * minuteMs, value: 600 },
    { start: noon + 30 * minuteMs, end: noon + 45 * minuteMs, value: 0 },
  ]);
  const hour = wholeDay(run("12:00", "13:00", "heating", 1000));
  const tariff = (surplus: "before_heat_pump" | "after_heat_pump") =>
    tariffOf({ pricePerKwh: 0.3, pv: { pricePerKwh: 0.08, surplus } });

  test("gives what it has left before the heat pump, at the price that the grid would have paid", () => {
    const { total, pv } = exampleBill(hour, { tariff: tariff("before_heat_pump"), surplusW });
    expect(pv.electricityWh).toBeCloseTo(300, 6);
    expect(pv.cost).toBeCloseTo(0.024, 9);
    expect(total.cost).toBeCloseTo(0.024 + 0.7 * 0.3, 9);
  });

  test("gave all that was used where something is left after the heat pump", () => {
    const { total, pv } = exampleBill(hour, { tariff: tariff("after_heat_pump"), surplusW });
    expect(pv.electricityWh).toBeCloseTo(500, 6);
    expect(total.cost).toBeCloseTo(0.5 * 0.08 + 0.5 * 0.3, 9);
  });

  test("counts as bought where its surplus is not known, and shows how much that is", () => {
    expect(exampleBill(hour, { tariff: tariff("after_heat_pump"), surplusW }).pv.unknownWh).toBeCloseTo(250, 6);
    expect(exampleBill(hour, { tariff: tariffOf({ pricePerKwh: 0.3 }), surplusW }).pv).toEqual({
      electricityWh: 0,
      cost: 0,
      unknownWh: 0,
    });
  });
});

describe("the day", () => {
  test("that was never counted has no known electricity, but its standing charge", () => {
    const tariff = tariffOf({ pricePerKwh: 0.3, standingCharge: { amount: 31, per: "month" } });
    const blank = [minuteOf(rome.startOf(date), {})];
    for (const minutes of [[], blank]) {
      expect(exampleBill(minutes, { tariff })).toMatchObject({
        days: 1,
        unknownDays: 1,
        standingCharge: 1,
        seconds: 86_400,
      });
    }
    expect(exampleBill(run("00:00", "01:00", "heating", 100), { electricityWh: null }).unknownDays).toBe(1);
  });

  test("that runs has only its passed time, and one to come has nothing", () => {
    const now = Date.parse(`${date}T06:30:30+01:00`);
    const { seconds, windows } = exampleBill([], { now });
    expect(seconds).toBe(6.5 * 3600 + 30);
    expect(windows.get("standard")?.seconds).toBe(seconds);
    expect(exampleBill([], { now: rome.startOf(date) - 1 })).toMatchObject({ days: 0, seconds: 0, unknownDays: 0 });
  });

  test("takes its electricity from another source where there is one, in the counter's shape", () => {
    const minutes = run("00:00", "01:00", "heating", 1000);
    expect(exampleBill(minutes, { electricityWh: 1100 }).total.cost).toBeCloseTo(0.33, 9);
    expect(exampleBill(minutes, { electricityWh: 1100 }).parts.heating.electricityWh).toBeCloseTo(1100, 6);
    const shapeless = exampleBill([], { electricityWh: 2400 });
    expect(shapeless.total.cost).toBeCloseTo(0.72, 9);
    expect(shapeless.parts.unknown.electricityWh).toBeCloseTo(2400, 6);
  });

  test("costs what the external meter counted, or the corrected counter", () => {
    const minutes = run("00:00", "24:00", "heating", 20_000);
    const metered = minutes.map((minute) => ({
      ...minute,
      figures: { ...minute.figures, meter_wh: 15, meter_s: 60 },
    }));
    expect(exampleBill(metered).total.cost).toBeCloseTo(1.44 * 15 * 0.3, 9);
    const electricity = { ...usualElectricity, correctionFactor: 1.05 };
    expect(exampleBill(minutes, { electricity }).total.cost).toBeCloseTo(21 * 0.3, 9);
    const energy = dayEnergy({ date, zone: rome, minutes: metered, now: rome.endOf(date) });
    expect(exampleBill(metered).total.electricityWh).toBeCloseTo(energy.electricityWh ?? Number.NaN, 6);
  });

  test("has the electricity that its energy report has, part by part", () => {
    const minutes = [
      ...run("00:00", "03:20", "heating", 1700, 6000),
      ...run("03:20", "03:28", "defrost", 100, -300),
      ...run("10:00", "10:40", "hot_water", 900, 2500),
      ...run("23:00", "24:00", "standby", 200),
    ];
    const energy = dayEnergy({ date, zone: rome, minutes, now: rome.endOf(date) });
    const billed = exampleBill(minutes);
    expect(billed.total.electricityWh).toBeCloseTo(energy.electricityWh ?? Number.NaN, 6);
    for (const part of parts) {
      expect(Math.abs(billed.parts[part].electricityWh - (energy.parts[part].electricityWh ?? 0))).toBeLessThan(2.5);
    }
  });
});

describe("the comparison", () => {
  test("holds net heat, its electricity and cost, and the same heat made directly", () => {
    const { comparison } = exampleBill(
      wholeDay(
        run("12:00", "13:00", "heating", 1000, 4000),
        run("13:00", "13:10", "defrost", 100, -500),
        run("14:00", "15:00", "cooling", 800, 3000),
      ),
    );
    expect(comparison.heatWh).toBeCloseTo(3500, 6);
    expect(comparison.directCost).toBeCloseTo(3.5 * 0.3, 9);
    expect(comparison.electricityWh).toBeCloseTo(1100, 6);
    expect(comparison.cost).toBeCloseTo(0.33, 9);
  });

  test("leaves out heat whose price is not known", () => {
    const start = Date.parse(`${date}T12:00:00+01:00`);
    const prices = slotSeries([{ start, end: start + 30 * minuteMs, value: 0.2 }]);
    const tariff = tariffOf({ dynamic: { factor: 1, addedPerKwh: 0 } });
    const { comparison } = exampleBill(wholeDay(run("12:00", "13:00", "heating", 1000, 4000)), { tariff, prices });
    expect(comparison.seenHeatWh).toBeCloseTo(4000, 6);
    expect(comparison.heatWh).toBeCloseTo(2000, 6);
    expect(comparison.cost).toBeCloseTo(0.1, 9);
    expect(comparison.directCost).toBeCloseTo(0.4, 9);
  });
});

test("bills add up", () => {
  const tariff = tariffOf({ ...windowed, standingCharge: { amount: 1, per: "day" } });
  const one = exampleBill(wholeDay(run("02:00", "03:00", "heating", 1000, 3000)), { tariff });
  const two = exampleBill(wholeDay(run("12:00", "13:00", "hot_water", 500, 1000)), { tariff });
  const sum = addedBills([one, two]);
  expect(sum).toMatchObject({ days: 2, seconds: 2 * 86_400, standingCharge: 2 });
  expect(sum.total.cost).toBeCloseTo(one.total.cost + two.total.cost, 12);
  expect(sum.windows.get("night")?.cost).toBeCloseTo(0.15, 9);
  expect(sum.comparison.heatWh).toBeCloseTo(4000, 6);
  expect(addedBills([])).toMatchObject({ days: 0, total: { electricityWh: 0 } });
});
