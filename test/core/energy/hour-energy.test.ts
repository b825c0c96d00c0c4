import { type DayEnergy, dayEnergy, parts } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import type { HourEnergy } from "@heatloop/core/energy/hour-energy";
import { operations } from "@heatloop/core/live/operation";
import type { Minute } from "@heatloop/core/minute/minute";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { hoursOfMinutes } from "#test/core/examples/reports-of-minutes.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";

const rome = zoneOf("Europe/Rome") as Zone;

/** The sums of the hours, beside the figures of the day. */
function sums(hours: readonly HourEnergy[], day: DayEnergy) {
  const sum = (of: (hour: HourEnergy) => number | undefined) => hours.reduce((wh, hour) => wh + (of(hour) ?? 0), 0);
  const hoursHave = {
    heat: operations.map((operation) => sum(({ heatWh }) => heatWh?.[operation])),
    electricity: parts.map((part) => sum(({ electricityWh }) => electricityWh?.[part])),
    cop: [sum(({ copBasis }) => copBasis?.heatWh), sum(({ copBasis }) => copBasis?.electricityWh)],
  };
  const dayHas = {
    heat: operations.map((operation) => day.parts[operation].heatWh ?? 0),
    electricity: parts.map((part) => day.parts[part].electricityWh ?? 0),
    cop: [day.copBasis?.all.heatWh ?? 0, day.copBasis?.all.electricityWh ?? 0],
  };
  return [hoursHave, dayHas] as const;
}

/** Each minute of so many hours of a date, beginning with the first. */
function heatingFrom(date: string, hours: number, zone = rome): Minute[] {
  return Array.from({ length: hours * 60 }, (_, i) =>
    wholeMinute(zone.startOf(date) + i * minuteMs, "heating", { heatWh: 50.25, electricityWh: i % 6 === 5 ? 100 : 0 }),
  );
}

const usual = { date: "2026-01-15", zone: rome, now: rome.endOf("2026-01-15") };

describe("the hours of a day", () => {
  test("have the heat and the electricity of their minutes", () => {
    const hours = hoursOfMinutes({ ...usual, minutes: heatingFrom(usual.date, 2) });
    const none = { hot_water: 0, cooling: 0, defrost: 0, standby: 0 };
    expect(hours).toEqual(
      [0, 1].map((hour) => ({
        at: Date.parse("2026-01-14T23:00:00Z") + hour * hourMs,
        heatWh: { ...none, heating: 3015 },
        electricityWh: { ...none, heating: 1000, unknown: 0 },
        copBasis: { heatWh: 3015, electricityWh: 1000 },
      })),
    );
  });

  test("get a step of the counter back that came in the hour after", () => {
    const minutes = heatingFrom(usual.date, 2).map((minute, i) => ({
      ...minute,
      figures: { ...minute.figures, electricity_wh: i === 79 ? 800 : 0 },
    }));
    const hours = hoursOfMinutes({ ...usual, minutes });
    expect(hours.map(({ electricityWh }) => electricityWh?.heating)).toEqual([600, 200]);
  });

  test("without a minute are left out, unless the counter covers them", () => {
    const [early, late] = [heatingFrom(usual.date, 1), heatingFrom(usual.date, 5).slice(240)];
    const hourOf = ({ at }: HourEnergy) => (at - rome.startOf(usual.date)) / hourMs;
    const unchanged = late.map((minute) => ({ ...minute, figures: { ...minute.figures, electricity_wh: 0 } }));
    expect(hoursOfMinutes({ ...usual, minutes: [...early, ...unchanged] }).map(hourOf)).toEqual([0, 4]);
    const reported = hoursOfMinutes({
      ...usual,
      minutes: [
        ...early,
        ...late.with(0, wholeMinute((late[0] as Minute).at, "heating", { heatWh: 0, electricityWh: 900 })),
      ],
    });
    expect(reported.map(hourOf)).toEqual([0, 1, 2, 3, 4]);
    expect(reported.map(({ heatWh }) => heatWh === null)).toEqual([false, true, true, true, false]);
    expect(reported[2]?.electricityWh?.unknown).toBeGreaterThan(200);
  });

  test("have no electricity where neither meter nor counter was known, and no heat where none was seen", () => {
    const start = rome.startOf(usual.date);
    const noCounter = hoursOfMinutes({
      ...usual,
      minutes: [wholeMinute(start, "heating", { heatWh: 40, electricityWh: null })],
    });
    expect(noCounter.map(({ electricityWh }) => electricityWh)).toEqual([null]);
    const noHeat = hoursOfMinutes({ ...usual, minutes: [minuteOf(start, { electricity_wh: 100 })] });
    expect(noHeat.map(({ heatWh, electricityWh }) => [heatWh, electricityWh?.unknown])).toEqual([[null, 100]]);
    expect(hoursOfMinutes({ ...usual, minutes: [minuteOf(start)] })).toEqual([]);
  });

  test.each([
    ["2026-03-29", 23, "2026-03-28T23:00:00Z"],
    ["2026-10-25", 25, "2026-10-24T22:00:00Z"],
  ])("are hours of UTC: %s has %i", (date, count, first) => {
    const hours = hoursOfMinutes({ date, zone: rome, now: rome.endOf(date), minutes: heatingFrom(date, count) });
    expect(hours.map(({ at }) => at)).toEqual(Array.from({ length: count }, (_, i) => Date.parse(first) + i * hourMs));
    expect(new Set(hours.map(({ heatWh }) => heatWh?.heating))).toEqual(new Set([3015]));
  });

  test("are full hours of UTC also where the day begins at a half hour: two days share one", () => {
    const india = zoneOf("Asia/Kolkata") as Zone;
    const [first, second] = ["2026-01-15", "2026-01-16"].map((date) =>
      hoursOfMinutes({ date, zone: india, now: india.endOf(date), minutes: heatingFrom(date, 24, india) }),
    ) as [HourEnergy[], HourEnergy[]];
    expect([first.length, first.at(-1)?.at]).toEqual([25, second[0]?.at]);
    expect([first[0]?.heatWh?.heating, first[1]?.heatWh?.heating]).toEqual([1508, 3015]);
    expect((first.at(-1)?.heatWh?.heating ?? 0) + (second[0]?.heatWh?.heating ?? 0)).toBeCloseTo(3015, -1);
  });

  test("use the correction factor", () => {
    const electricity = { ...usualElectricity, correctionFactor: 1.1 };
    const hours = hoursOfMinutes({ ...usual, electricity, minutes: heatingFrom(usual.date, 2) });
    expect(hours.map(({ electricityWh }) => electricityWh?.heating)).toEqual([1100, 1100]);
  });
});

