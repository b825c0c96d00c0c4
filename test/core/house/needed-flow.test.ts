import { emittedW, type LearnedEmitters } from "@heatloop/core/house/emitters";
import type { House } from "@heatloop/core/house/house";
import { flowOfLine, leastFlowC, mostFlowC, neededFlow, neededFlowC } from "@heatloop/core/house/needed-flow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const measured = { carnotHeatWh: 4_000_000, idealHeatWh: 10_000_000 };

function house(of: Partial<House> = {}): House {
  return {
    heatLossWPerK: 180,
    baseTemperatureC: 16,
    spreadW: 200,
    days: 90,
    outliers: [],
    fromOutdoorC: -6,
    toOutdoorC: 14,
    ...of,
  };
}

/** Radiators of 9 kW at 50 K, with 1000 L/h going round. */
function emitters(of: Partial<LearnedEmitters> = {}): LearnedEmitters {
  return {
    coefficient: 9000 / 50 ** 1.3,
    exponent: 1.3,
    roomC: 20,
    isRoomAssumed: false,
    waterWPerK: 1163,
    days: 60,
    ...of,
  };
}

/** Flows that were used, °C, by outdoor temperature, each for a day in all, with the heat of the house. */
function usedAt(flowC: (outdoorC: number) => number, of = house()) {
  return Array.from({ length: 20 }, (_, i) => {
    const outdoorC = i - 6;
    const heatWh = of.heatLossWPerK * (of.baseTemperatureC - outdoorC) * 24;
    return { outdoorC, flowC: flowC(outdoorC), minutes: 1440, heatWh };
  });
}

const need = (of: Partial<Parameters<typeof neededFlow>[0]> = {}) =>
  neededFlow({ house: house(), emitters: emitters(), coldestC: -6, used: [], heating: measured, ...of });

describe("needed flow", () => {
  it("of a house at its rated point is the flow that its radiators are rated at", () => {
    // 75/65/20 of EN 442: 9 kW at 50 K, and water that cools down by 10 K.
    expect(neededFlowC(9000, emitters({ waterWPerK: 900 }))).toBeCloseTo(75, 6);
  });

  it("brings what the house needs into the rooms, at each degree from the coldest to the base temperature", () => {
    const { points } = need();
    expect(points.map(({ outdoorC }) => outdoorC)).toEqual(Array.from({ length: 23 }, (_, i) => i - 6));
    for (const { outdoorC, flowC } of points) {
      const demandW = 180 * (16 - outdoorC);
      expect(emittedW(emitters(), flowC - demandW / 1163 / 2 - 20)).toBeCloseTo(demandW, 6);
    }
  });

  const anyHouse = fc.record({
    heatLossWPerK: fc.integer({ min: 40, max: 600 }),
    baseTemperatureC: fc.double({ min: 11, max: 20, noNaN: true }),
    ratedW: fc.integer({ min: 2000, max: 60_000 }),
    exponent: fc.constantFrom(1.1, 1.2, 1.3),
    roomC: fc.double({ min: 16, max: 25, noNaN: true }),
    waterWPerK: fc.integer({ min: 400, max: 3000 }),
    coldestC: fc.integer({ min: -30, max: 9 }),
  });

  it("is never lower where it is colder, nor higher with more emitters", () => {
    fc.assert(
      fc.property(anyHouse, ({ ratedW, exponent, roomC, waterWPerK, coldestC, ...of }) => {
        const pointsWith = (watts: number) =>
          need({
            house: house(of),
            coldestC,
            emitters: emitters({ coefficient: watts / 50 ** exponent, exponent, roomC, waterWPerK }),
          }).points;
        const [points, withMore] = [pointsWith(ratedW), pointsWith(ratedW * 1.5)];
        points.forEach(({ flowC }, i) => {
          expect(flowC).toBeGreaterThanOrEqual(points[i + 1]?.flowC ?? 0);
          expect(withMore[i]?.flowC).toBeLessThanOrEqual(flowC);
        });
      }),
    );
  });

  it("is given by the suggested curve everywhere, which is of whole degrees and within the limits of a heating", () => {
    fc.assert(
      fc.property(anyHouse, ({ ratedW, exponent, roomC, waterWPerK, coldestC, ...of }) => {
        const { points, suggested } = need({
          house: house(of),
          coldestC,
          emitters: emitters({ coefficient: ratedW / 50 ** exponent, exponent, roomC, waterWPerK }),
        });
        const { cold, warm } = suggested;
        expect(warm.outdoorC).toBeGreaterThan(cold.outdoorC);
        expect(cold.flowC).toBeGreaterThanOrEqual(warm.flowC);
        for (const flowC of [cold.flowC, warm.flowC]) {
          expect(Number.isInteger(flowC) && flowC >= leastFlowC && flowC <= mostFlowC).toBe(true);
        }
        for (const { outdoorC, flowC } of points) {
          expect(flowOfLine(suggested, outdoorC)).toBeGreaterThanOrEqual(Math.min(flowC, mostFlowC, cold.flowC) - 1e-9);
        }
      }),
    );
  });

  it("has a curve that is level beyond its two points", () => {
    const line = { cold: { outdoorC: -10, flowC: 40 }, warm: { outdoorC: 15, flowC: 25 } };
    expect([-20, -10, 2.5, 15, 30].map((outdoorC) => flowOfLine(line, outdoorC))).toEqual([40, 40, 32.5, 25, 25]);
  });
});

