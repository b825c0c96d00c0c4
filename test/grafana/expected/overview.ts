import { expect } from "vitest";
import { nowAt } from "../known-month.ts";
import { bySteps, type Check, expectFigure, expectNear, expectSeries, mean, total } from "./checks.ts";

function newest(name: string, column: string): Check {
  return (rows, { minutes }) => {
    const last = minutes.findLast(({ at }) => at < nowAt);
    expect(last?.columns[column]).not.toBeNull();
    expect(rows).toMatchObject([{ [name]: last?.columns[column] }]);
  };
}

const uses = { Heating: "heating_s", "Hot water": "hot_water_s", Defrost: "defrost_s", Standby: "standby_s" } as const;

/** What each panel of the overview shows. */
export const overview: Readonly<Record<string, Check>> = {
  Flow: newest("Flow", "flow_temperature_c"),
  Return: newest("Return", "return_temperature_c"),
  Outdoor: newest("Outdoor", "outdoor_temperature_c"),
  "Hot water tank": newest("Hot water tank", "dhw_temperature_c"),
  Compressor: newest("Compressor", "compressor_frequency_hz"),
  "Operation mode": newest("Mode", "operation_mode"),
  "Heat today": (rows, { today }) => expectFigure(rows, "Heat", (today.heatWh ?? 0) / 1000, 0.0031),
  "Electricity today": (rows, { today }) => expectFigure(rows, "Electricity", (today.electricityWh ?? 0) / 1000, 0.001),
  "COP today": (rows, { today }) => expectFigure(rows, "COP", today.cop ?? 0, 0.0051),
  "Starts today": (rows, { today }) => expectFigure(rows, "Starts", today.starts),
  "Defrosts today": (rows, { today }) => expectFigure(rows, "Defrosts", today.defrosts),
  "Seen today": (rows, { today }) => expectFigure(rows, "Seen", today.coveredS, 1),
  Temperatures: (rows, month) => {
    const columns = {
      Flow: "flow_temperature_c",
      Return: "return_temperature_c",
      "Hot water tank": "dhw_temperature_c",
      Outdoor: "outdoor_temperature_c",
      "Flow set-point": "zone_1_flow_setpoint_c",
    };
    for (const [name, column] of Object.entries(columns)) expectSeries(rows, name, bySteps(month, [column], mean));
  },
  "Heat power": (rows, month) => {
    const watts = (wh: readonly (number | string)[], s: readonly (number | string)[] = []) =>
      (total(wh) * 3600) / total(s);
    expectSeries(rows, "Heat", bySteps(month, ["heat_wh", "covered_s"], watts), 1e-3);
    for (const { Cooling } of rows) if (Cooling !== null) expectNear(Cooling, 0, 1e-9);
  },
  "Compressor frequency": (rows, month) =>
    expectSeries(rows, "Compressor", bySteps(month, ["compressor_frequency_hz"], mean)),
  "What it did": (rows, month) => {
    for (const [name, column] of Object.entries(uses)) expectSeries(rows, name, bySteps(month, [column], total));
  },
};
