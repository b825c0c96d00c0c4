import type { PointId } from "@heatloop/core/catalogue/points";
import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import { nameOfPoint, type PointNames } from "@heatloop/mqtt-discovery/names";
import { dutch } from "@heatloop/mqtt-discovery/names/points/dutch";
import { french } from "@heatloop/mqtt-discovery/names/points/french";
import { german } from "@heatloop/mqtt-discovery/names/points/german";
import { italian } from "@heatloop/mqtt-discovery/names/points/italian";
import { polish } from "@heatloop/mqtt-discovery/names/points/polish";

/** English is in the catalogue. */
const names: Readonly<Record<Exclude<ReportLanguage, "en">, PointNames>> = {
  de: german,
  it: italian,
  fr: french,
  nl: dutch,
  pl: polish,
};

/** What a report calls a point: as Home Assistant calls its entity in that language. */
export function pointName(point: PointId, language: ReportLanguage): string {
  return nameOfPoint(point, language === "en" ? undefined : names[language]);
}
