import { type PointId, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { type Quantity, type QuantityRow, quantities } from "@heatloop/core/catalogue/quantities";
import { parseReading, type Value } from "@heatloop/core/catalogue/reading";
import { statesOf } from "@heatloop/core/catalogue/text-states";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { meterKind, meterUnits, meterValue } from "@heatloop/core/minute/external-meter";
import { heatUnits, type Sample, type Target } from "./sample.ts";

/** A value, or what is wrong with it and what is allowed. */
export type SourceValue = { readonly value: Value } | { readonly problem: string };

const unknownTexts: ReadonlySet<string> = new Set(["", "nan", "none", "null", "unknown", "unavailable", "na", "-"]);
const onOff: Readonly<Record<string, string>> = {
  on: "ON",
  true: "ON",
  "1": "ON",
  off: "OFF",
  false: "OFF",
  "0": "OFF",
};
/** No domestic heat pump gives more; the same limit as for its electric power. */
const highestHeatW = 60_000;
const topics = new Map<PointId, string>();

type Conversion = (number: number) => number;
const same: Conversion = (number) => number;
const times =
  (factor: number): Conversion =>
  (number) =>
    number * factor;

const conversions: Readonly<Partial<Record<Quantity, Readonly<Record<string, Conversion>>>>> = {
  temperature: { "°C": same, C: same, "°F": (number) => ((number - 32) * 5) / 9, K: (number) => number - 273.15 },
  temperature_difference: { "°C": same, K: same, C: same, "°F": times(5 / 9) },
  power: { W: same, kW: times(1000) },
  kilowatts: { kW: same, W: times(0.001) },
  energy: { kWh: same, Wh: times(0.001), MWh: times(1000) },
  flow_rate: {
    "L/min": same,
    "l/min": same,
    "L/h": times(1 / 60),
    "l/h": times(1 / 60),
    "L/s": times(60),
    "l/s": times(60),
    "m³/h": times(1000 / 60),
    "m3/h": times(1000 / 60),
  },
};

/** The units that values of a target may have; empty where it has none. */
export function unitsOf(target: Target): readonly string[] {
  if (target === "electricity_meter") return meterUnits;
  if (target === "heat_meter") return heatUnits;
  const { quantity } = pointOf(target);
  const { unit }: QuantityRow = quantities[quantity];
  return Object.keys(conversions[quantity] ?? (unit === undefined ? {} : { [unit]: same }));
}

/**
 * The value of a text, accepted as the heat pump's own messages are: in range, a known state in any of the firmware's
 * languages. null is unknown. `unit` is one of `unitsOf`; the point's own where absent.
 */
export function sourceValue(point: PointId, text: string, unit?: string): SourceValue {
  const trimmed = text.trim();
  if (unknownTexts.has(trimmed.toLowerCase())) return { value: null };
  const { quantity, states } = pointOf(point);
  const row: QuantityRow = quantities[quantity];
  if (row.kind === "number") {
    const number = numberOf(trimmed);
    if (number === undefined) return { problem: `"${trimmed}" is not a number; a number or nothing is allowed` };
    const converted = (conversions[quantity]?.[unit ?? row.unit ?? ""] ?? same)(number);
    const { min, max } = rangeOf(point);
    if (converted < min || converted > max) {
      return { problem: `${trimmed} is not plausible; ${min} to ${max}${row.unit ? ` ${row.unit}` : ""} is allowed` };
    }
    return { value: acceptedValue(point, converted.toFixed(4)) };
  }
  if (row.kind === "boolean") {
    const state = onOff[trimmed.toLowerCase().replace(/\.0+$/, "")];
    return state === undefined
      ? { problem: `"${trimmed}" is neither on nor off; on, off, true, false, 1, 0 or nothing is allowed` }
      : { value: state === "ON" };
  }
  const value = states !== undefined && statesOf(states).includes(trimmed) ? trimmed : acceptedValue(point, trimmed);
  if (value === null && states !== undefined) {
    return { problem: `"${trimmed}" is not a state of the firmware; one of ${statesOf(states).join(", ")} is allowed` };
  }
  return { value };
}

function acceptedValue(point: PointId, text: string): Value {
  let topic = topics.get(point);
  if (topic === undefined) {
    topic = stateTopic("import", point, "en");
    topics.set(point, topic);
  }
  return parseReading(topic, text, 0)?.value ?? null;
}

/** The sample of a target's text, or what is wrong with it. `unit`: undefined is that of the target. */
export function sourceSample(
  target: Target,
  text: string,
  unit: string | undefined,
  at: number,
): Sample | { problem: string } {
  if (target !== "electricity_meter" && target !== "heat_meter") {
    const result = sourceValue(target, text, unit);
    return "problem" in result ? result : { at, point: target, value: result.value };
  }
  const known = meterUnits.find((each) => each === unit) ?? (target === "heat_meter" ? "W" : "kWh");
  const point = target === "heat_meter" ? "heat_w" : meterKind(known) === "power" ? "meter_w" : "meter_kwh";
  const trimmed = text.trim();
  if (unknownTexts.has(trimmed.toLowerCase())) return { at, point, value: null };
  const number = numberOf(trimmed);
  if (number === undefined) return { problem: `"${trimmed}" is not a number; a number or nothing is allowed` };
  if (target === "heat_meter") {
    // Heat is negative in cooling, and where a defrost takes it back.
    const watts = known === "kW" ? number * 1000 : number;
    return Math.abs(watts) <= highestHeatW
      ? { at, point, value: watts }
      : { problem: `${trimmed} ${known} is not plausible; -60 to 60 kW is allowed` };
  }
  const value = meterValue(number, known);
  return value === null
    ? {
        problem: `${trimmed} ${known} is not plausible; ${point === "meter_w" ? "0 to 60 kW" : "a total from 0 on"} is allowed`,
      }
    : { at, point, value };
}

function numberOf(text: string): number | undefined {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
