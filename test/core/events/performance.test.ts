import { timelineOf } from "@heatloop/core/energy/timeline";
import { carnotCop, joinPerformance, performanceOf } from "@heatloop/core/events/performance";
import { copsOf, performanceFigures, weightedPercentOfCarnot } from "@heatloop/core/events/performance-figures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch, withElectricity } from "#test/core/examples/example-day.ts";

const zone = romeZone();
const date = "2026-02-03";
const startAt = zone.startOf(date);

function performance(stretches: readonly Stretch[], electricityWh = 25) {
  return performanceOf(
    timelineOf({ date, zone, minutes: withElectricity(minutesOf(startAt, stretches), () => electricityWh) }),
  );
}

const heating = (outdoorC: number, flowC: number, heatW = 6000, seconds = 3600): Stretch => ({
  seconds,
  operation: "heating",
  heatW,
  points: { outdoor_temperature: outdoorC, flow_temperature: flowC, return_temperature: flowC - 4 },
});

describe("the COP of an ideal heat pump", () => {
  // (flow + 2 + 273.15) / ((flow + 2) - (outdoors - 6))
  it.each([
    [35, 7, 310.15 / 36],
    [33, -2, 308.15 / 43],
    [50, 2, 325.15 / 56],
  ])("with a flow of %d °C at %d °C outdoors is %d", (flowC, outdoorC, expected) => {
    expect(carnotCop(flowC, outdoorC)).toBeCloseTo(expected, 12);
  });

  it("is not there without a lift", () => {
    expect(carnotCop(10, 18)).toBeNull();
  });
});

describe("COP by temperature", () => {
  it("is that of classes of 2 °C, below zero too", () => {
    const { heating: found } = performance([heating(-0.5, 35), heating(-2, 35), heating(1.9, 37), heating(2, 36.9)]);
    expect(found.byOutdoor.map(({ fromC }) => fromC)).toEqual([-2, 0, 2]);
    expect(copsOf(found.byOutdoor)[0]).toMatchObject({
      fromC: -2,
      toC: 0,
      heatWh: 12_000,
      electricityWh: 3000,
      seconds: 7200,
      cop: 4,
    });
    expect(copsOf(found.byFlow).map(({ fromC, cop }) => [fromC, cop])).toEqual([
      [34, 4],
      [36, 4],
    ]);
  });

  it("has the defrosts in the outdoor temperatures, not in the flow temperatures that they cause", () => {
    const defrost: Stretch = { ...heating(1, 20), seconds: 600, operation: "defrost", heatW: -4200 };
    const { heating: found } = performance([heating(1, 35), defrost]);
    expect(found.byOutdoor[0]?.heatWh).toBeCloseTo(6000 - 700, 6);
    expect(found.byFlow).toHaveLength(1);
    expect(found.carnotHeatWh).toBeCloseTo(6000, 6);
  });

  it("counts a defrost to what it was defrosted out of", () => {
    const hotWater: Stretch = { ...heating(1, 48), operation: "hot_water" };
    const found = performance([hotWater, { ...hotWater, seconds: 600, operation: "defrost", heatW: -4200 }]);
    expect(found.hot_water.byOutdoor[0]?.heatWh).toBeCloseTo(5300, 6);
    expect(found.heating.byOutdoor).toEqual([]);
  });

  it("counts a minute only where heat and electricity are both known, and not with the immersion heater on", () => {
    const minutes = minutesOf(startAt, [heating(1, 35)]);
    const reported = withElectricity(minutes, () => 25);
    const kinds = [
      minutes.map((minute) => ({ ...minute, figures: { ...minute.figures, electricity_wh: null } })),
      reported.map((minute) => ({ ...minute, figures: { ...minute.figures, covered_s: 20 } })),
      reported.map((minute) => ({ ...minute, points: { ...minute.points, immersion_heater: 60 } })),
    ];
    for (const rows of kinds) {
      expect(performanceOf(timelineOf({ date, zone, minutes: rows })).heating.byOutdoor).toEqual([]);
    }
  });

  it("leaves out standby, and COP without electricity worth the name", () => {
    expect(performance([{ ...heating(1, 35), operation: "standby" }]).heating.byOutdoor).toEqual([]);
    expect(copsOf([{ fromC: 0, heatWh: 500, electricityWh: 50, seconds: 60 }])[0]?.cop).toBeNull();
  });

  it("of cooling is cold over electricity", () => {
    const { cooling } = performance([{ ...heating(30, 16), operation: "cooling" }]);
    expect(copsOf(cooling.byOutdoor)[0]).toMatchObject({ fromC: 30, cop: 4 });
    expect(performanceFigures(cooling).percentOfCarnot).toBeNull();
  });
});

