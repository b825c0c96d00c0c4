import { firstBelievableMs, mostAheadMs } from "@heatloop/core/hub/telemetry";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { instantOf } from "@heatloop/core/time/local-time";
import { parseJson } from "@heatloop/program/json-text";
import { storableText } from "../telemetry/refused-sample.ts";

/** What a device measured at a time, ms since the epoch; numbers by their paths: `temperature.inlet`. */
export type DialectReading = { readonly at: number; readonly values: Readonly<Record<string, number>> };

/** What a message is read with. */
export type MessageTimes = {
  /** Of times without an offset. */
  readonly zone: Zone;
  /** When the message came, ms since the epoch. */
  readonly arrivedAt: number;
  /** Whether a message without a time is of the moment at which it came. */
  readonly isTimeOptional: boolean;
  /** Readings from before are not kept. */
  readonly keptFrom: number;
};

const largestMessageBytes = 64 * 1024;
const mostNumbers = 200;
const longestPath = 150;
/** By these names, at the top of a message, a device says when it measured. */
export const timeKeys = ["timestamp", "time", "ts"] as const;
/** A number of seconds has ten digits, one of milliseconds thirteen. */
const leastMs = 100_000_000_000;

/** Reads what a device published, or says why it cannot be read. Never throws. */
export function readDialectMessage(payload: Buffer, times: MessageTimes): DialectReading | { readonly why: string } {
  if (payload.length > largestMessageBytes) return { why: `it is longer than ${largestMessageBytes / 1024} KiB` };
  const json = parseJson(payload.toString("utf8"));
  if (!json.ok) return { why: `it is ${json.found}` };
  const message = json.value;
  if (typeof message !== "object" || message === null || Array.isArray(message)) return { why: "it is no JSON object" };
  const said = new Map(Object.entries(message));
  const at = timeIn(said, times);
  if (typeof at !== "number") return at;
  for (const key of timeKeys) said.delete(key);
  const values = new Map<string, number>();
  for (const [key, value] of said) addNumbers(values, key, value);
  if (values.size === 0) return { why: "there is no number in it" };
  if (values.size > mostNumbers) return { why: `there are more than ${mostNumbers} numbers in it` };
  return { at, values: Object.fromEntries(values) };
}

/** When a message is of, which may be any text, or why that cannot be known. Never throws. */
export function timeOfMessage(payload: Buffer, times: MessageTimes): number | { readonly why: string } {
  if (payload.length > largestMessageBytes) return { why: `it is longer than ${largestMessageBytes / 1024} KiB` };
  const json = parseJson(payload.toString("utf8"));
  const said = json.ok && typeof json.value === "object" && json.value !== null ? Object.entries(json.value) : [];
  return timeIn(new Map<string, unknown>(said), times);
}

/** Numbers, and what is true or false as 1 or 0; of two with the same path the first. */
function addNumbers(values: Map<string, number>, path: string, value: unknown): void {
  if (values.size > mostNumbers || path.length > longestPath) return;
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) addNumbers(values, `${path}.${key}`, inner);
    return;
  }
  const number = typeof value === "boolean" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return;
  const name = storableText(path);
  if (!values.has(name)) values.set(name, number);
}

function timeIn(said: ReadonlyMap<string, unknown>, times: MessageTimes): number | { readonly why: string } {
  const key = timeKeys.find((name) => (said.get(name) ?? null) !== null);
  if (key === undefined) {
    return times.isTimeOptional ? times.arrivedAt : { why: `it has no time (${timeKeys.join(", ")})` };
  }
  const at = timeOf(said.get(key), times.zone);
  if (at === undefined) return { why: `its ${key} is no time: ISO 8601, or Unix seconds or milliseconds` };
  if (at < firstBelievableMs) return { why: "it is from before 2020: the device's clock was not set" };
  if (at > times.arrivedAt + mostAheadMs) return { why: "it is from the future: the device's clock is ahead" };
  if (at < times.keptFrom) return { why: "it is older than what the hub keeps" };
  return at;
}

function timeOf(said: unknown, zone: Zone): number | undefined {
  if (typeof said === "string" && !/^\d{9,14}(\.\d+)?$/.test(said)) {
    return said.length > 40 ? undefined : instantOf(said, zone);
  }
  const number = Number(said);
  if ((typeof said !== "number" && typeof said !== "string") || !(number >= 0 && number < 1e14)) return undefined;
  return Math.round(number < leastMs ? number * secondMs : number);
}
