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
const topics = new Map<PointId, string>();

type Conversion = (told: number) => number;
const same: Conversion = (told) => told;
const times =
  (factor: number): Conversion =>
  (told) =>
    told * factor;

const conversions: Readonly<Partial<Record<Quantity, Readonly<Record<string, Conversion>>>>> = {
  temperature: { "°C": same, C: same, "°F": (told) => ((told - 32) * 5) / 9, K: (told) => told - 273.15 },
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

/** The units in which a target may be told; empty where it has none. */
export function unitsOf(target: Target): readonly string[] {
  if (target === "electricity_meter") return meterUnits;
  if (target === "heat_meter") return heatUnits;
  const { quantity } = pointOf(target);
  const { unit }: QuantityRow = quantities[quantity];
  return Object.keys(conversions[quantity] ?? (unit === undefined ? {} : { [unit]: same }));
}

/**
 * What a text says of a point, as the heat pump's own messages are believed: in range, a known state in any of the
 * firmware's languages. null is unknown. `unit` is one of `unitsOf`; the point's own where absent.
 */
export function sourceValue(point: PointId, text: string, unit?: string): SourceValue {
  const told = text.trim();
  if (unknownTexts.has(told.toLowerCase())) return { value: null };
  const { quantity, states } = pointOf(point);
  const row: QuantityRow = quantities[quantity];
  if (row.kind === "number") {
    const number = numberOf(told);
    if (number === undefined) return { problem: `"${told}" is no number; a number or nothing is allowed` };
    const converted = (conversions[quantity]?.[unit ?? row.unit ?? ""] ?? same)(number);
    const { min, max } = rangeOf(point);
    if (converted < min || converted > max) {
      return { problem: `${told} is not believable; ${min} to ${max}${row.unit ? ` ${row.unit}` : ""} is allowed` };
    }
    return { value: believed(point, converted.toFixed(4)) };
  }
  if (row.kind === "boolean") {
    const state = onOff[told.toLowerCase().replace(/\.0+$/, "")];
    return state === undefined
      ? { problem: `"${told}" is neither on nor off; on, off, true, false, 1, 0 or nothing is allowed` }
      : { value: state === "ON" };
  }
  const value = states !== undefined && statesOf(states).includes(told) ? told : believed(point, told);
  if (value === null && states !== undefined) {
    return { problem: `"${told}" is no state of the firmware; one of ${statesOf(states).join(", ")} is allowed` };
  }
  return { value };
}

function believed(point: PointId, text: string): Value {
  let topic = topics.get(point);
  if (topic === undefined) {
    topic = stateTopic("import", point, "en");
    topics.set(point, topic);
  }
  return parseReading(topic, text, 0)?.value ?? null;
}

/** The sample of a target's text, or what is wrong with it. */
export function sourceSample(
  target: Target,
  text: string,
  unit: string | undefined,
  at: number,
): Sample | { problem: string } {
  if (target !== "electricity_meter" && target !== "heat_meter") {
    const told = sourceValue(target, text, unit);
    return "problem" in told ? told : { at, point: target, value: told.value };
  }
  const known = meterUnits.find((each) => each === unit) ?? (target === "heat_meter" ? "W" : "kWh");
  const point = target === "heat_meter" ? "heat_w" : meterKind(known) === "power" ? "meter_w" : "meter_kwh";
  const told = text.trim();
  if (unknownTexts.has(told.toLowerCase())) return { at, point, value: null };
  const number = numberOf(told);
  if (number === undefined) return { problem: `"${told}" is no number; a number or nothing is allowed` };
  if (target === "heat_meter") {
    // Heat is negative in cooling, and where a defrost takes it back.
    const watts = known === "kW" ? number * 1000 : number;
    return Math.abs(watts) <= 60_000
      ? { at, point, value: watts }
      : { problem: `${told} ${known} is not believable; -60 to 60 kW is allowed` };
  }
  const value = meterValue(number, known);
  return value === null
    ? {
        problem: `${told} ${known} is not believable; ${point === "meter_w" ? "0 to 60 kW" : "a total from 0 on"} is allowed`,
      }
    : { at, point, value };
}

function numberOf(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
