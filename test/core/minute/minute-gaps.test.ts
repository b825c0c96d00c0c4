import { heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { figures } from "@heatloop/core/minute/figures";
import { describe, expect, test } from "vitest";
import {
  type ExampleReading,
  each,
  minuteEnds,
  minutesOf,
  signsOf,
  waterOf,
} from "#test/core/examples/example-readings.ts";

const watts = heatPowerW(usualHeatFormula, 18, 35, 30);
const water = (at: number) => waterOf(at, 18, 35, 30);
const heating = signsOf(0, "heating");
const alive = (from: number, to: number) => each(5000, from, to, (at) => [[at, "wifi_signal", -60]]);
const inOrder = (...reported: ExampleReading[][]) => reported.flat().sort((a, b) => a[0] - b[0]);

describe("nothing is counted beyond what is known", () => {
  test("a temperature reported once counts for three polls, 31.5 s, and the operation goes on without it", () => {
    const minutes = minutesOf(inOrder(heating, water(0), alive(0, 180_000)), minuteEnds(180_000));
    expect(minutes.map(({ figures: f }) => [f.covered_s, f.heating_s])).toEqual([
      [31.5, 60],
      [0, 60],
      [0, 60],
    ]);
    expect(minutes[0]?.figures.heat_wh).toBeCloseTo((watts * 31.5) / 3600, 3);
    expect(minutes[1]?.figures.heat_wh).toBeNull();
    expect(minutes[1]?.figures.heating_wh).toBeNull();
  });

  test.each([0, 1, 2])("heat needs flow and both temperatures: not the %ith alone", (missing) => {
    const reported = [...heating, ...water(0).filter((_, i) => i !== missing)];
    expect(minutesOf(reported, [10_000])[0]?.figures).toMatchObject({ covered_s: 0, heat_wh: null, heating_s: 10 });
  });

  test("a compressor that runs without a flow for more than a minute has no flow sensor: its heat is unknown, not 0", () => {
    const dry = each(10_000, 0, 240_000, (at) => waterOf(at, 0, 35, 30));
    const minutes = minutesOf(inOrder(heating, dry), minuteEnds(240_000));
    expect(minutes.map(({ figures: f }) => [f.covered_s, f.heat_wh, f.heating_s])).toEqual([
      [60, 0, 60],
      [0, null, 60],
      [0, null, 60],
      [0, null, 60],
    ]);
    const late = each(10_000, 60_000, 240_000, (at) => waterOf(at, 18, 35, 30));
    const flowing = minutesOf(inOrder(heating, waterOf(0, 0, 35, 30), alive(0, 60_000), late), minuteEnds(240_000));
    expect(flowing.map(({ figures: f }) => f.covered_s)).toEqual([31.5, 60, 60, 60]);
  });

  test("a value that turns out implausible ends at once", () => {
    const reported: ExampleReading[] = [...heating, ...water(0), [12_000, "return_temperature", null]];
    expect(minutesOf(reported, [30_000])[0]?.figures).toMatchObject({ covered_s: 12, heating_s: 30 });
  });

  test("a device that falls silent without going offline is unknown after a minute", () => {
    const [minute] = minutesOf([...heating, ...water(0)], [600_000]);
    expect(minute?.figures).toMatchObject({ covered_s: 31.5, heating_s: 60 });
    expect(minute?.points).toMatchObject({ compressor: 60, operation_mode: null, flow_temperature: 35 });
  });

  test.each<ExampleReading>([
    [330_000, "wifi_signal", -60],
    [330_000, "flow_rate", 18],
    [330_000, "compressor", true],
    [330_000, "online", false],
  ])("what is reported after a silence (%i %s %s) does not fill it", (...after) => {
    const reported: ExampleReading[] = [...heating, ...water(0), after, [330_000, "flow_rate", 18]];
    const minutes = minutesOf(reported, minuteEnds(360_000));
    const again = after[1] === "online" ? null : 30;
    expect(minutes.map(({ figures: f }) => f.heating_s)).toEqual([60, null, null, null, null, again]);
    expect(minutes.map(({ points }) => points.compressor)).toEqual([60, null, null, null, null, again]);
  });

  test("a device that is offline has a minute of blanks", () => {
    const reported: ExampleReading[] = [
      [0, "online", true],
      ...heating,
      ...water(0),
      [0, "daily_electricity", 3],
      [60_000, "online", false],
    ];
    const minutes = minutesOf(reported, minuteEnds(180_000));
    const blanks = Object.fromEntries(figures.map((figure) => [figure, figure === "covered_s" ? 0 : null]));
    expect(minutes[2]?.figures).toEqual(blanks);
    expect(Object.values(minutes[2]?.points ?? {}).every((value) => value === null)).toBe(true);
  });

  test("a program that has received nothing yet has a minute of blanks", () => {
    const [minute] = minutesOf([], [60_000]);
    expect(Object.values(minute?.figures ?? {}).filter((value) => value !== null)).toEqual([0]);
    expect(Object.values(minute?.points ?? {}).filter((value) => value !== null)).toEqual([]);
  });

  test("after it was offline, the operation is known when it is reported again", () => {
    const reported: ExampleReading[] = [
      ...heating,
      ...water(0),
      [10_000, "online", false],
      [20_000, "online", true],
      ...water(20_000),
      ...signsOf(30_000, "heating"),
    ];
    expect(minutesOf(reported, [40_000])[0]?.figures).toMatchObject({ covered_s: 20, heating_s: 20, starts: 0 });
  });
});

describe("a clock that is set", () => {
  test("back counts on from there, and never below zero", () => {
    const reported = [...heating, ...each(10_000, 0, 60_000, water), ...each(10_000, 20_000, 60_000, water)];
    const [minute] = minutesOf(reported, [60_000]);
    expect(minute?.figures).toMatchObject({ covered_s: 90, heating_s: 90 });
    expect(minute?.figures.heat_wh).toBeCloseTo((watts * 90) / 3600, 3);
  });

  test("back at the end of a minute counts on in the next one", () => {
    const reported = [...heating, ...each(10_000, 0, 61_000, water)];
    const minutes = minutesOf(reported, [70_000, 65_000, 80_000]);
    expect(minutes.map(({ figures: f }) => f.heating_s)).toEqual([70, null, 15]);
  });

  test("forward counts what was reported for as long as it holds", () => {
    const reported = [...heating, ...water(0), ...water(7_200_000)];
    expect(minutesOf(reported, [7_210_000])[0]?.figures).toMatchObject({ covered_s: 41.5, heating_s: 70 });
  });
});

describe("starts and defrosts", () => {
  test("are edges that were seen, each once, in the minute in which they were", () => {
    const reported: ExampleReading[] = [
      ...signsOf(0, "standby"),
      ...signsOf(30_000, "heating"),
      ...signsOf(40_000, "heating"),
      ...signsOf(70_000, "defrost"),
      ...signsOf(110_000, "heating"),
      ...signsOf(130_000, "standby"),
      ...signsOf(170_000, "heating"),
    ];
    const minutes = minutesOf(reported, minuteEnds(180_000));
    expect(minutes.map(({ figures: f }) => [f.starts, f.defrosts])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(minutes[1]?.figures).toMatchObject({ heating_s: 20, defrost_s: 40 });
  });

  test("are not counted where the state before was not known", () => {
    expect(minutesOf(signsOf(0, "defrost"), [60_000])[0]?.figures).toMatchObject({ starts: 0, defrosts: 0 });
  });

  test("a start at the border of a minute is not lost though its operation is not known yet", () => {
    const reported: ExampleReading[] = [
      [0, "compressor", false],
      [60_000, "compressor", true],
    ];
    const minutes = minutesOf(reported, minuteEnds(120_000));
    expect(minutes.map(({ figures: f }) => [f.starts, f.standby_s])).toEqual([
      [0, 60],
      [1, 0],
    ]);
  });

  test("times within a minute add up to it to the millisecond", () => {
    const reported = ["standby", "heating", "hot_water", "cooling"].flatMap((o, i) => signsOf(i * 15_050, o));
    const { figures: f } = minutesOf(reported, [60_000])[0] ?? { figures: undefined };
    expect([f?.standby_s, f?.heating_s, f?.hot_water_s, f?.cooling_s]).toEqual([15.05, 15.05, 15.05, 14.85]);
  });
});