describe("the gain of a suggested curve", () => {
  it("is what a flow some kelvin lower saves by Carnot's law, about 1.5 to 2.5 % for each", () => {
    const line = need().suggested;
    const { gain } = need({ used: usedAt((outdoorC) => flowOfLine(line, outdoorC) + 5) });
    expect(gain?.verdict).toBe("lower");
    expect(gain?.lowerK).toBeCloseTo(5, 6);
    expect(gain?.electricityShare).toBeGreaterThan(0.075);
    expect(gain?.electricityShare).toBeLessThan(0.125);
  });

  it.each([
    ["fits", 0.5],
    ["fits", -0.5],
    ["higher", -4],
  ])("is that it %s where %f K more are used", (verdict, moreK) => {
    const line = need().suggested;
    expect(need({ used: usedAt((outdoorC) => flowOfLine(line, outdoorC) + moreK) }).gain?.verdict).toBe(verdict);
  });

  it("is none where the flow is that of the least that the compressor makes", () => {
    const of = house({ heatLossWPerK: 400 });
    const bigger = emitters({ coefficient: 24_000 / 50 ** 1.3 });
    const outputW = (outdoorC: number) => Math.max(3000, 400 * (16 - outdoorC));
    const used = usedAt((outdoorC) => neededFlowC(outputW(outdoorC), bigger)).map((each) => ({
      ...each,
      heatWh: (outputW(each.outdoorC) / 60) * each.minutes,
    }));
    const mild = used.filter(({ outdoorC }) => outdoorC >= 9 || outdoorC === -6);
    const gain = need({ house: of, emitters: bigger, used: mild }).gain;
    expect(Math.abs(gain?.lowerK ?? 9)).toBeLessThan(0.5);
  });

  it("has no electricity where too little of it was measured, and is none where nothing was heated", () => {
    const used = usedAt(() => 45);
    expect(need({ used, heating: { carnotHeatWh: 1000, idealHeatWh: 2000 } }).gain).toMatchObject({
      electricityShare: null,
      verdict: "lower",
    });
    expect(need({ used: used.map((each) => ({ ...each, minutes: 10 })) }).gain).toBeNull();
    expect(need({ used: used.map((each) => ({ ...each, outdoorC: each.outdoorC + 40 })) }).gain).toBeNull();
  });
});
