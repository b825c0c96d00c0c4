import { columnOfDay, type DayColumns, type EnergyColumn } from "./day-columns.ts";
import { operations } from "./operation.ts";

/** What a day's figures are made of. `heat`: operation, flow and both temperatures at once. */
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

const points: Partial<Record<Signal, EnergyColumn>> = {
  flow_rate: "flow_rate",
  flow_temperature: "flow_temperature",
  return_temperature: "return_temperature",
  outdoor_temperature: "outdoor_temperature",
  compressor_frequency: "compressor_frequency",
  electricity_counter: "daily_electricity",
  estimated_heat: "daily_estimated_heat",
};

const operationSeconds = operations.map((operation) => `${operation}_s` as const);

/** `passedMinutes`: those of the day that are over; minutes without a row count as unknown. */
export function signalQuality(day: DayColumns, passedMinutes: number): SignalQuality {
  const minutesOf = (signal: Signal): number => {
    const point = points[signal];
    if (point !== undefined) return known(columnOfDay(day, point), day.rows);
    if (signal === "electricity_meter") return secondsOf(day, "meter_s") / 60;
    if (signal === "heat") return secondsOf(day, "covered_s") / 60;
    return operationSeconds.reduce((sum, name) => sum + secondsOf(day, name), 0) / 60;
  };
  const percent = (minutes: number) =>
    minutes === 0 ? null : Math.min(100, Math.round((minutes / Math.max(minutes, passedMinutes)) * 1000) / 10);
  return Object.fromEntries(signals.map((signal) => [signal, percent(minutesOf(signal))])) as SignalQuality;
}

function known(column: Float64Array, rows: number): number {
  let minutes = 0;
  for (let row = 0; row < rows; row += 1) if (!Number.isNaN(column[row] as number)) minutes += 1;
  return minutes;
}

function secondsOf(day: DayColumns, name: EnergyColumn): number {
  const column = columnOfDay(day, name);
  let seconds = 0;
  for (let row = 0; row < day.rows; row += 1) {
    const s = column[row] as number;
    if (s > 0) seconds += s;
  }
  return seconds;
}
