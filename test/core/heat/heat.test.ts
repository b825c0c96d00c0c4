import { firmwareHeatPowerW, heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  [18, 32.0, 30.5, 1.878],
  [13, 36.5, 31.0, 4.97],
])("the firmware shows %d L/min at %d/%d °C as %d kW", (flow, flowC, returnC, kw) => {
  expect(firmwareHeatPowerW(flow, flowC, returnC) / 1000).toBeCloseTo(kw, kw < 2 ? 3 : 2);
});

test("heat has the sign of the temperature difference, and none without flow or difference", () => {
  const flow = fc.double({ min: 0.1, max: 60, noNaN: true });
  const temperature = fc.integer({ min: 0, max: 750 }).map((tenth) => tenth / 10);
  const watts = (lMin: number, a: number, b: number) => heatPowerW(usualHeatFormula, lMin, a, b);
  fc.assert(
    fc.property(flow, temperature, temperature, (lMin, a, b) => {
      expect(Math.sign(watts(lMin, a, b))).toBe(Math.sign(a - b));
      expect(watts(lMin, a, b)).toBeCloseTo(-watts(lMin, b, a), 6);
      expect(watts(0, a, b)).toBeCloseTo(0, 9);
      // Water carries 1.13 to 1.18 kWh/(m3 K) between 0 and 75 °C.
      if (a > b) expect(watts(lMin, a, b) / (lMin * 60) / (a - b)).toBeGreaterThan(1.13);
      if (a > b) expect(watts(lMin, a, b) / (lMin * 60) / (a - b)).toBeLessThan(1.18);
    }),
  );
});
