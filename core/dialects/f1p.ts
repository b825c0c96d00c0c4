import { availabilityTopic, stateTopic } from "../catalogue/topics.ts";
import { f1pValues } from "./f1p-points.ts";
import { type F1pReport, type F1pReportName, f1pReports } from "./f1p-report.ts";

/** A message in the topics of the gekkekoe firmware in English, which everything else reads. */
export type FirmwareMessage = { readonly topic: string; readonly payload: string };

/** What the F1p firmware published under a prefix, as the gekkekoe firmware would have. */
export type F1pPublication = { readonly prefix: string; readonly messages: readonly FirmwareMessage[] };

/** Its longest report has less; a longer one is none of it. */
export const longestF1pReport = 4096;

/** The filters of its messages under a prefix: the reports, and its last will. */
export function f1pFilters(prefix: string): readonly string[] {
  return [`${prefix}/Status/+`, `${prefix}/LWT`];
}

/** Reads a message of the F1p firmware; undefined where it is none. Never throws. */
export function readF1p(topic: string, payload: string): F1pPublication | undefined {
  if (payload.length > longestF1pReport) return undefined;
  if (topic.endsWith("/LWT")) {
    const prefix = topic.slice(0, -"/LWT".length);
    const isKnown = prefix !== "" && (payload === "online" || payload === "offline");
    return isKnown ? { prefix, messages: [{ topic: availabilityTopic(prefix), payload }] } : undefined;
  }
  const [, prefix, name] = /^(.+)\/Status\/([A-Za-z0-9]+)$/.exec(topic) ?? [];
  if (prefix === undefined || !isReportName(name)) return undefined;
  const report = jsonObject(payload);
  if (report === undefined) return undefined;
  const values = f1pValues(name, report);
  return {
    prefix,
    messages: values.map(([point, text]) => ({ topic: stateTopic(prefix, point, "en"), payload: text })),
  };
}

function isReportName(name: string | undefined): name is F1pReportName {
  return f1pReports.some((each) => each === name);
}

function jsonObject(payload: string): F1pReport | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as F1pReport) : undefined;
  } catch {
    return undefined;
  }
}
