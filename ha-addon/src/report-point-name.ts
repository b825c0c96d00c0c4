import { languages, translations } from "@heatloop/core/firmware-names";
import { type PointId, points } from "@heatloop/core/points";
import type { ReportLanguage } from "./report-language.ts";

/** What the firmware calls a point in a language, and so what the owner sees; in English where it has no other name. */
export function pointName(point: PointId, language: ReportLanguage): string {
  return translations[point]?.[languages.indexOf(language) - 1] ?? points[point].name;
}
