import { decimalOf, decimalOfBytes } from "./decimal.ts";
import type { Language } from "./languages.ts";
import { type PointId, pointOf, rangeOf } from "./points.ts";
import { deviceId } from "./prefix.ts";
import { quantities } from "./quantities.ts";
import { type StateSet, stateOf, textOf } from "./text-states.ts";
import { readTopic } from "./topics.ts";

/** A value in its quantity's unit; null is "unknown". */
export type Value = number | boolean | string | null;

/** The only thing that crosses from MQTT inwards; `at` in ms since the epoch. */
export type Reading =
  | { readonly device: string; readonly point: PointId; readonly value: Value; readonly at: number }
  | { readonly device: string; readonly point: "online"; readonly value: boolean; readonly at: number };

/** The firmware sends no payload of more bytes. */
export const longestPayload = 1024;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The reading in one MQTT message of a heat pump. The value is null where the payload is not plausible: not a number,
 * out of range, an unknown text, too long, the 0.0 °C of a zone without a room sensor.
 * undefined: the topic is none of the firmware's. Never throws. `id`: the device's, where that is not the usual one.
 */
export function parseReading(
  topic: string,
  payload: Uint8Array | string,
  at: number,
  id?: string,
): Reading | undefined {
  const read = readTopic(topic);
  if (read === undefined) return undefined;
  const device = id ?? deviceId(read.prefix);
  if (read.kind === "availability") {
    const text = textFrom(payload);
    if (text !== "online" && text !== "offline") return undefined;
    return { device, point: "online", value: text === "online", at };
  }
  return { device, point: read.point, value: valueReaderOf(read.point)(payload), at };
}

function textFrom(payload: Payload): string {
  if (payload.length > longestPayload) return "";
  if (typeof payload === "string") return payload;
  let text = "";
  for (const byte of payload) {
    // Nearly all payloads are ASCII; to start the decoder takes longer than to read them.
    if (byte > 127) return utf8.decode(payload);
    text += String.fromCharCode(byte);
  }
  return text;
}

type Payload = Uint8Array | string;
type ValueReader = (payload: Payload) => Value;

/** How the payloads of a point are read; each point comes again every few seconds, so it is looked up once. */
const valueReaders = new Map<PointId, ValueReader>();

function valueReaderOf(point: PointId): ValueReader {
  let reader = valueReaders.get(point);
  if (reader === undefined) {
    reader = newValueReader(point);
    valueReaders.set(point, reader);
  }
  return reader;
}

function newValueReader(point: PointId): ValueReader {
  const { quantity, states } = pointOf(point);
  switch (quantities[quantity].kind) {
    case "number":
      return numberReader(point);
    case "boolean":
      return (payload) => onOff(textFrom(payload));
    case "text":
      return (payload) => (states === undefined ? plainText(textFrom(payload)) : choiceOf(states, textFrom(payload)));
    case "press":
      return () => null;
  }
}

function numberReader(point: PointId): ValueReader {
  const { min, max } = rangeOf(point);
  const { absent } = pointOf(point);
  return (payload) => {
    if (payload.length > longestPayload) return null;
    const number = typeof payload === "string" ? decimalOf(payload) : decimalOfBytes(payload);
    // The firmware's 32-bit floats give 21.3 as 21.299999; no point has more than three decimals.
    const value = Math.round(number * 1000) / 1000 + 0;
    if (!(value >= min && value <= max)) return null;
    // A zone without a room sensor reports its sentinel 0xF0 as 0.0 °C (firmware, response.cpp).
    return absent === 0 && value === 0 ? null : value;
  };
}

function onOff(text: string): boolean | null {
  return text === "ON" ? true : text === "OFF" ? false : null;
}

function choiceOf(states: StateSet, text: string): string | null {
  const state = stateOf(states, text);
  return state === undefined || state === "unknown" ? null : state;
}

function plainText(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is refused here is exactly control characters
  return text === "" || text === "None" || text === "nan" || /[\u0000-\u001f\u007f-\u009f\ufeff\ufffd]/.test(text)
    ? null
    : text;
}

/**
 * The payload that commands a value, as the firmware takes it: numbers with the point's decimals, ON/OFF, PRESS,
 * the option's text in the device's language. undefined where the value is out of the point's range or options.
 */
export function commandPayload(
  point: PointId,
  value: number | boolean | string,
  language: Language,
): string | undefined {
  const { quantity, states } = pointOf(point);
  switch (quantities[quantity].kind) {
    case "number": {
      const { min, max } = rangeOf(point);
      if (typeof value !== "number" || !(value >= min && value <= max)) return undefined;
      return value.toFixed(Math.max(1, decimalsOf(pointOf(point).step ?? 1)));
    }
    case "boolean":
      return typeof value === "boolean" ? (value ? "ON" : "OFF") : undefined;
    case "text":
      if (typeof value !== "string") return undefined;
      return states === undefined ? value : textOf(states, value, language);
    case "press":
      return "PRESS";
  }
}

function decimalsOf(step: number): number {
  return String(step).split(".")[1]?.length ?? 0;
}
