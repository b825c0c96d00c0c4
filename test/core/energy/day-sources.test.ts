import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const date = "2026-01-15";
const start = rome.startOf(date);
const end = rome.endOf(date);
const dayMinutes = 1440;

type Figures = Minute["figures"];
type Points = Minute["points"];

/**
 * A day of steady heating: 60 Wh of heat and 20 Wh of electricity a minute, reported in steps of 100 Wh; the signals move a
 * step every half an hour.
 */
function steadyDay(change: (minute: Minute, index: number) => Minute | null = (minute) => minute): Minute[] {
  return Array.from({ length: dayMinutes }, (_, i) => {
    const moved = Math.floor(i / 30) % 6;
    const points = {
      flow_rate: 12 + (moved % 2),
      flow_temperature: 34 + moved / 2,
      return_temperature: 29.5 + moved / 2,
      outdoor_temperature: 2,
      daily_electricity: Math.floor((i + 1) / 5) / 10,
      daily_estimated_heat: (i * 60) / 1000,
      pump_power: 60,
    };
    const electricityWh = (i + 1) % 5 === 0 ? 100 : 0;
    return wholeMinute(start + i * minuteMs, "heating", { heatWh: 60, electricityWh, hz: 40 }, points);
  }).flatMap((minute, i) => change(minute, i) ?? []);
}

const withFigures = (minute: Minute, figures: Partial<Figures>, points: Points = {}): Minute => ({
  ...minute,
  figures: { ...minute.figures, ...figures },
  points: { ...minute.points, ...points },
});

/** The day after, in which the controller reports its totals of this one. */
function dayAfter(reported: Points): Minute[] {
  return Array.from({ length: 24 }, (_, hour) => minuteOf(end + hour * 60 * minuteMs, {}, reported));
}

const totals = {
  heating_heat_yesterday: 89,
  heating_electricity_yesterday: 28.84,
  dhw_heat_yesterday: 0,
  dhw_electricity_yesterday: 0,
};

/**
 * What the signals of such a day leave open, Wh: 12 and 13 L/min for half of it each have an error of their own, and both
 * temperatures have another each half hour. Flow that is cut off is half a L/min more, 4.5 K apart.
 */
const whPerLK = 1.1546;
const flowWh = (720 * 4.5 * whPerLK * Math.SQRT2) / Math.sqrt(12);
const halfHoursWh = Math.sqrt(24 * (12 ** 2 + 13 ** 2)) * 30 * whPerLK;
const roundedWh = 1.96 * Math.hypot(flowWh, (halfHoursWh * 0.5 * Math.SQRT2) / Math.sqrt(12));
const cutOffWh = (1440 * 4.5 * whPerLK) / 2;
/** The pipe of the flow sensor makes 0.08 % at 35/30 °C. */
const pipeErrorWh = 0.0008 * 86_400;

function report(minutes: Minute[], more: Partial<Parameters<typeof dayEnergy>[0]> = {}): DayEnergy {
  return dayEnergy({ date, zone: rome, minutes, now: end + 86_400_000, ...more });
}