describe("figures of the performance", () => {
  it("weigh temperatures with the heat that was made at them", () => {
    const figures = performanceFigures(performance([heating(0, 40, 9000), heating(10, 30, 3000)]).heating);
    expect(figures.flowC).toBeCloseTo(37.5, 9);
    expect(figures.outdoorC).toBeCloseTo(2.5, 9);
    expect(figures.flowOverReturnK).toBeCloseTo(4, 9);
  });

  it("don't weigh with heat that went back", () => {
    const figures = performanceFigures(performance([heating(0, 40, 9000), heating(10, 30, -3000)]).heating);
    expect(figures.flowC).toBeCloseTo(40, 9);
  });

  it("have the share of Carnot of the compressor's heat", () => {
    const figures = performanceFigures(performance([heating(7, 35)]).heating);
    expect(figures.percentOfCarnot).toBeCloseTo((100 * 4) / (310.15 / 36), 9);
    const boosted: Stretch = { ...heating(7, 35), points: { ...heating(7, 35).points, booster_heater: 60 } };
    expect(performanceFigures(performance([boosted]).heating).percentOfCarnot).toBeNull();
  });

  // 8.615 at 35/7 °C, 7.166 at 33/-2 °C; 1500 W of electricity in each minute.
  it.each([
    ["alike at one point of work", [heating(7, 35)], 100 * (6000 / (310.15 / 36) / 1500)],
    [
      "by the electricity that an ideal machine had taken",
      [heating(7, 35, 6000), heating(-2, 33, 4500)],
      (100 * (6000 / (310.15 / 36) + 4500 / (308.15 / 43))) / 3000,
    ],
    ["without heat that went back", [heating(7, 35), heating(7, 35, -3000)], 100 * (6000 / (310.15 / 36) / 1500)],
    [
      "without minutes in which the flow is not 1 K above the return",
      [heating(7, 35), { ...heating(7, 35), points: { ...heating(7, 35).points, return_temperature: 34 } }],
      100 * (6000 / (310.15 / 36) / 1500),
    ],
    [
      "with the booster heater",
      [{ ...heating(7, 35), points: { ...heating(7, 35).points, booster_heater: 60 } }],
      100 * (6000 / (310.15 / 36) / 1500),
    ],
    [
      "with what flows on after a run",
      [heating(7, 35), { ...heating(7, 35), operation: "standby" }],
      (100 * (2 * (6000 / (310.15 / 36)))) / 3000,
    ],
  ] as const)("weigh the share of Carnot as heatpumpmonitor.org lists it: %s", (_, stretches, expected) => {
    const found = performance(stretches as readonly Stretch[]);
    expect(performanceFigures(found.heating).weightedPercentOfCarnot).toBeCloseTo(expected, 9);
    expect(weightedPercentOfCarnot([found.heating, found.hot_water, found.cooling])).toBeCloseTo(expected, 9);
  });

  it("are not known of nothing", () => {
    expect(performanceFigures(performance([]).heating)).toEqual({
      percentOfCarnot: null,
      weightedPercentOfCarnot: null,
      flowC: null,
      outdoorC: null,
      flowOverReturnK: null,
    });
  });

  it("of days put together are those of the whole time", () => {
    const stretch = fc.tuple(
      fc.integer({ min: -15, max: 15 }),
      fc.integer({ min: 25, max: 50 }),
      fc.integer({ min: 500, max: 9000 }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(stretch, { maxLength: 5 }), { maxLength: 5 }), (days) => {
        const of = (rows: (typeof days)[number]) =>
          performance(rows.map(([outdoorC, flowC, heatW]) => heating(outdoorC, flowC, heatW, 600)));
        const joined = joinPerformance(days.map(of));
        const whole = of(days.flat());
        expect(joined.heating.byOutdoor.map(({ fromC }) => fromC)).toEqual(
          whole.heating.byOutdoor.map(({ fromC }) => fromC),
        );
        joined.heating.byOutdoor.forEach((bucket, i) => {
          expect(bucket.heatWh).toBeCloseTo(whole.heating.byOutdoor[i]?.heatWh ?? Number.NaN, 6);
        });
        expect(joined.heating.weightedFlow).toBeCloseTo(whole.heating.weightedFlow, 3);
        expect(joined.heating.idealHeatWh).toBeCloseTo(whole.heating.idealHeatWh, 3);
        expect(joined.heating.weightedIdealWh).toBeCloseTo(whole.heating.weightedIdealWh, 3);
      }),
      { numRuns: 40 },
    );
  });
});
