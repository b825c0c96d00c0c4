import { translations } from "@heatloop/core/catalogue/firmware-names";
import { languages } from "@heatloop/core/catalogue/languages";
import { type PointId, points } from "@heatloop/core/catalogue/points";
import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";

/** What the firmware calls a point in a language, and so what the owner sees; in English where it has no other name. */
export function pointName(point: PointId, language: ReportLanguage): string {
  return translations[point]?.[languages.indexOf(language) - 1] ?? points[point].name;
}
