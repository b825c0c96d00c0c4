import { type EnergyColumn, energyColumnAt, energyColumnNames } from "@heatloop/core/energy/day-columns";
import * as places from "@heatloop/core/energy/passes/row-places";
import { expect, test } from "vitest";

const columns: readonly (readonly [number, EnergyColumn])[] = [
  [places.covered, "covered_s"],
  [places.heat, "heat_wh"],
  [places.electricity, "electricity_wh"],
  [places.coolingWh, "cooling_wh"],
  [places.heatingWh, "heating_wh"],
  [places.hotWaterWh, "hot_water_wh"],
  [places.defrostWh, "defrost_wh"],
  [places.standbyWh, "standby_wh"],
  [places.heatingS, "heating_s"],
  [places.hotWaterS, "hot_water_s"],
  [places.coolingS, "cooling_s"],
  [places.defrostS, "defrost_s"],
  [places.standbyS, "standby_s"],
  [places.coefficient, "heat_coefficient_kwh_m3_k"],
  [places.frequency, "compressor_frequency"],
  [places.booster, "booster_heater"],
  [places.booster2, "booster_heater_2"],
  [places.immersion, "immersion_heater"],
  [places.flowRate, "flow_rate"],
  [places.flowC, "flow_temperature"],
  [places.returnC, "return_temperature"],
  [places.outdoorC, "outdoor_temperature"],
  [places.firmwareKwh, "daily_estimated_heat"],
  [places.pump, "pump_power"],
];

test.each(columns)("place %i is that of %s", (place, name) => {
  expect(place).toBe(energyColumnAt(name));
});

test("every column has its place", () => {
  expect(energyColumnNames).toHaveLength(places.columnCount);
});
