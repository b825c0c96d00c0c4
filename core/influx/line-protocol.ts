import type { Value } from "../catalogue/reading.ts";

/** One point of InfluxDB: what was measured, of what, when (ms since the epoch), and its values; null ones are unknown. */
export type InfluxPoint = {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, Value>>;
  readonly at: number;
};

/** What the time of a line counts. */
export type InfluxPrecision = "ms" | "s";

/**
 * A point as a line of InfluxDB's line protocol, without its end: tags in order of their names, as InfluxDB recommends,
 * numbers as floats, so that a field never changes its type. Undefined where no value is known, as there is no such line.
 * https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
 */
export function influxLine(
  { measurement, tags, fields, at }: InfluxPoint,
  precision: InfluxPrecision = "ms",
): string | undefined {
  const values = Object.entries(fields).flatMap(([key, value]) => {
    const text = fieldValue(value);
    return text === undefined ? [] : [`${escaped(key)}=${text}`];
  });
  if (values.length === 0) return undefined;
  const tagTexts = Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => {
      const text = escaped(value);
      return text === "" ? [] : [`,${escaped(key)}=${text}`];
    });
  const time = precision === "ms" ? Math.floor(at) : Math.floor(at / 1000);
  return `${escaped(measurement).replaceAll("\\=", "=")}${tagTexts.join("")} ${values.join(",")} ${time}`;
}

/**
 * What comes back of a text that was sent as a tag: control characters, which would end the line, are spaces, and a backslash, which
 * InfluxDB cannot tell from its own before a comma or a space, is a slash.
 */
export function asTagText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replaceAll("\\", "/");
}

/** A measurement, a tag or a key. */
function escaped(text: string): string {
  return asTagText(text).replace(/[,= ]/g, "\\$&");
}

/** A text is quoted, with `"` and `\` escaped; what is no number is unknown. */
function fieldValue(value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  const text = value.toWellFormed().replaceAll("\0", " ");
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
