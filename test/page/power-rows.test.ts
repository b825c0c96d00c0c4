import { withPowers } from "@heatloop/ha-addon/page/house/power-rows";
import { describe, expect, it } from "vitest";

const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse("2026-11-21T09:00:00Z");

type Figures = Readonly<Record<string, number | null>>;
/** Rows of minutes; one that is null is not there. */
const minutes = (figures: readonly (Figures | null)[]) =>
  figures.flatMap((each, index) =>
    each === null ? [] : [{ time: new Date(start + index * minute).toISOString(), ...each }],
  );
const electricOf = (rows: ReturnType<typeof minutes>, eachMs = minute) =>
  withPowers(rows, eachMs).map(({ electric_power_w: watts }) => watts);
/** What was counted in each minute. */
const counted = (wh: readonly (number | null)[]) => wh.map((each) => ({ electricity_wh: each }));
const step = (index: number, every: number) => (index % every === 0 ? 100 : 0);

describe("the heat power of a row", () => {
  it.each<[string, Figures, number | null]>([
    ["a whole minute", { heat_wh: 90, covered_s: 60 }, 5400],
    ["half a minute, as a mean of what was seen", { heat_wh: 45, covered_s: 30 }, 5400],
    ["a defrost", { heat_wh: -80, covered_s: 60 }, -4800],
    ["nothing that was seen", { heat_wh: null, covered_s: 0 }, null],
  ])("of %s", (_, figures, expected) => {
    expect(withPowers(minutes([figures]), minute)[0]?.heat_power_w).toBe(expected);
  });
});

describe("the electric power of a row", () => {
  it("is the meter's where there is one", () => {
    expect(electricOf(minutes([{ electricity_wh: 100, meter_wh: 20, meter_s: 60 }]))).toEqual([1200]);
  });

  it("is what the counter went on from step to step, over ten minutes at least", () => {
    const watts = electricOf(minutes(counted(Array.from({ length: 21 }, (_, index) => step(index, 5)))));
    expect(watts).toEqual([null, ...Array.from({ length: 20 }, () => 1200)]);
  });

  it.each<[string, readonly (Figures | null)[]]>([
    ["nothing is counted", counted(Array.from({ length: 60 }, () => 0))],
    ["one step alone is seen", counted(Array.from({ length: 60 }, (_, index) => (index === 30 ? 100 : 0)))],
    ["steps are far apart", counted(Array.from({ length: 91 }, (_, index) => step(index, 45)))],
    ["the counter is not known", counted(Array.from({ length: 20 }, () => null))],
    [
      "a row between them is missing",
      Array.from({ length: 21 }, (_, i) => (i === 7 ? null : { electricity_wh: step(i, 20) })),
    ],
  ])("is not known where %s", (_, figures) => {
    expect(new Set(electricOf(minutes(figures)))).toEqual(new Set([null]));
  });

  it("of an hour is what was counted in it, where it was seen whole", () => {
    const hours = minutes([
      { electricity_wh: 1300, covered_s: 3600 },
      { electricity_wh: 1300, covered_s: 1800 },
    ]);
    expect(electricOf(hours, hour)).toEqual([1300, null]);
  });
});