describe("the electricity of a day", () => {
  test("is the counter's, with the controller's totals beside it", () => {
    const { sources } = report(steadyDay(), { nextDay: dayAfter(totals) });
    expect(sources.electricity).toMatchObject({ source: "counter", wh: 28_800, missingWh: 0 });
    expect(sources.electricity?.others).toEqual([{ source: "controller", wh: 28_840, differenceWh: 40 }]);
    expect(sources.electricity?.lowWh).toBeLessThanOrEqual(28_800);
    expect(sources.electricity?.highWh).toBeGreaterThan(28_900);
  });

  test("is the counter's times the owner's correction, with the counter itself beside it; its parts too", () => {
    const day = report(steadyDay(), { electricity: { ...usualElectricity, correctionFactor: 1.05 } });
    expect(day.sources.electricity).toMatchObject({ source: "corrected_counter", wh: 30_240 });
    expect(day.sources.electricity?.others).toEqual([{ source: "counter", wh: 28_800, differenceWh: -1440 }]);
    expect(day).toMatchObject({ electricityWh: 30_240, parts: { heating: { electricityWh: 30_240 } }, cop: 2.86 });
  });

  test("is the external meter's where there is one, and the correction is not used", () => {
    const metered = steadyDay((minute) => withFigures(minute, { meter_wh: 21.5, meter_s: 60, meter_kwh: 4000 }));
    const day = report(metered, { electricity: { ...usualElectricity, correctionFactor: 1.05 } });
    expect(day.sources.electricity).toMatchObject({ source: "meter", wh: 30_960 });
    expect(day.sources.electricity?.others.map(({ source }) => source)).toEqual(["counter", "corrected_counter"]);
    expect(day).toMatchObject({ electricityWh: 30_960, cop: 2.79 });
  });

  test.each([
    ["was silent for hours", (i: number) => (i < 300 ? { meter_wh: null, meter_s: null } : {}), "counter"],
    ["was silent for a quarter of an hour", (i: number) => (i < 15 ? { meter_wh: null, meter_s: null } : {}), "meter"],
    [
      "reports after a night also the part of the day before",
      (i: number) => (i === 0 ? { meter_wh: 4000, meter_s: 9000 } : {}),
      "counter",
    ],
  ])("falls back to the counter where the external meter %s, if it must", (_what, change, source) => {
    const metered = steadyDay((minute, i) =>
      withFigures(minute, { meter_wh: 21.5, meter_s: 60, meter_kwh: 4000, ...change(i) }),
    );
    expect(report(metered).sources.electricity?.source).toBe(source);
  });

  test("is the controller's where there is no counter (FTC4 and FTC5), but then has no parts and no COP", () => {
    const day = report(
      steadyDay((minute) => withFigures(minute, { electricity_wh: null }, { daily_electricity: null })),
      { nextDay: dayAfter(totals) },
    );
    expect(day.sources.electricity).toMatchObject({ source: "controller", wh: 28_840, missingWh: 28_840 });
    expect(day).toMatchObject({ electricityWh: null, cop: null, copRange: null, consumers: null });
  });

  test("is the controller's where the evening was not seen, and the counter's again where nothing better is known", () => {
    const evening = steadyDay((minute, i) => (i < 1200 ? minute : null));
    const reported = report(evening, { nextDay: dayAfter(totals) });
    expect(reported.sources.electricity).toMatchObject({ source: "controller", wh: 28_840, missingWh: 4840 });
    const unreported = report(evening);
    expect(unreported.sources.electricity?.source).toBe("counter");
    expect(unreported.sources.electricity?.wh).toBeGreaterThan(28_000);
    const { lowWh = 0, highWh = 0 } = unreported.sources.electricity ?? {};
    expect(highWh - lowWh).toBeGreaterThan(5000);
  });

  test("is unknown, not 0, where none was reported", () => {
    const unseen = steadyDay((minute) => withFigures(minute, { electricity_wh: null }, { daily_electricity: null }));
    expect(report(unseen).sources.electricity).toBeNull();
  });
});

describe("the heat of a day", () => {
  test("is our integral, with the controller's and the firmware's beside it", () => {
    const { heat } = report(steadyDay(), { nextDay: dayAfter(totals) }).sources;
    expect(heat).toMatchObject({ source: "integral", wh: 86_400, missingWh: 0 });
    expect(heat?.others).toEqual([
      { source: "controller", wh: 89_000, differenceWh: 2600 },
      { source: "firmware", wh: 86_340, differenceWh: -60 },
    ]);
    expect(Math.abs((heat?.lowWh ?? 0) - (86_400 - roundedWh - pipeErrorWh))).toBeLessThan(20);
    expect(Math.abs((heat?.highWh ?? 0) - (86_400 + roundedWh + pipeErrorWh + cutOffWh))).toBeLessThan(20);
  });

  test("is compared without what defrosts took back, which the others don't deduct", () => {
    const minutes = steadyDay((minute, i) =>
      i < 10
        ? {
            ...wholeMinute(minute.at, "defrost", { heatWh: -60, electricityWh: minute.figures.electricity_wh }),
            points: minute.points,
          }
        : minute,
    );
    const { heat } = report(minutes, { nextDay: dayAfter({ ...totals, heating_heat_yesterday: 85.8 }) }).sources;
    expect(heat).toMatchObject({ wh: 85_200 });
    expect(heat?.others.find(({ source }) => source === "controller")?.differenceWh).toBe(0);
  });

  test("of a lost connection is what the firmware went on counting", () => {
    const gap = steadyDay((minute, i) => {
      if (i >= 600 && i < 720) return minuteOf(minute.at);
      return i === 720 ? withFigures(minute, { electricity_wh: 2400 }) : minute;
    });
    const day = report(gap);
    expect(day.heatWh).toBe(79_200);
    expect(day.sources.heat).toMatchObject({ source: "integral", wh: 86_400, missingWh: 7200 });
    const { lowWh = 0, highWh = 0 } = day.sources.heat ?? {};
    expect(lowWh).toBeGreaterThan(79_200);
    expect(highWh).toBeLessThan(86_400 + 2000 + roundedWh + cutOffWh);
  });

  test("of a gap after which the firmware started again is what the electricity was good for", () => {
    const gap = steadyDay((minute, i) => {
      if (i >= 600 && i < 720) return null;
      const back = i === 720 ? { electricity_wh: 2400 } : {};
      return withFigures(minute, back, i < 720 ? {} : { daily_estimated_heat: ((i - 720) * 60) / 1000 });
    });
    const { heat } = report(gap).sources;
    expect(heat?.missingWh).toBeGreaterThan(6500);
    expect(heat?.missingWh).toBeLessThan(7500);
    expect(heat?.lowWh).toBeLessThan(86_400);
    expect(heat?.highWh).toBeGreaterThan(86_400);
  });

  test("is the controller's where no flow sensor is fitted", () => {
    const unseen = steadyDay((minute) =>
      withFigures(minute, { covered_s: 0, heat_wh: null, cooling_wh: null, heating_wh: null }, { flow_rate: null }),
    );
    const day = report(unseen, { nextDay: dayAfter(totals) });
    expect(day.sources.heat).toMatchObject({ source: "controller", wh: 89_000, missingWh: 89_000 });
    expect(day).toMatchObject({ heatWh: null, cop: null });
    expect(day.gaps).toEqual([{ startAt: start, seconds: 86_400, cause: "sensor_unfitted" }]);
  });
});

