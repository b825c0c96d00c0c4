import { addedBills, type Cost } from "@heatloop/core/cost/bill";
import { costReport } from "@heatloop/core/cost/cost-report";
import { parts } from "@heatloop/core/energy/day-energy";
import { joinEvents } from "@heatloop/core/events/day-events";
import { meterFindings } from "@heatloop/core/house/meter-fit";
import { operations } from "@heatloop/core/live/operation";
import { type Report, report } from "@heatloop/core/report";
import { minuteMs } from "@heatloop/core/time/durations";
import { datesBetween } from "@heatloop/core/time/local-day";
import { reportUnits } from "@heatloop/core/time/report-unit";
import { beforeAll, describe, expect, it } from "vitest";
import { expectHonestRange, expectSums } from "./trust-laws.ts";
import { simulatedYear, type Year, type YearDay } from "./year.ts";
import {
  counterless,
  exchanged,
  meterAway,
  meterFrom,
  missedMidnight,
  priceless,
  yearFrom,
  yearGaps,
  yearTo,
  zone,
} from "./year-events.ts";
import { expectPeriodsToAddUp, sum, totalsOf } from "./year-laws.ts";
import { costOptions } from "./year-tariff.ts";

/** The program was off from midnight to midnight: there is no file of this day, only the controller's totals. */
const notLogged = "2026-04-18";

