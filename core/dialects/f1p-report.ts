/**
 * A report of the F1p firmware: one JSON object a topic, `<base>/Status/System` (F1p/Mitsubishi-CN105-Protocol-Decode,
 * MQTTConfig.h has the topics).
 */
export type F1pReport = Readonly<Record<string, unknown>>;

/** The reports that have points of the catalogue. */
export const f1pReports = [
  "System",
  "HotWater",
  "Zone1",
  "Zone2",
  "Advanced",
  "AdvancedTwo",
  "Energy",
  "WiFiStatus",
  "CompCurve",
] as const;
export type F1pReportName = (typeof f1pReports)[number];

/** Reads a value of a report as the payload that the gekkekoe firmware would publish; undefined where it has none. */
export type F1pReader = (report: F1pReport) => string | undefined;

/** A number as it is. */
export function number(key: string, factor = 1): F1pReader {
  return (report) => {
    const value = report[key];
    return typeof value === "number" && Number.isFinite(value) ? String(value * factor) : undefined;
  };
}

/** A number in an object of the report. */
export function numberIn(part: string, key: string): F1pReader {
  return (report) => {
    const inner = report[part];
    return typeof inner === "object" && inner !== null ? number(key)(inner as F1pReport) : undefined;
  };
}

export function text(key: string): F1pReader {
  return (report) => {
    const value = report[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
}

/** 1, true or `On`; 0, false or `Off`. */
export function onOff(key: string): F1pReader {
  return (report) => {
    const value = report[key];
    if (value === 1 || value === true || value === "On") return "ON";
    return value === 0 || value === false || value === "Off" ? "OFF" : undefined;
  };
}

/** One of its words, in those of the gekkekoe firmware. */
export function word(key: string, words: Readonly<Record<string, string | undefined>>): F1pReader {
  return (report) => {
    const value = report[key];
    return typeof value === "string" && Object.hasOwn(words, value) ? words[value] : undefined;
  };
}
