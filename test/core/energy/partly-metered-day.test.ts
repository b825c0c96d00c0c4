import { addedBills } from "@heatloop/core/cost/bill";
import { costReport } from "@heatloop/core/cost/cost-report";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { periodEnergy } from "@heatloop/core/energy/period-energy";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { exampleBill, plainCost } from "#test/core/examples/example-bills.ts";
import { rome } from "#test/core/examples/example-days.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { hoursOfMinutes } from "#test/core/examples/reports-of-minutes.ts";

const date = "2026-01-15";
const start = rome.startOf(date);
const now = rome.endOf(date);

type Figures = Partial<Minute["figures"]>;

/** A day of 1 kW in and 4 kW out by a meter alone, without a counter; `of` has its figures of a minute. */
function day(of: (index: number) => Figures) {
  return Array.from({ length: 1440 }, (_, i) => {
    const minute = wholeMinute(start + i * minuteMs, "heating", { heatWh: 4000 / 60, electricityWh: null });
    return { ...minute, figures: { ...minute.figures, ...of(i) } };
  });
}

const reported = { meter_wh: 1000 / 60, meter_s: 60 };
const energyOf = (minutes: readonly Minute[]) => dayEnergy({ date, zone: rome, minutes, now });

describe("a day of a meter alone that was silent for two hours", () => {
  const minutes = day((i) => (i >= 600 && i < 720 ? {} : reported));

  it("has the known part, its COP, and what is missing", () => {
    const energy = energyOf(minutes);
    expect(energy).toMatchObject({ electricityWh: 22_000, cop: 4, heatWh: 96_000 });
    expect(energy.copBasis?.all.heatWh).toBe(88_000);
    const { electricity } = energy.sources;
    expect(electricity).toMatchObject({ source: "meter", wh: 24_000, missingWh: 2000 });
    expect(electricity?.lowWh).toBeLessThan(24_000 - 1900);
    expect(electricity?.highWh).toBeGreaterThan(24_000 + 1900);
    const period = periodEnergy({ from: date, to: date, zone: rome, now, days: [energy] });
    expect(period).toMatchObject({ electricityWh: 22_000, cop: 4, sources: { electricity: { missingWh: 2000 } } });
  });

  it("costs what is known of it, marked as incomplete", () => {
    expect(costReport(addedBills([exampleBill(minutes, { date, now })]), plainCost)).toMatchObject({
      electricityWh: 22_000,
      cost: null,
      knownCost: 6.6,
      unknownDays: 1,
      windows: [{ cop: 4 }],
    });
  });

  it("has the hours that it covered, which add up to the day", () => {
    const hours = hoursOfMinutes({ date, zone: rome, minutes, now }).map(
      ({ electricityWh }) => electricityWh?.heating ?? 0,
    );
    expect(hours.filter((wh) => Math.abs(wh - 1000) <= 20)).toHaveLength(22);
    expect(hours.reduce((sum, wh) => sum + wh, 0)).toBe(22_000);
  });
});

describe("a meter that came back at 03:00 with what was used since 21:00 of the day before", () => {
  const energy = energyOf(day((i) => (i < 180 ? {} : i === 180 ? { meter_wh: 6016.7, meter_s: 361 * 60 } : reported)));

  it("counts for the day what is of the day", () => {
    expect(energy.electricityWh).toBeCloseTo(24_000, -2);
    expect(energy.sources.electricity?.missingWh).toBe(0);
    expect(energy.cop).toBeCloseTo(4, 1);
  });
});

describe("a meter that was silent for a while", () => {
  const silent = (i: number) => (i >= 600 && i < 720 ? {} : reported);

  it("gives way to the heat pump's own counter", () => {
    const counted = day((i) => ({ ...silent(i), electricity_wh: i % 6 === 5 ? 100 : 0 }));
    expect(energyOf(counted)).toMatchObject({ electricityWh: 24_000, sources: { electricity: { source: "counter" } } });
  });

  it("gives way to the controller's totals, with its own count as the known part", () => {
    const points = {
      heating_electricity_yesterday: 24.3,
      heating_heat_yesterday: 98,
      dhw_electricity_yesterday: 0,
      dhw_heat_yesterday: 0,
    };
    const nextDay = Array.from({ length: 1440 }, (_, i) =>
      wholeMinute(now + i * minuteMs, "heating", { heatWh: 60, electricityWh: null }, points),
    );
    const energy = dayEnergy({ date, zone: rome, minutes: day(silent), now: now + 86_400_000, nextDay });
    expect(energy).toMatchObject({
      electricityWh: 22_000,
      sources: { electricity: { source: "controller", wh: 24_300, missingWh: 2300 } },
    });
  });
});