test("hours add up to the day, to the Wh, on simulated days around the end of daylight saving", () => {
  const { zone, days } = simulatedDays({ from: "2026-10-24", to: "2026-10-26", options: { seed: 5 } });
  for (const { date, minutes } of days) {
    const [hours, day] = sums(
      hoursOfMinutes({ date, zone, minutes, now: zone.endOf(date) }),
      dayEnergy({ date, zone, minutes, now: zone.endOf(date) }),
    );
    expect(hours).toEqual(day);
    expect(day.electricity.reduce((sum, wh) => sum + wh, 0)).toBeGreaterThan(1000);
  }
});

test("hours add up to the day, to the Wh, whatever the day was", () => {
  const segment = fc.record({
    what: fc.constantFrom("heating", "hot_water", "cooling", "defrost", "standby", "blank", "away"),
    length: fc.integer({ min: 1, max: 400 }),
    heatWh: fc.integer({ min: -60_500, max: 120_500 }).map((mWh) => mWh / 1000),
    hz: fc.integer({ min: 0, max: 120 }),
    everyMinutes: fc.integer({ min: 1, max: 90 }),
    stepWh: fc.constantFrom(100, 200, 700, null),
    meterWh: fc.constantFrom(null, 0.3, 7.7),
  });
  type Segment = typeof segment extends fc.Arbitrary<infer Value> ? Value : never;
  // -5779.5 Wh: the Wh that rounding leaves over belongs to one of its three hours, though they are below zero.
  const below: Segment = {
    what: "heating",
    length: 125,
    heatWh: -46.236,
    hz: 0,
    everyMinutes: 1,
    stepWh: 100,
    meterWh: null,
  };
  const anyDay = fc.record({
    segments: fc.array(segment, { maxLength: 10 }),
    date: fc.constantFrom("2026-01-15", "2026-03-29", "2026-10-25"),
    name: fc.constantFrom("Europe/Rome", "Asia/Kolkata", "Australia/Adelaide", "UTC"),
    correctionFactor: fc.constantFrom(1, 1.037),
    passed: fc.integer({ min: 0, max: 1500 }),
    isOver: fc.boolean(),
  });
  fc.assert(
    fc.property(anyDay, ({ segments, date, name, correctionFactor, passed, isOver }) => {
      const zone = zoneOf(name) as Zone;
      const [startAt, endAt] = [zone.startOf(date), zone.endOf(date)];
      let index = 0;
      const minutes = segments.flatMap(({ what, length, heatWh, hz, everyMinutes, stepWh, meterWh }) =>
        Array.from({ length }, (_, i): Minute[] => {
          const at = startAt + index++ * minuteMs;
          if (what === "away" || at >= endAt) return [];
          const electricityWh = i % everyMinutes === 0 ? stepWh : 0;
          if (what === "blank") return [minuteOf(at, { electricity_wh: electricityWh })];
          const minute = wholeMinute(at, what, { heatWh, electricityWh, hz });
          const meter = meterWh === null ? {} : { meter_wh: meterWh, meter_s: 60 };
          return [{ ...minute, figures: { ...minute.figures, ...meter } }];
        }).flat(),
      );
      const now = isOver ? endAt : startAt + passed * minuteMs;
      const day = { date, zone, minutes, now, electricity: { ...usualElectricity, correctionFactor } };
      const hours = hoursOfMinutes(day);
      const [hoursHave, dayHas] = sums(hours, dayEnergy(day));
      expect(hoursHave).toEqual(dayHas);
      for (const { at, electricityWh } of hours) {
        expect(at % hourMs).toBe(0);
        expect(Object.values(electricityWh ?? {}).every((wh) => wh >= 0)).toBe(true);
      }
    }),
    {
      numRuns: 150,
      examples: [
        [{ segments: [below], date: "2026-01-15", name: "Europe/Rome", correctionFactor: 1, passed: 0, isOver: false }],
      ],
    },
  );
});
