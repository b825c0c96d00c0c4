import { statesOf } from "@heatloop/core/catalogue/text-states";
import {
  noSigns,
  type OperationSigns,
  type OperationState,
  operationOf,
  operations,
} from "@heatloop/core/live/operation";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const on = true;
const off = false;

describe("the operation", () => {
  test.each<[OperationState, Partial<OperationSigns>]>([
    ["unknown", {}],
    ["unknown", { operation_mode: "heating" }],
    ["unknown", { compressor: on }],
    ["unknown", { compressor: on, operation_mode: "off" }],
    ["unknown", { compressor: on, operation_mode: "off", three_way_valve: off }],
    ["hot_water", { compressor: on, operation_mode: "off", three_way_valve: on }],
    ["hot_water", { compressor: on, three_way_valve: on }],
    ["standby", { operation_mode: "off" }],
    ["standby", { compressor: off }],
    ["standby", { compressor: off, operation_mode: "heating" }],
    ["standby", { compressor: off, operation_mode: "hot_water", three_way_valve: on }],
    ["heating", { compressor: on, operation_mode: "heating" }],
    ["heating", { compressor: on, operation_mode: "heating", three_way_valve: on }],
    ["heating", { compressor: on, operation_mode: "frost_protection" }],
    ["hot_water", { compressor: on, operation_mode: "hot_water" }],
    ["hot_water", { compressor: on, operation_mode: "legionella_prevention" }],
    ["cooling", { compressor: on, operation_mode: "cooling" }],
    ["heating", { compressor: off, booster_heater: on, operation_mode: "heating" }],
    ["heating", { compressor: off, booster_heater_2: on, operation_mode: "heating" }],
    ["hot_water", { compressor: off, immersion_heater: on, operation_mode: "hot_water" }],
    ["standby", { compressor: off, immersion_heater: off, operation_mode: "hot_water" }],
    ["heating", { compressor_frequency: 40, operation_mode: "heating" }],
    ["standby", { compressor_frequency: 0, operation_mode: "heating" }],
    ["heating", { compressor: on, compressor_frequency: 0, operation_mode: "heating" }],
    ["standby", { compressor: off, compressor_frequency: 40, operation_mode: "heating" }],
    ["defrost", { defrost: on }],
    ["defrost", { defrost: on, compressor: off }],
    ["defrost", { defrost: on, compressor: on, operation_mode: "heating" }],
    ["heating", { defrost: off, compressor: on, operation_mode: "heating" }],
  ])("is %s with %o", (operation, signs) => {
    expect(operationOf({ ...noSigns, ...signs })).toBe(operation);
  });

  test("is one of the known states for any signs, and nothing runs in standby but while a mode is chosen", () => {
    const sign = fc.constantFrom(true, false, null);
    const signs = fc.record({
      operation_mode: fc.constantFrom(...statesOf("operation_mode"), null),
      compressor: sign,
      compressor_frequency: fc.constantFrom(0, 40, null),
      defrost: sign,
      booster_heater: sign,
      booster_heater_2: sign,
      immersion_heater: sign,
      three_way_valve: sign,
    });
    fc.assert(
      fc.property(signs, (each) => {
        const operation = operationOf(each);
        expect([...operations, "unknown"]).toContain(operation);
        expect(operation === "defrost").toBe(each.defrost === true);
        if (operation === "standby")
          expect([each.compressor, each.booster_heater, each.immersion_heater]).not.toContain(true);
        if (operation === "cooling") expect(each.operation_mode).toBe("cooling");
      }),
    );
  });
});