describe("a simulated year with faults, gaps, both DST nights, a tariff change and an exchanged meter", () => {
  let year: Year;
  let days: readonly YearDay[];
  const dayOf = (date: string): YearDay => {
    const day = days.find((each) => each.date === date);
    if (day === undefined) throw new Error(`no ${date}`);
    return day;
  };
  const datesOf = (span: { readonly from: number; readonly to: number }) =>
    datesBetween(zone.dateOf(span.from), zone.dateOf(span.to - 1));
  beforeAll(async () => {
    year = await simulatedYear();
    days = year.days;
  }, 1_200_000);

  it("has each day, with its own length, also the one known from the controller alone", () => {
    expect(days.map(({ date }) => date)).toEqual(datesBetween(yearFrom, yearTo));
    const unlogged = days.filter(({ energy }) => energy.loggedMinutes === 0);
    expect(unlogged.map(({ date }) => date)).toEqual([notLogged]);
    for (const { date, energy } of days)
      expect(energy.seconds, date).toBe((zone.endOf(date) - zone.startOf(date)) / 1000);
    expect(dayOf("2026-03-29").energy.seconds).toBe(82_800);
    expect(dayOf("2026-10-25").energy.seconds).toBe(90_000);
  });

  it("adds up to the last Wh on each day: heat and electricity by use, electricity by consumer", () => {
    for (const { energy, truth } of days) expectSums({ seed: 0, energy, truth });
  });

  it("has the truth in the range that is shown, on 95 of 100 days, which is not twice as wide as that takes", () => {
    const random = days.map(({ energy, truth }) => ({ seed: 0, energy, truth }));
    for (const side of ["heat", "electricity", "cooling"] as const) expectHonestRange(random, side);
    const awayDates = meterAway.flatMap(datesOf);
    expectHonestRange(
      random.filter(({ energy }) => !awayDates.includes(energy.date)),
      "cop",
    );
  });

  it("has the true heat and electricity of the year within 1 %", () => {
    const shown = (side: "heat" | "electricity") => sum(days.map(({ energy }) => energy.sources[side]?.wh ?? 0));
    const trueHeatWh = sum(days.map(({ truth }) => truth.heatWh - truth.immersionWh));
    expect(shown("heat") / trueHeatWh).toBeGreaterThan(0.99);
    expect(shown("heat") / trueHeatWh).toBeLessThan(1.01);
    const trueElectricityWh = sum(days.map(({ truth }) => truth.electricityWh));
    expect(shown("electricity") / trueElectricityWh).toBeGreaterThan(0.99);
    expect(shown("electricity") / trueElectricityWh).toBeLessThan(1.01);
  });

  it("is the same year where an older program logged it with 1 kg per litre, each row brought along by its ratio", () => {
    for (const { date, energy, older } of days) {
      const { heatWh, energy: found } = older;
      for (const operation of operations) {
        const wh = found.parts[operation].heatWh;
        // Rounding of a day's sum may go the other way.
        expect(Math.abs((wh ?? 0) - (energy.parts[operation].heatWh ?? 0)), `${date} ${operation}`).toBeLessThan(1.01);
        if (wh !== null) expect(Math.abs(wh - (heatWh?.[operation] ?? 0)), `${date} ${operation}`).toBeLessThan(0.6);
      }
      expect(found.electricityWh, date).toBe(energy.electricityWh);
      expect(Math.abs((found.cop ?? 0) - (energy.cop ?? 0)), date).toBeLessThan(0.011);
    }
  });

  it("has a coverage that is the share of the day which was seen", () => {
    for (const { date, energy } of days) {
      const [start, end] = [zone.startOf(date), zone.endOf(date)];
      const missedS = sum(
        yearGaps.map(({ from, to }) => Math.max(0, Math.min(to, end) - Math.max(from, start)) / 1000),
      );
      expect(Math.abs(energy.seconds - energy.coveredS - missedS), date).toBeLessThan(180);
      expect(energy.coverage, date).toBeCloseTo(energy.coveredS / energy.seconds, 6);
      expect(energy.complete, date).toBe(energy.coverage >= 0.99);
    }
  });

  it("has for each signal the share of the minutes in which it was known, blank where it never was", () => {
    for (const { date, energy } of days) {
      expect(Math.abs((energy.quality.heat ?? 0) - 100 * energy.coverage), date).toBeLessThan(0.2);
      if (zone.endOf(date) <= meterFrom) expect(energy.quality.electricity_meter, date).toBeNull();
    }
    expect(dayOf("2026-03-10").energy.quality.electricity_meter).toBe(50);
    expect(dayOf("2026-02-25").energy.quality.electricity_counter).toBeNull();
    expect(dayOf("2026-05-12").energy.quality).toMatchObject({ heat: 100, operation: 100, electricity_meter: 100 });
  });

  it("has sensors that are right: its weeks beside the controller's totals offer no correction", () => {
    expect(meterFindings(days.map(({ energy }) => energy))).toEqual([]);
  });

  it("lists each gap once, with its cause, and no other", () => {
    const found = days.flatMap(({ energy }) => energy.gaps);
    const expected = yearGaps.flatMap(({ cause, from, to }) =>
      datesOf({ from, to }).map((date) => {
        const startAt = Math.max(from, zone.startOf(date));
        return { cause, startAt, seconds: (Math.min(to, zone.endOf(date)) - startAt) / 1000 };
      }),
    );
    expect(found.map(({ cause, startAt }) => `${zone.isoOf(startAt).slice(0, 13)} ${cause}`)).toEqual(
      expected.map(({ cause, startAt }) => `${zone.isoOf(startAt).slice(0, 13)} ${cause}`),
    );
    found.forEach((gap, i) => {
      expect(Math.abs(gap.startAt - (expected[i]?.startAt ?? 0))).toBeLessThanOrEqual(minuteMs);
      expect(Math.abs(gap.seconds - (expected[i]?.seconds ?? 0))).toBeLessThanOrEqual(120);
    });
  });

  it("books the controller's totals on their own day, to 0.01 kWh, except those that it never reported", () => {
    const unreported = [missedMidnight.date, zone.dateOf(zone.startOf(notLogged) - minuteMs)];
    for (const { date, energy, controllerTruth } of days) {
      expect(energy.controller, date).toEqual(unreported.includes(date) ? null : totalsOf(controllerTruth));
    }
  });

  it("has no COP on days of which a side is missing, and the other side still", () => {
    for (const date of datesOf(counterless)) {
      const { energy } = dayOf(date);
      expect(energy).toMatchObject({ cop: null, copRange: null, copBasis: null, electricityWh: null });
      expect(parts.map((part) => energy.parts[part].cop)).toEqual(parts.map(() => null));
      expect(energy.sources.electricity?.source).toBe("controller");
      expect(energy.heatWh).toBeGreaterThan(10_000);
    }
    for (const date of ["2026-08-20", "2026-08-21"]) {
      const { energy } = dayOf(date);
      expect(energy).toMatchObject({ cop: null, copRange: null, heatWh: null, coolingWh: null });
      expect(parts.map((part) => energy.parts[part].cop)).toEqual(parts.map(() => null));
      expect(energy.sources.heat?.source).toBe("controller");
      expect(energy.electricityWh).toBeGreaterThan(500);
      // What was reported last before midnight holds for half a minute.
      expect(energy.quality.flow_rate ?? 0).toBeLessThanOrEqual(0.1);
      expect(energy.quality.flow_temperature).toBe(100);
    }
    for (const { date, energy } of days) {
      const cops = [energy.cop, ...parts.map((part) => energy.parts[part].cop)];
      for (const cop of cops) expect(cop === null || (cop > 0.1 && cop < 9), `${date} ${cop}`).toBe(true);
    }
  });

  it("uses the external meter once there is one, and the counter while that was away or exchanged", () => {
    const away = [exchanged.date, ...datesOf(meterAway[1] as (typeof meterAway)[number]), notLogged, "2026-04-19"];
    for (const { date, energy } of days) {
      if (zone.startOf(date) < meterFrom) expect(energy.sources.electricity?.source, date).not.toBe("meter");
      else if (!away.includes(date)) expect(energy.sources.electricity?.source, date).toBe("meter");
    }
    const { energy, truth } = dayOf(exchanged.date);
    expect(energy.sources.electricity?.source).toBe("counter");
    expect(Math.abs((energy.electricityWh ?? 0) - truth.electricityWh)).toBeLessThan(200);
  });

  it("counts starts and defrosts alike in the day and in its events", () => {
    for (const { date, energy, events, truth } of days) {
      expect(sum(events.cycles.startsByHour), date).toBe(energy.starts);
      expect(events.defrosts.length, date).toBe(energy.defrosts);
      if (energy.coverage < 0.995) continue;
      expect(Math.abs(energy.starts - truth.starts), `${date} starts`).toBeLessThanOrEqual(1);
      expect(energy.defrosts, `${date} defrosts`).toBe(truth.defrosts);
    }
  });

  it("has the heat that defrosts took back as its own negative figure, in the day and in its events", () => {
    const { defrostSum } = joinEvents(days.map(({ events }) => events));
    const ofDays = sum(days.map(({ energy }) => energy.parts.defrost.heatWh ?? 0));
    expect(ofDays).toBeLessThan(-100_000);
    expect(defrostSum.heatWh / ofDays).toBeCloseTo(1, 2);
    for (const { date, energy } of days) expect(energy.parts.defrost.heatWh ?? 0, date).toBeLessThanOrEqual(0);
  });

  it("finds nothing implausible", () => {
    const { findings } = joinEvents(days.map(({ events }) => events));
    expect(findings).toEqual([]);
  });

  describe("its cost", () => {
    const billOf = ({ bill }: YearDay) => bill;

    it("adds up on each day: windows and parts to the total, the time of the windows to the day", () => {
      for (const day of days) {
        const { total, windows, parts: byPart, seconds } = billOf(day);
        const lines: [string, readonly Cost[]][] = [
          ["windows", [...windows.values()]],
          ["parts", Object.values(byPart)],
        ];
        for (const [name, costs] of lines) {
          expect(sum(costs.map(({ cost }) => cost)), `${day.date} cost of ${name}`).toBeCloseTo(total.cost, 9);
          const wh = sum(costs.map(({ electricityWh }) => electricityWh));
          expect(wh, `${day.date} electricity of ${name}`).toBeCloseTo(total.electricityWh, 6);
        }
        expect(sum([...windows.values()].map((window) => window.seconds)), day.date).toBe(day.energy.seconds);
        expect(seconds, day.date).toBe(day.energy.seconds);
        const counted = day.energy.electricityWh ?? day.energy.sources.electricity?.wh ?? 0;
        expect(Math.abs(total.electricityWh - counted), day.date).toBeLessThan(0.51);
        expect(total.pricedWh, day.date).toBeCloseTo(day.date === priceless ? 0 : total.electricityWh, 6);
      }
    });

    it("is what the true power cost, on days that were seen", () => {
      for (const { date, energy, bill, trueCost } of days) {
        if (energy.coverage < 0.99 || date === priceless || datesOf(counterless).includes(date)) continue;
        expect(Math.abs(bill.total.cost - trueCost), date).toBeLessThan(0.02 * trueCost + 0.04);
      }
    });

    it("is reported for the year, with its windows and parts to the cent and each day's standing charge", () => {
      const report = costReport(year.bills.whole, costOptions);
      expect(report).toMatchObject({ days: 365, unknownDays: 0, cost: null, totalCost: null });
      const cents = (lines: readonly { readonly knownCost: number | null }[]) =>
        Math.round(sum(lines.map(({ knownCost }) => knownCost ?? 0)) * 100);
      expect(cents(report.windows)).toBe(Math.round((report.knownCost ?? 0) * 100));
      expect(cents(Object.values(report.parts))).toBe(Math.round((report.knownCost ?? 0) * 100));
      expect(report.windows.map(({ name }) => name)).toEqual(["evening", "night", "standard", "weekend"]);
      expect(report.standingCharge).toBeCloseTo(9 * 12 + (144 * 92) / 365, 2);
      expect(sum(report.windows.map(({ seconds }) => seconds))).toBe(365 * 86_400);
      expect(report.knownShare).toBeGreaterThan(0.99);
    });

    it("changes with the tariff at local midnight", () => {
      expect([...dayOf("2026-03-31").bill.windows.keys()].sort()).toEqual(["night", "standard"]);
      expect([...dayOf("2026-04-04").bill.windows.keys()]).toEqual(["weekend"]);
      expect([...dayOf("2026-10-01").bill.windows.keys()].sort()).toEqual(["evening", "standard"]);
      expect(dayOf("2026-10-25").bill.windows.get("evening")?.seconds).toBe(4 * 3600);
    });
  });

  describe("its reports", () => {
    const reportBy = (unit: Report["unit"]): Report =>
      report({
        device: "ecodan-heatpump",
        from: yearFrom,
        to: yearTo,
        zone,
        now: year.now,
        days: days.map(({ energy }) => energy),
        unit,
        bills: { days: year.bills.days, options: costOptions },
      });

    it.each(reportUnits)("by %s add up to the year in every figure, without a day twice or left out", (unit) => {
      expectPeriodsToAddUp(reportBy(unit));
    });

    it.each(reportUnits)("by %s cost together what the year cost, but for rounding", (unit) => {
      const { periods, cost } = reportBy(unit);
      const known = sum(periods.map((period) => period.cost?.knownCost ?? 0));
      expect(Math.abs(known - (cost?.knownCost ?? Number.NaN))).toBeLessThanOrEqual(0.005 * (periods.length + 1));
      const whole = addedBills(year.bills.days.values()).total.cost;
      expect(whole).toBeCloseTo(year.bills.whole.total.cost, 6);
    });

    it("show how much of the year was seen, and that a day is missing", () => {
      const { total } = reportBy("year");
      expect(total.seconds).toBe(365 * 86_400);
      expect(total.days).toMatchObject({ all: 365, logged: 364, electricityKnown: 362, heatKnown: 362 });
      const missedS = sum(yearGaps.map(({ from, to }) => (to - from) / 1000));
      expect(total.coverage).toBeCloseTo(1 - missedS / total.seconds, 3);
    });
  });
});
