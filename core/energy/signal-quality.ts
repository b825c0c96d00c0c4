import { operations } from "../live/operation.ts";
import type { EnergyColumn } from "./day-columns.ts";
import type { DaySums } from "./day-sums.ts";

/** The signals that a day's figures are made of. `heat`: operation, flow and both temperatures at once. */
export const signals = [
  "operation",
  "heat",
  "flow_rate",
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "compressor_frequency",
  "electricity_counter",
  "electricity_meter",
  "estimated_heat",
] as const;
export type Signal = (typeof signals)[number];

/** Share of the minutes in which each was known, in percent to 0.1; null where it never was: not there, or not fitted. */
export type SignalQuality = Readonly<Record<Signal, number | null>>;

const points = {
  flow_rate: "flow_rate",
  flow_temperature: "flow_temperature",
  return_temperature: "return_temperature",
  outdoor_temperature: "outdoor_temperature",
  compressor_frequency: "compressor_frequency",
  electricity_counter: "daily_electricity",
  estimated_heat: "daily_estimated_heat",
} as const satisfies Partial<Record<Signal, EnergyColumn>>;

/** `passedMinutes`: those of the day that are over; minutes without a row count as unknown. */
export function signalQuality({ figures, known }: DaySums, passedMinutes: number): SignalQuality {
  const operationS = operations.reduce((sum, operation) => sum + figures[`${operation}_s`], 0);
  const percent = (minutes: number) =>
    minutes <= 0 ? null : Math.min(100, Math.round((minutes / Math.max(minutes, passedMinutes)) * 1000) / 10);
  const ofPoint = (signal: keyof typeof points) => percent(known[points[signal]]);
  return {
    operation: percent(operationS / 60),
    heat: percent(figures.covered_s / 60),
    flow_rate: ofPoint("flow_rate"),
    flow_temperature: ofPoint("flow_temperature"),
    return_temperature: ofPoint("return_temperature"),
    outdoor_temperature: ofPoint("outdoor_temperature"),
    compressor_frequency: ofPoint("compressor_frequency"),
    electricity_counter: ofPoint("electricity_counter"),
    electricity_meter: percent(figures.meter_s / 60),
    estimated_heat: ofPoint("estimated_heat"),
  };
}
