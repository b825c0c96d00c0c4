import {
  densityError,
  densityOf,
  firmwareCoefficient,
  heatCoefficient,
  meanHeatCapacity,
} from "@heatloop/core/energy/passes/row-formula";
import { firmwareHeatPowerW, heatPowerW } from "@heatloop/core/heat/heat";
import { type FlowSensorSide, type HeatFormula, heatFormula, usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coefficientByEnthalpy, liquidWater } from "#test/support/iapws-97.ts";

/** Flow and return °C; the coefficient with the sensor in the return, in the flow; the firmware's. */
const certified: readonly (readonly [number, number, number, number, number])[] = [
  [25, 22, 1.1588, 1.158, 1.1605],
  [30, 27, 1.1568, 1.1558, 1.1596],
  [32, 30.5, 1.1555, 1.1549, 1.1593],
  [35, 30, 1.1556, 1.1537, 1.1592],
  [36.5, 31, 1.1552, 1.153, 1.1591],
  [40, 35, 1.1536, 1.1514, 1.1589],
  [45, 40, 1.1515, 1.1491, 1.1588],
  [50, 45, 1.1493, 1.1468, 1.159],
  [55, 47, 1.1485, 1.1443, 1.1593],
  [55, 50, 1.1471, 1.1444, 1.1595],
  [60, 55, 1.1448, 1.1419, 1.1602],
  [65, 55, 1.1451, 1.1392, 1.1606],
  [68, 33, 1.155, 1.1367, 1.1593],
  [12, 17, 1.1618, 1.1626, 1.163],
  [7, 12, 1.1643, 1.1648, 1.1648],
];

const water = (flowSensor: FlowSensorSide) => heatFormula({ flowSensor, glycolPercent: 0 });
/** What the coefficient may be off to either side. */
function coefficientError(formula: HeatFormula, flowC: number, returnC: number): number {
  const error = densityError(formula, densityOf(formula, flowC), densityOf(formula, returnC));
  return error * meanHeatCapacity(formula, flowC, returnC);
}

const share = (value: number, of: number) => Math.abs(value / of - 1);

describe("the heat coefficient", () => {
  test.each(certified)(
    "at %d/%d °C is that of a certified meter within 0.01 %%",
    (flowC, returnC, inReturn, inFlow) => {
      // The table has four decimals, half of the last of which is 0.005 %.
      expect(share(heatCoefficient(water("return"), flowC, returnC), inReturn)).toBeLessThan(1e-4);
      expect(share(heatCoefficient(water("flow"), flowC, returnC), inFlow)).toBeLessThan(1e-4);
      const mean = (inReturn + inFlow) / 2;
      expect(share(heatCoefficient(usualHeatFormula, flowC, returnC), mean)).toBeLessThan(1e-4);
      expect(coefficientError(usualHeatFormula, flowC, returnC)).toBeCloseTo(Math.abs(inReturn - inFlow) / 2, 4);
    },
  );

  test.each(certified)("at %d/%d °C is less than the firmware's", (flowC, returnC, _inReturn, _inFlow, firmware) => {
    expect(firmwareCoefficient(flowC, returnC)).toBeCloseTo(firmware, 4);
  });

  test("is that of IAPWS-97 at any two temperatures between 0 and 100 °C, with and without a difference", () => {
    const celsius = fc.integer({ min: 1, max: 1000 }).map((tenth) => tenth / 10);
    fc.assert(
      fc.property(celsius, celsius, fc.constantFrom("return", "flow"), (a, b, side) => {
        expect(share(heatCoefficient(water(side), a, b), coefficientByEnthalpy(a, b, side))).toBeLessThan(1e-5);
        expect(share(heatCoefficient(water(side), a, a), coefficientByEnthalpy(a, a, side))).toBeLessThan(1e-5);
      }),
      { numRuns: 2000 },
    );
  });

  test("has no jump where the difference goes to nothing, and stays sensible beyond what water can be", () => {
    const at = heatCoefficient(usualHeatFormula, 40, 40);
    for (const apart of [1e-3, 1e-6, 1e-9, 1e-12]) {
      expect(heatCoefficient(usualHeatFormula, 40 + apart, 40)).toBeCloseTo(at, 5);
    }
    expect(heatCoefficient(usualHeatFormula, 1e9, -1e9)).toBeGreaterThan(1);
    expect(heatCoefficient(usualHeatFormula, 1e9, -1e9)).toBeLessThan(1.3);
    expect(heatCoefficient(usualHeatFormula, Number.NaN, 30)).toBeNaN();
  });

  test("is certain where the pipe of the flow sensor is known", () => {
    expect(coefficientError(water("return"), 55, 45)).toBe(0);
    expect(coefficientError(water("flow"), 55, 45)).toBe(0);
  });
});

describe("glycol", () => {
  const mixed = (glycolPercent: number) => heatFormula({ flowSensor: "unknown", glycolPercent });

  // ASHRAE Handbook, Fundamentals: inhibited propylene glycol by volume at 40 °C, kg/m3 and kJ/(kg K).
  test.each([
    [10, 1000.46, 4.107],
    [30, 1018.42, 3.9028],
    [50, 1030.98, 3.6091],
    [60, 1035.47, 3.4269],
  ])("of %d %% makes the water carry as much heat as in the table", (percent, density, heatCapacity) => {
    expect(share(heatCoefficient(mixed(percent), 40, 40), (density * heatCapacity) / 3600)).toBeLessThan(2e-4);
  });

  test("lowers the heat, the more the more of it there is, and none is water", () => {
    expect(mixed(0)).toEqual(usualHeatFormula);
    const coefficients = Array.from({ length: 61 }, (_, percent) => heatCoefficient(mixed(percent), 35, 30));
    for (const [i, each] of coefficients.slice(1).entries()) expect(each).toBeLessThan(coefficients[i] as number);
    expect(share(coefficients[25] as number, coefficients[0] as number)).toBeGreaterThan(0.025);
    expect(share(coefficients[25] as number, coefficients[0] as number)).toBeLessThan(0.05);
  });
});

describe("the reference of these tests", () => {
  // The release's table 5.
  test.each([
    [300, 3, 0.100215168e-2, 115.331273, 4.17301218],
    [300, 80, 0.971180894e-3, 184.142828, 4.01008987],
    [500, 3, 0.1202418e-2, 975.542239, 4.65580682],
  ])("is the release at %d K and %d MPa", (kelvin, megapascal, volume, enthalpy, heatCapacity) => {
    const found = liquidWater(kelvin, megapascal);
    expect(found.volume).toBeCloseTo(volume, 11);
    expect(found.enthalpy).toBeCloseTo(enthalpy, 5);
    expect(found.heatCapacity).toBeCloseTo(heatCapacity, 7);
  });
});

test("the firmware's own figures stay what it shows", () => {
  expect(firmwareHeatPowerW(18, 32, 30.5) / 1000).toBeCloseTo(1.878, 3);
  expect(firmwareHeatPowerW(13, 36.5, 31) / 1000).toBeCloseTo(4.97, 2);
  expect(heatPowerW(usualHeatFormula, 18, 35, 30)).toBeCloseTo(18 * 0.06 * 5 * ((1.1556 + 1.1537) / 2) * 1000, 0);
});
