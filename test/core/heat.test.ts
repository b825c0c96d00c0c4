import { heatPowerW } from "@heatloop/core/heat";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  [18, 32.0, 30.5, 1.878],
  [13, 36.5, 31.0, 4.97],
])("%d L/min at %d/%d °C carry %d kW", (flow, flowC, returnC, kw) => {
  expect(heatPowerW(flow, flowC, returnC) / 1000).toBeCloseTo(kw, kw < 2 ? 3 : 2);
});

test("heat has the sign of the temperature difference, and none without flow or difference", () => {
  const flow = fc.double({ min: 0.1, max: 60, noNaN: true });
  const temperature = fc.integer({ min: 0, max: 750 }).map((tenth) => tenth / 10);
  fc.assert(
    fc.property(flow, temperature, temperature, (lMin, a, b) => {
      expect(Math.sign(heatPowerW(lMin, a, b))).toBe(Math.sign(a - b));
      expect(heatPowerW(lMin, a, b)).toBeCloseTo(-heatPowerW(lMin, b, a), 6);
      expect(heatPowerW(0, a, b)).toBeCloseTo(0, 9);
      // Water takes 4.17 to 4.22 kJ/(kg K) between 0 and 75 °C.
      if (a > b) expect(heatPowerW(lMin, a, b) / (lMin / 60) / (a - b) / 1000).toBeGreaterThan(4.16);
      if (a > b) expect(heatPowerW(lMin, a, b) / (lMin / 60) / (a - b) / 1000).toBeLessThan(4.22);
    }),
  );
});