describe("the COP of a day", () => {
  test("is of the time in which both sides were seen, and states which time that is", () => {
    const unseen = steadyDay((minute, i) =>
      i < 100 ? withFigures(minute, { electricity_wh: null }, { daily_electricity: null }) : minute,
    );
    const day = report(unseen);
    expect(day.heatWh).toBe(86_400);
    expect(day.cop).toBe(3);
    expect(day.copBasis?.all).toEqual({ heatWh: 80_400, electricityWh: 26_800 });
  });

  test("has a range that widens with the coarseness of the signals", () => {
    const { cop, copRange } = report(steadyDay());
    expect(cop).toBe(3);
    const [below, above] = [roundedWh + pipeErrorWh, roundedWh + pipeErrorWh + cutOffWh].map((wh) => (3 * wh) / 86_400);
    expect(Math.abs((copRange?.low ?? 0) - (3 - (below ?? 0)))).toBeLessThan(0.02);
    expect(Math.abs((copRange?.high ?? 0) - (3 + (above ?? 0)))).toBeLessThan(0.02);
  });

  test("is empty where a side is missing all day, never 0 or 9.9", () => {
    const still = Array.from({ length: dayMinutes }, (_, i) =>
      wholeMinute(start + i * minuteMs, "standby", { heatWh: 0, electricityWh: i === 700 ? 100 : 0 }),
    );
    expect(report(still)).toMatchObject({ cop: null, copRange: null, electricityWh: 100 });
  });

  /** The weekly legionella run: half an hour of 3 kW that no flow sensor sees. */
  const legionella = (counted: boolean) =>
    steadyDay((minute, i) => {
      if (i < 600 || i >= 630) return minute;
      const heater = wholeMinute(minute.at, "hot_water", { heatWh: 0, electricityWh: counted ? 50 : 0, hz: 0 });
      return {
        ...heater,
        points: {
          ...heater.points,
          flow_rate: 0,
          flow_temperature: 35,
          return_temperature: 35,
          immersion_heater: 60,
          compressor: 0,
        },
      };
    });

  test("leaves the immersion heater out, and shows it apart with it on both sides (H4)", () => {
    const day = report(legionella(true));
    expect(day.withImmersion).toMatchObject({ boundary: "H4" });
    const { immersionWh = 0, heatWh = 0, electricityWh = 0, cop = 0 } = day.withImmersion ?? {};
    expect(immersionWh).toBeGreaterThan(1400);
    expect(immersionWh).toBeLessThan(1550);
    expect(heatWh - (day.copBasis?.all.heatWh ?? 0)).toBe(immersionWh);
    expect(electricityWh - (day.copBasis?.all.electricityWh ?? 0)).toBe(immersionWh);
    expect(cop).toBeLessThan(day.cop ?? 0);
    expect(day.cop).toBeCloseTo(3, 1);
    expect(day.consumers?.immersion_heater).toBe(immersionWh);
  });

  test("takes the heater by its rated power where the external meter does not measure it", () => {
    const metered = legionella(false).map((minute) => withFigures(minute, { meter_wh: 20, meter_s: 60, meter_kwh: 1 }));
    const day = report(metered, { electricity: { ...usualElectricity, meterHasImmersion: false } });
    expect(day.withImmersion?.immersionWh).toBe(1500);
    expect(day.withImmersion?.electricityWh).toBe((day.copBasis?.all.electricityWh ?? 0) + 1500);
    expect(day.consumers?.immersion_heater).toBe(0);
  });

  test("has no such second figure on a day without the immersion heater", () => {
    expect(report(steadyDay()).withImmersion).toBeNull();
  });
});

describe("what took the electricity of a day", () => {
  test("is divided by consumer: the pump by its own reading, standby at 20 W, the compressor the rest", () => {
    const { consumers, electricityWh } = report(steadyDay());
    // 60 W and 20 W of 880 W by the estimate, of 1200 W counted.
    expect(consumers?.pump).toBeGreaterThan(1900);
    expect(consumers?.pump).toBeLessThan(2000);
    expect(consumers?.standby).toBeGreaterThan(630);
    expect(consumers?.standby).toBeLessThan(670);
    expect(consumers).toMatchObject({ booster_heater: 0, immersion_heater: 0, unknown: 0 });
    expect(Object.values(consumers ?? {}).reduce((sum, wh) => sum + wh, 0)).toBe(electricityWh);
  });
});
